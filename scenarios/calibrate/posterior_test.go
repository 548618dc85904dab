package calibrate_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"weir/scenarios/calibrate"
)

// level is a constant that is measured again and again.
const level = `[time]
start = 0
stop  = 20
step  = 1
unit  = "year"
[aux.x]
equation = "height"
units    = "metre"
[constant.height]
value = 5
range = [0, 20]
units = "metre"
[data.measured]
file  = "data.csv"
time  = "t"
value = "x"
units = "metre"
[calibration.fit.x]
variable = "x"
data     = "measured"
error    = "absolute"
`

// The mean of a normal variable of unknown variance has, with the usual prior of a scale,
// Student's t distribution with n - 1 degrees of freedom around the mean of the
// measurements, of scale s/sqrt(n) (Gelman and others 2013, section 3.2). Measurements
// that go up and down count in full.
func TestPosteriorOfAMean(t *testing.T) {
	const n = 12
	var b strings.Builder
	b.WriteString("t,x\n")
	mean, square := 0.0, 0.0
	values := []float64{11, 9.2, 10.4, 9.5, 10.9, 9.1, 10.2, 9.9, 10.8, 9.6, 10.1, 9.7}
	for i, x := range values {
		fmt.Fprintf(&b, "%d,%v\n", i+1, x)
		mean += x / n
	}
	for _, x := range values {
		square += (x - mean) * (x - mean)
	}
	scale := math.Sqrt(square / (n - 1) / n)
	r := run(t, load(t, level, b.String()), calibrate.Options{Draws: 4000})
	p := r.Posterior
	if r.Effective != n || !p.Converged {
		t.Fatalf("%v points count; %s", r.Effective, p.Why)
	}
	if c := r.Constants[0]; math.Abs(c.Value-mean) > 1e-4 {
		t.Errorf("height %v, want %v", c.Value, mean)
	}
	sd := scale * math.Sqrt((n-1.)/(n-3))
	noise := 4 / math.Sqrt(p.Size[0]) // four standard errors of a mean of so many draws
	if math.Abs(p.Mean[0]-mean) > noise*sd || math.Abs(p.SD[0]/sd-1) > noise {
		t.Errorf("the draws have mean %v and deviation %v, want %v and %v", p.Mean[0], p.SD[0], mean, sd)
	}
	const t975 = 2.200985 // of 11 degrees of freedom
	if width := (p.High[0] - p.Low[0]) / 2; math.Abs(width/(t975*scale)-1) > 2*noise {
		t.Errorf("half of the interval is %v, want %v", width, t975*scale)
	}
}

// Distributions count as knowledge beside the data if the model says so.
func TestPrior(t *testing.T) {
	// Two measurements, 9 and 11, that are worth n. The misfit is n/2 ln(2 + 2(x - 10)^2), of
	// which the slope is n(x - 10)/(1 + (x - 10)^2); that of the prior is (x - 12)/0.5^2.
	text := strings.Replace(level, "range = [0, 20]", "range = [0, 20]\ndistribution = { name = \"normal\", mean = 12, sd = 0.5 }", 1) + "[calibration]\nprior = true\n"
	r := run(t, load(t, text, "t,x\n1,9\n2,11\n"), calibrate.Options{})
	x := r.Constants[0].Value
	d := x - 10
	if slope := r.Effective*d/(1+d*d) + (x-12)/0.25; math.Abs(slope) > 1e-3 {
		t.Errorf("height %v, where the slope is %v", x, slope)
	}
	without := run(t, load(t, strings.Replace(text, "prior = true", "", 1), "t,x\n1,9\n2,11\n"), calibrate.Options{})
	if got := without.Constants[0].Value; math.Abs(got-10) > 1e-3 {
		t.Errorf("without the prior %v, want 10", got)
	}
}

// The sampled deviation of both constants of the logistic is the standard error that the
// closed form gives, and a sampler with too few steps says so.
func TestPosteriorOfLogistic(t *testing.T) {
	data := counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0.02, 4)
	r := run(t, load(t, logistic, data), calibrate.Options{Draws: 2000})
	p := r.Posterior
	if !p.Converged || p.Acceptance < 0.2 || p.Acceptance > 0.8 {
		t.Fatalf("%+v", p.Why)
	}
	rms := math.Sqrt(r.After / 18) // the size of a single error, as the data have it
	one, two := standardErrors(20, r.Constants[0].Value, r.Constants[1].Value, rms*math.Sqrt(20/r.Effective))
	for i, want := range []float64{one, two} {
		if math.Abs(p.SD[i]/want-1) > 0.15 {
			t.Errorf("%s: deviation %v, standard error %v", r.Constants[i].Name, p.SD[i], want)
		}
	}
	short := run(t, load(t, logistic, data), calibrate.Options{Draws: 100, Steps: 10})
	if p := short.Posterior; p.Converged || p.Why == "" {
		t.Error("ten steps are not enough")
	}
}
