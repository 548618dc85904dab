package uncertainty

import (
	"math"
	"os"
	"strings"
	"testing"

	"weir/model"
)

// source reads one constant of a model.
func source(t *testing.T, constant string) (Source, error) {
	t.Helper()
	text := "[time]\nstart = 0\nstop = 1\nstep = 1\nunit = \"year\"\n[constant.c]\nunits = \"1\"\n" + constant
	m, list := model.Parse("model.toml", []byte(text), os.DirFS("."))
	if list.HasErrors() {
		t.Fatal(list)
	}
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	return New(r, m.Variable("c"))
}

// Mean and sd of a lognormal are those of the quantity, log_mean and log_sd those of its
// logarithm: the moments of many draws show it.
func TestLognormal(t *testing.T) {
	for _, row := range []struct {
		constant         string
		mean, sd, median float64
	}{
		{"value = 80\ndistribution = { name = \"lognormal\", mean = 80, sd = 30 }", 80, 30, 80 / math.Sqrt(1+30.*30/80/80)},
		{"value = 80\ndistribution = { name = \"lognormal\", sd = 30 }", 80, 30, 80 / math.Sqrt(1+30.*30/80/80)},
		// exp(m + s²/2), and that times the root of exp(s²) - 1
		{"value = 80\ndistribution = { name = \"lognormal\", log_mean = 4, log_sd = 0.5 }",
			math.Exp(4.125), math.Exp(4.125) * math.Sqrt(math.Exp(0.25)-1), math.Exp(4)},
		{"value = 80\ndistribution = { name = \"lognormal\", log_sd = 0.5 }",
			80 * math.Exp(0.125), 80 * math.Exp(0.125) * math.Sqrt(math.Exp(0.25)-1), 80},
	} {
		s, err := source(t, row.constant)
		if err != nil {
			t.Fatalf("%s: %v", row.constant, err)
		}
		d := s.Distribute()
		const n = 200_000
		sum, square := 0.0, 0.0
		for i := range n {
			x := d.Quantile((float64(i) + 0.5) / n)
			sum, square = sum+x/n, square+x*x/n
		}
		sd := math.Sqrt(square - sum*sum)
		if math.Abs(sum/row.mean-1) > 1e-3 || math.Abs(sd/row.sd-1) > 1e-2 || math.Abs(d.Quantile(0.5)/row.median-1) > 1e-9 {
			t.Errorf("%s: mean %v, sd %v, median %v, want %v, %v, %v", row.constant, sum, sd, d.Quantile(0.5), row.mean, row.sd, row.median)
		}
	}
}

// A mean of the logarithm in the place of the quantity's is found by the constant's value.
func TestLognormalFarFromItsValue(t *testing.T) {
	_, err := source(t, "value = 80\ndistribution = { name = \"lognormal\", mean = 4.38, sd = 0.36 }")
	if err == nil || !strings.Contains(err.Error(), "log_mean and log_sd of its logarithm") {
		t.Errorf("the error is %v", err)
	}
}
