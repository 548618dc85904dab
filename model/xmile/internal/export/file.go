package export

import (
	"math"
	"slices"
	"strconv"

	"weir/model/method"
	"weir/model/xmile/internal/annex"
)

// file writes all elements of the file.
func (x *exporter) file() error {
	x.b.WriteString(`<?xml version="1.0" encoding="utf-8"?>` + "\n")
	x.open("xmile", "version", "1.0", "xmlns", standardSpace)
	x.header()
	x.clock()
	x.units()
	x.dimensions()
	x.models()
	x.close("xmile")
	return x.own()
}

// header writes the model's name and that weir wrote the file.
func (x *exporter) header() {
	x.open("header")
	x.options()
	x.leafIf("name", x.m.Name)
	x.leafIf("caption", x.m.About)
	x.leaf("vendor", "weir")
	x.leaf("product", "weir", "version", "1.0", "lang", "en")
	x.close("header")
}

// options names the parts of the standard that the file uses and that a tool may lack. The names are those of
// the schema; the text of the standard has others for some.
func (x *exporter) options() {
	most := 0
	var conveyors, arrest bool
	for _, v := range x.m.Variables {
		most = max(most, len(v.Over))
		conveyors = conveyors || v.Conveyor != nil
		arrest = arrest || v.Conveyor != nil && v.Conveyor.Arrest.Text != ""
	}
	x.open("options", "namespace", "std, weir")
	if conveyors {
		x.empty("uses_conveyor", "arrest", yes(arrest), "leak", yes(len(x.leaks) > 0))
	}
	x.empty("has_model_view")
	if most > 0 {
		x.empty("uses_arrays", "max_dimensions", strconv.Itoa(most))
	}
	x.close("options")
}

// methodName returns a method as XMILE writes it: by our name, if the standard has none.
func methodName(name string) string {
	if m := method.Find(name); m != nil && m.XMILE != "" {
		return m.XMILE
	}
	return name
}

// clock writes the times of the run. A step that is one over a whole number is written as
// that number, so that it is read again with the same bits.
func (x *exporter) clock() {
	t := x.m.Time
	x.open("sim_specs", "method", methodName(t.Method), "time_units", t.Unit)
	x.leaf("start", annex.Decimal(t.Start))
	x.leaf("stop", annex.Decimal(t.Stop))
	// 1 over the number must give the step's bits back.
	if n := 1 / t.Step; t.Step < 1 && n == math.Trunc(n) && 1/n == t.Step {
		x.leaf("dt", annex.Decimal(n), "reciprocal", "true")
	} else {
		x.leaf("dt", annex.Decimal(t.Step))
	}
	x.close("sim_specs")
}

// units writes the units that the model declares, with their plurals among the aliases.
// The plural comes first among them, and the list of the model stays as it is.
func (x *exporter) units() {
	if len(x.m.Units) == 0 {
		return
	}
	x.open("model_units")
	for _, u := range x.m.Units {
		x.open("unit", "name", u.Name)
		others := u.Alias
		if u.Plural != "" && !slices.Contains(others, u.Plural) {
			others = append([]string{u.Plural}, others...)
		}
		for _, a := range others {
			x.leaf("alias", a)
		}
		x.close("unit")
	}
	x.close("model_units")
}

// dimensions writes all dimensions with their elements, subranges like others.
func (x *exporter) dimensions() {
	if len(x.m.Dimensions) == 0 {
		return
	}
	x.open("dimensions")
	for _, d := range x.m.Dimensions {
		x.open("dim", "name", d.Name)
		for _, e := range d.Elements {
			x.empty("elem", "name", e)
		}
		x.close("dim")
	}
	x.close("dimensions")
}
