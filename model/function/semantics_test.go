package function

import (
	"math"
	"testing"
)

// Steps of a tenth and a twelfth show what powers of two hide.
var stepSizes = []int{1, 4, 8, 10, 12}

// A pulse delivers its volume, once in each interval, in the step that begins at
// its date, whatever the step (XMILE 3.5.4; semantics rows 16 and 17).
func TestPulseDeliversItsVolume(t *testing.T) {
	for _, n := range stepSizes {
		values := run(t, "pulse(3, 2, 5)", 0, 1/float64(n), 30*n)
		for i, v := range values {
			want := 0.0
			if i >= 2*n && (i-2*n)%(5*n) == 0 {
				want = 3 * float64(n)
			}
			if math.Abs(v-want) > 1e-9 {
				t.Errorf("dt 1/%d, time %v: got %v, want %v", n, float64(i)/float64(n), v, want)
			}
		}
	}
}

// A pulse between two steps comes with the nearer one, and none is lost over many
// intervals that are no multiple of the step.
func TestPulsesBetweenSteps(t *testing.T) {
	total := 0.0
	for _, v := range run(t, "pulse(1, 0.05, 0.3)", 0, 0.25, 1200) {
		total += v * 0.25
	}
	if want := math.Ceil((300.125 - 0.05) / 0.3); math.Abs(total-want) > 1e-9 {
		t.Errorf("got %v pulses in 300 time units and a half step, want %v", total, want)
	}
}

// Without an interval, and with an interval of 0, there is one pulse (XMILE 3.5.4;
// semantics row 16: other programs repeat it every step).
func TestPulseOnce(t *testing.T) {
	for _, text := range []string{"pulse(3, 2)", "pulse(3, 2, 0)"} {
		total := 0.0
		for _, v := range run(t, text, -1, 0.1, 200) {
			total += v * 0.1
		}
		if math.Abs(total-3) > 1e-9 {
			t.Errorf("%s delivers %v", text, total)
		}
	}
}

// Before the start of the run there is nothing to deliver to.
func TestPulseBeforeTheStart(t *testing.T) {
	for i, v := range run(t, "pulse(3, -2, 5)", 0, 0.5, 10) {
		if want := map[int]float64{6: 6}[i]; v != want {
			t.Errorf("step %d: got %v, want %v", i, v, want)
		}
	}
}

// A step is there from the step boundary at or nearest to its date on: time + dt/2
// > date (Vensim STEP; semantics row 18).
func TestStepBeginsOnTime(t *testing.T) {
	for _, n := range stepSizes {
		values := run(t, "step(7, 5)", 0, 1/float64(n), 10*n)
		for i, v := range values {
			if (v == 7) != (i >= 5*n) {
				t.Errorf("dt 1/%d: %v at time %v", n, v, float64(i)/float64(n))
			}
		}
	}
}

// A ramp climbs strictly after its start, and holds after its end (Vensim RAMP;
// semantics row 18).
func TestRamp(t *testing.T) {
	for i, v := range run(t, "ramp(2, 1, 3)", 0, 0.5, 10) {
		now := float64(i) / 2
		if want := 2 * math.Max(0, math.Min(now, 3)-1); v != want {
			t.Errorf("time %v: got %v, want %v", now, v, want)
		}
	}
	for i, v := range run(t, "ramp(2, 3, 1)", 0, 0.5, 10) {
		if v != 0 {
			t.Errorf("a ramp that ends before it starts never climbs; got %v at step %d", v, i)
		}
	}
}

// A constant input comes out unchanged from the first moment (semantics row 11).
func TestConstantComesOutUnchanged(t *testing.T) {
	for _, text := range []string{"smooth1(7, 5)", "smooth3(7, 5)", "smooth_n(7, 5, 9)", "delay1(7, 5)", "delay3(7, 5)",
		"delay_n(7, 5, 9)", "delay_n_by_steps(7, 5, 9)", "smooth_n_by_steps(7, 5, 9)", "delay_fixed(7, 5, 7)", "previous(7, 7)", "forecast(7, 5, 3)", "trend(7, 5) + 7"} {
		for i, v := range run(t, text, 0, 0.1, 60) {
			if math.Abs(v-7) > 1e-12 {
				t.Errorf("%s: %v at step %d", text, v, i)
				break
			}
		}
	}
}

// A first-order smooth of a step is 1 - exp(-t/T); a third-order one is the Erlang
// distribution's. Euler's error at this step is below one in a thousand.
func TestSmoothAnswersAStep(t *testing.T) {
	const steps, dt, T = 4000, 0.001, 2.0
	s1, s3 := run(t, "smooth1(1, 2, 0)", 0, dt, steps), run(t, "smooth3(1, 2, 0)", 0, dt, steps)
	for i := 0; i <= steps; i += 500 {
		u := float64(i) * dt / T
		first, third := 1-math.Exp(-u), 1-math.Exp(-3*u)*(1+3*u+9*u*u/2)
		if math.Abs(s1[i]-first) > 1e-3 || math.Abs(s3[i]-third) > 1e-3 {
			t.Errorf("time %v: got %v and %v, want %v and %v", float64(i)*dt, s1[i], s3[i], first, third)
		}
	}
}

// A delay conserves: of a pulse of 10, what came out and what is inside are 10,
// also when the delay time changes on the way (semantics rows 10 and 14).
func TestDelayConserves(t *testing.T) {
	for _, text := range []string{"delay1(pulse(10, 1), 2 + step(3, 2), 0)", "delay3(pulse(10, 1), 2 + step(3, 2), 0)", "delay_n(pulse(10, 1), 2 + step(3, 2), 6, 0)"} {
		out := 0.0
		for _, v := range run(t, text, 0, 0.125, 1600) {
			out += v * 0.125
		}
		if math.Abs(out-10) > 1e-9 {
			t.Errorf("%s delivers %v of 10", text, out)
		}
	}
}

// A given initial value is the outflow at the start (Vensim DELAY3I; semantics row 11).
func TestDelayStartsInEquilibrium(t *testing.T) {
	first := run(t, "delay3(5, 6, 2)", 0, 1, 1)[0]
	if math.Abs(first-2) > 1e-12 {
		t.Errorf("with an initial outflow of 2 got %v", first)
	}
}

// A fixed delay is a whole number of steps, half rounded up, at least one, and its
// time is read once (Vensim DELAY FIXED 7.3.4, test-models delay_fixed; semantics row 9).
func TestFixedDelayInSteps(t *testing.T) {
	for text, steps := range map[string]int{
		"delay_fixed(time + 100, 0.5, 0)": 1, "delay_fixed(time + 100, 1.2, 0)": 1, "delay_fixed(time + 100, 1.5, 0)": 2,
		"delay_fixed(time + 100, 3.7, 0)": 4, "delay_fixed(time + 100, 2 + 2 * sin(time), 0)": 2,
	} {
		for i, v := range run(t, text, 0, 1, 8) {
			want := 0.0
			if i >= steps {
				want = 100 + float64(i-steps)
			}
			if v != want {
				t.Errorf("%s: got %v at step %d, want %v", text, v, i, want)
			}
		}
	}
	for _, c := range []struct {
		text  string
		steps int
	}{{"delay_fixed(time + 100, 0.3, 0)", 3}, {"delay_fixed(time + 100, 0.7, 0)", 7}} {
		for i, v := range run(t, c.text, 0, 0.1, 12) {
			if (v == 0) != (i < c.steps) {
				t.Errorf("%s with a step of a tenth: %v at step %d", c.text, v, i)
			}
		}
	}
}

// previous is one step ago, not one saved row (XMILE 3.5.6; semantics row 3).
func TestPrevious(t *testing.T) {
	for i, v := range run(t, "previous(time, -1)", 0, 0.25, 8) {
		if want := float64(i-1) * 0.25; i == 0 && v != -1 || i > 0 && v != want {
			t.Errorf("step %d: got %v", i, v)
		}
	}
}

// trend of what grows by a share g of itself settles at the g' with which the
// average lags: (input - average)/(T average) = g exactly, once the start is forgotten.
func TestTrendOfGrowth(t *testing.T) {
	const g = 0.05
	values := run(t, "trend(exp(0.05 * time), 3, 0.05)", 0, 1.0/64, 64*20)
	for i, v := range values {
		if math.Abs(v-g) > 1e-4 {
			t.Fatalf("step %d: got %v, want %v", i, v, g)
		}
	}
	first := run(t, "trend(10, 3, 0.05)", 0, 1, 1)[0]
	if math.Abs(first-g) > 1e-15 {
		t.Errorf("starts at %v, want the initial trend %v", first, g)
	}
}

// forecast of growth by a share g of itself is input * (1 + g*horizon).
func TestForecastOfGrowth(t *testing.T) {
	values := run(t, "forecast(exp(0.05 * time), 3, 2, 0.05) / exp(0.05 * time)", 0, 1.0/64, 64*20)
	for i, v := range values {
		if math.Abs(v-1.1) > 3e-4 {
			t.Fatalf("step %d: got %v, want 1.1", i, v)
		}
	}
}

// trend and forecast divide as Vensim's ZIDZ does: by nothing nearer to 0 than a millionth
// (Vensim's manual, fn_trend and fn_forecast). Of orders that come at 0 and at 200 alone,
// the average at 200 is 100 * 0.8^200, or 4e-18: the trend is 0, and the forecast is the
// order itself.
func TestTrendOfAlmostNothing(t *testing.T) {
	const orders = "(pulse_between(0, 1) * 100 + pulse_between(200, 1) * 80)"
	for text, want := range map[string]float64{
		"trend(" + orders + ", 5, 0)":    0,
		"forecast(" + orders + ", 5, 1)": 80,
	} {
		if got := run(t, text, 0, 1, 201)[200]; got != want {
			t.Errorf("%s is %g at 200, want %g", text, got, want)
		}
	}
}
