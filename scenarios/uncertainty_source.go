package scenarios

import (
	"errors"
	"math"
	"slices"

	"weir/model"
	"weir/model/numeric/maths"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
	"weir/sim/sampling"
)

// sourceOf makes the source of a constant that is uncertain. The error says what is
// impossible about its distribution.
func sourceOf(r *resolved.Model, declared *model.Variable) (Source, error) {
	i := slices.IndexFunc(r.Variables, func(x *resolved.Variable) bool { return !x.Hidden && x.Name == declared.Name })
	if i < 0 {
		return Source{}, errors.New("no run computes it")
	}
	v := r.Variables[i]
	s := Source{
		Name: v.Name, Label: v.Label, Unit: v.Unit, Evidence: declared.Evidence,
		Elements: v.Size(), values: constants(v), vary: []string{v.Name},
	}
	s.Value = mean(s.values)
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

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// distribute sets the distribution. What the model does not give comes from the
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
		d.Mean, d.SD = param("mean", maths.Ln(s.Value)), param("sd", (maths.Ln(d.High)-maths.Ln(d.Low))/4)
	}
	if err := d.Check(); err != nil {
		return err
	}
	s.distribution, s.Low, s.High = d, d.Low, d.High
	if v.Range == nil {
		s.Low, s.High = d.Quantile(0.025), d.Quantile(0.975)
	}
	return nil
}

// spread writes the elements for one draw and says how many there are.
func (s *Source) spread(x float64, to []float64) int {
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
