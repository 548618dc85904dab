package uncertainty

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"weir/model"
	"weir/model/numeric/maths"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
	"weir/scenarios/internal/statistic"
	"weir/sim/sampling"
)

// A Source of uncertainty is a constant that is drawn again in each future. Numbers are
// in Unit.
type Source struct {
	Name, Label, Unit string
	// Low and High are the ends of the range; where the model gives a distribution
	// without a range, the values between which 95 percent of the draws lie.
	Low, High    float64
	Value        float64 // in the central run; of an array, the mean of its elements
	Distribution string  // uniform, triangular, normal, lognormal, posterior
	Evidence     string  // measured, study, expert, assumed; "" if the model does not say
	// Elements is how many numbers the constant holds, 1 for a scalar. One draw moves
	// them all: to the drawn value if they are equal. If they differ, each goes the same
	// share of its own way: with m their mean, x the draw and v the element's value,
	//
	//	x >= m:  v + (x - m)/(High - m) (High - v)
	//	x <  m:  v - (m - x)/(m - Low) (v - Low)
	//
	// so that at m all have their own values, and none leaves the range or overtakes
	// another. Without a range they move by the same amount (normal) or the same factor
	// (lognormal).
	Elements int

	distribution sampling.Distribution
	column       int       // of the posterior, counted from 1; 0: drawn from its range
	vary         []string  // names that a run sets
	values       []float64 // of those, in the central run
}

// FromPosterior is the Source.Distribution of constants drawn from a posterior.
const FromPosterior = "posterior"

// Varies reports whether the model says how a constant may vary: by a range or a
// distribution.
func Varies(v *model.Variable) bool {
	return v.Kind == model.KindConstant && (v.Dist != nil || v.Range != nil && v.Range[0] < v.Range[1])
}

// Constants returns the sources of a model: every constant that has a range or a
// distribution, but for those of which fixed, by name, is true. fixed may be nil. The error
// says which constant cannot be drawn, and why.
func Constants(m *model.Model, r *resolved.Model, fixed func(name string) bool) ([]Source, error) {
	var list []Source
	for _, v := range m.Variables {
		if !Varies(v) || fixed != nil && fixed(v.Name) {
			continue
		}
		s, err := New(r, v)
		if err != nil {
			return nil, fmt.Errorf("%s cannot be drawn: %w", v.Name, err)
		}
		list = append(list, s)
	}
	return list, nil
}

// New returns the source of a constant that varies. The error says why
// its distribution is impossible.
func New(r *resolved.Model, declared *model.Variable) (Source, error) {
	v := element.Variable(r, declared.Name)
	if v == nil {
		return Source{}, errors.New("no run computes it")
	}
	s := Source{
		Name: v.Name, Label: v.Label, Unit: v.Unit, Evidence: declared.Evidence,
		Elements: v.Size(), values: element.Values(v), vary: []string{v.Name},
	}
	s.Value = statistic.Mean(s.values)
	if slices.Min(s.values) == slices.Max(s.values) {
		s.Value, s.values = s.values[0], s.values[:1] // the bare name sets all elements
	} else {
		s.vary = nil
		for _, e := range element.All(v.Over) {
			s.vary = append(s.vary, element.Join(v.Name, e))
		}
	}
	err := s.distribute(declared)
	return s, err
}

// distribute sets the distribution. Missing parameters come from the
// constant's range and value, as in model: see its distributions.
func (s *Source) distribute(v *model.Variable) error {
	d := sampling.Distribution{Low: math.Inf(-1), High: math.Inf(1)}
	if v.Range != nil {
		d.Low, d.High = v.Range[0], v.Range[1]
	}
	s.Distribution = "uniform"
	param := func(name string, otherwise float64) float64 { return otherwise }
	if v.Dist != nil {
		s.Distribution = v.Dist.Name
		param = func(name string, otherwise float64) float64 {
			if x, ok := v.Dist.Params[name]; ok {
				return x
			}
			return otherwise
		}
	}
	switch s.Distribution {
	case "triangular":
		d.Shape, d.Mode = sampling.Triangular, param("mode", s.Value)
	case "normal":
		d.Shape, d.Mean, d.SD = sampling.Normal, param("mean", s.Value), param("sd", (d.High-d.Low)/4)
	case "lognormal":
		d.Shape, d.Low = sampling.LogNormal, max(0, d.Low)
		d.Mean, d.SD = s.logarithm(v.Dist.Params, d)
	}
	if err := d.Check(); err != nil {
		return err
	}
	if v.Dist != nil && len(v.Dist.Params) > 0 && !s.likely(d) {
		return s.farOff(d)
	}
	s.distribution, s.Low, s.High = d, d.Low, d.High
	if v.Range == nil {
		s.Low, s.High = d.Quantile(0.025), d.Quantile(0.975)
	}
	return nil
}

// logarithm returns the mean and standard deviation of the logarithm of a lognormal quantity.
// With m and s those of the quantity, they are ln m - v/2 and the root of v = ln(1 + s²/m²)
// (N. L. Johnson, S. Kotz and N. Balakrishnan, Continuous Univariate Distributions, volume 1,
// section 14.3).
func (s *Source) logarithm(given map[string]float64, d sampling.Distribution) (mean, sd float64) {
	m, hasMean := given["mean"]
	deviation, hasSD := given["sd"]
	if !hasMean {
		m = s.Value
	}
	switch {
	case hasSD:
		sd = math.Sqrt(maths.Ln(1 + float64((deviation/m)*(deviation/m))))
	case given["log_sd"] > 0:
		sd = given["log_sd"]
	default:
		sd = (maths.Ln(d.High) - maths.Ln(d.Low)) / 4
	}
	if logMean, has := given["log_mean"]; has {
		return logMean, sd
	}
	if hasMean || hasSD {
		return maths.Ln(m) - float64(sd*sd)/2, sd
	}
	return maths.Ln(s.Value), sd
}

// farthest is the share of the draws beyond which a constant's own value counts as a mistake
// in its distribution.
const farthest = 0.001

// likely reports whether the constant's own value is one that its distribution might give.
// Only a lognormal is asked, whose parameters are easily those of the other kind.
func (s *Source) likely(d sampling.Distribution) bool {
	if d.Shape != sampling.LogNormal || d.Low == d.High {
		return true
	}
	return s.Value >= d.Quantile(farthest/2) && s.Value <= d.Quantile(1-farthest/2)
}

// farOff is the error about a value that the distribution does not give.
func (s *Source) farOff(d sampling.Distribution) error {
	return fmt.Errorf("its value %.4g is outside all but one in a thousand draws, which go from %.4g to %.4g; "+
		"mean and sd are of the quantity, log_mean and log_sd of its logarithm",
		s.Value, d.Quantile(farthest/2), d.Quantile(1-farthest/2))
}

// Spread writes the numbers that a run sets for a draw x into to, which has room for
// Elements, and returns how many there are; see Elements.
func (s *Source) Spread(x float64, to []float64) int {
	if len(s.values) == 1 {
		to[0] = x
		return 1
	}
	d := s.distribution
	for i, v := range s.values {
		switch {
		case d.Shape == sampling.LogNormal && math.IsInf(d.High, 0):
			to[i] = float64(v * (x / s.Value))
		case math.IsInf(d.Low, 0) || math.IsInf(d.High, 0):
			to[i] = v + (x - s.Value)
		case x >= s.Value && s.Value < d.High:
			to[i] = min(d.High, v+float64((x-s.Value)/(d.High-s.Value)*(d.High-v)))
		case x < s.Value:
			to[i] = max(d.Low, v-float64((s.Value-x)/(s.Value-d.Low)*(v-d.Low)))
		default:
			to[i] = x
		}
	}
	return len(s.values)
}

// Vary returns the names that a run sets for a source, constants or elements, in the order
// of Spread.
func (s *Source) Vary() []string { return slices.Clone(s.vary) }

// ValueAt returns the value of an element, row-major, in the central run.
func (s *Source) ValueAt(i int) float64 {
	if len(s.values) == 1 {
		return s.values[0]
	}
	return s.values[i]
}

// Distribute returns the distribution of draws.
func (s *Source) Distribute() sampling.Distribution { return s.distribution }
