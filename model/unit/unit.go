// Package unit is the algebra of units of measure: student/year times year is
// student. It knows names and powers, nothing of models. Names are compared letter for
// letter; two names mean the same unit only if a System declares so.
package unit

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// A Unit is a product of powers of named units. The zero value is 1, the unit of
// plain numbers. A Unit never changes.
type Unit struct {
	factors []factor // by name, no power 0
}

// A factor is a named unit to a power.
type factor struct {
	name  string
	power power
}

func (f factor) compare(name string) int { return cmp.Compare(f.name, name) }

// Named returns the unit with that name alone.
func Named(name string) Unit { return Unit{[]factor{{name, power{1, 1}}}} }

// IsOne reports whether the unit is 1.
func (u Unit) IsOne() bool { return len(u.factors) == 0 }

// Equal reports whether both are the same unit.
func (u Unit) Equal(v Unit) bool { return slices.Equal(u.factors, v.factors) }

// Mul returns u times v.
func (u Unit) Mul(v Unit) Unit { return u.combine(v, 1) }

// Div returns u divided by v.
func (u Unit) Div(v Unit) Unit { return u.combine(v, -1) }

// combine returns u times v, or u divided by v if sign is -1. Factors stay sorted by name, and
// those with exponent 0 go.
func (u Unit) combine(v Unit, sign int) Unit {
	out := Unit{slices.Clone(u.factors)}
	for _, f := range v.factors {
		f.power.over *= sign
		i, found := slices.BinarySearchFunc(out.factors, f.name, factor.compare)
		if !found {
			out.factors = slices.Insert(out.factors, i, f)
			continue
		}
		if out.factors[i].power = out.factors[i].power.add(f.power); out.factors[i].power.over == 0 {
			out.factors = slices.Delete(out.factors, i, i+1)
		}
	}
	return out
}

// Pow returns u to the power x. ok is false if a name's power would be no fraction with a
// denominator up to 12, or would be beyond 100: no model means such a unit.
func (u Unit) Pow(x float64) (v Unit, ok bool) {
	p, ok := fraction(x)
	if !ok || u.IsOne() {
		return Unit{}, u.IsOne()
	}
	for _, f := range u.factors {
		if f.power = f.power.times(p); f.power.over == 0 {
			continue
		}
		v.factors = append(v.factors, f)
	}
	if !v.sound() {
		return Unit{}, false
	}
	return v, true
}

// sound reports whether all powers are within the limits of Pow.
func (u Unit) sound() bool {
	return !slices.ContainsFunc(u.factors, func(f factor) bool {
		return f.power.size() > maxPower || f.power.under > maxUnder
	})
}

// Replace returns the unit with every name replaced by a unit. ok is false if with has none
// for a name.
func (u Unit) Replace(with func(name string) (Unit, bool)) (v Unit, ok bool) {
	for _, f := range u.factors {
		w, ok := with(f.name)
		if !ok {
			return Unit{}, false
		}
		for _, g := range w.factors {
			g.power = g.power.times(f.power)
			v = v.Mul(Unit{[]factor{g}})
		}
	}
	return v, true
}

// Names returns the names in u, sorted.
func (u Unit) Names() []string {
	var names []string
	for _, f := range u.factors {
		names = append(names, f.name)
	}
	return names
}

// String returns the unit in its canonical form: "student/year", "USD/(student*year)",
// "1/year", "student^2", "1". Parse returns the same unit for it.
func (u Unit) String() string {
	var above, below []string
	for _, f := range u.factors {
		if f.power.over > 0 {
			above = append(above, f.name+f.power.suffix())
		} else {
			f.power.over *= -1
			below = append(below, f.name+f.power.suffix())
		}
	}
	text := cmp.Or(strings.Join(above, "*"), "1")
	switch len(below) {
	case 0:
		return text
	case 1:
		return text + "/" + below[0]
	}
	return text + "/(" + strings.Join(below, "*") + ")"
}

// A power is a fraction in lowest terms, under > 0.
type power struct{ over, under int }

const (
	maxPower = 100
	maxUnder = 12
)

// lowest returns a fraction in its lowest terms; under is above 0.
func lowest(over, under int) power {
	a, b := max(over, -over), under
	for b != 0 {
		a, b = b, a%b
	}
	return power{over / a, under / a}
}

func (p power) add(q power) power   { return lowest(p.over*q.under+q.over*p.under, p.under*q.under) }
func (p power) times(q power) power { return lowest(p.over*q.over, p.under*q.under) }
func (p power) size() int           { return max(p.over, -p.over) / p.under }

// suffix is "", "^2", "^0.5" or "^(1/3)".
func (p power) suffix() string {
	switch {
	case p == power{1, 1}:
		return ""
	case p.under == 1:
		return "^" + strconv.Itoa(p.over)
	case p.under == 2 || p.under == 4 || p.under == 5 || p.under == 8 || p.under == 10:
		return "^" + strconv.FormatFloat(float64(p.over)/float64(p.under), 'g', -1, 64)
	}
	return "^(" + strconv.Itoa(p.over) + "/" + strconv.Itoa(p.under) + ")"
}

// fraction returns the simplest fraction that is x up to rounding, which is a billionth.
func fraction(x float64) (power, bool) {
	if !(x >= -maxPower && x <= maxPower) { // NaN too
		return power{}, false
	}
	for under := 1; under <= maxUnder; under++ {
		over := int(round(x * float64(under)))
		if d := x - float64(over)/float64(under); d < 1e-9 && d > -1e-9 {
			return lowest(over, under), true
		}
	}
	return power{}, false
}

// round returns the integer nearest to x, halves away from zero.
func round(x float64) float64 {
	if x < 0 {
		return -round(-x)
	}
	return float64(int(x + 0.5))
}
