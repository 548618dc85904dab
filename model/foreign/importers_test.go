package foreign_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/model/document"
	"weir/model/foreign"
	"weir/model/resolved"
	"weir/model/vensim"
	"weir/model/xmile"
)

// A calling is how a function of Vensim's is called in both kinds of file.
type calling struct{ mdl, xmile string }

// callings are those of functions that take more than numbers. All others are called with
// variables and numbers alone.
var callings = map[string]calling{
	"SUM": {"x[d!]", "x[*]"}, "PROD": {"x[d!]", "x[*]"}, "VMIN": {"x[d!]", "x[*]"}, "VMAX": {"x[d!]", "x[*]"},
	"ELMCOUNT":                 {"d", "d"},
	"VECTOR SELECT":            {"x[d!], x[d!], 7, 8, 0", "x[*], x[*], 7, 8, 0"},
	"VECTOR ELM MAP":           {"x[d1], 1", "x[d1], 1"},
	"VECTOR RANK":              {"x[d], 1", "x, 1"},
	"VECTOR SORT ORDER":        {"x[d], 1", "x, 1"},
	"VECTOR REORDER":           {"x[d], x[d]", "x, x"},
	"ALLOCATE BY PRIORITY":     {"x[d], x[d], 3, 1, 4", "x, x, 3, 1, 4"},
	"ALLOCATE AVAILABLE":       {"x[d], p[d, kind], 4", "x, p, 4"},
	"LOOKUP FORWARD":           {"t, 0.5", "t, 0.5"},
	"LOOKUP BACKWARD":          {"t, 0.5", "t, 0.5"},
	"LOOKUP EXTRAPOLATE":       {"t, 0.5", "t, 0.5"},
	"LOOKUP INVERT":            {"t, 0.5", "t, 0.5"},
	"LOOKUP SLOPE":             {"t, 0.5", "t, 0.5"},
	"LOOKUP AREA":              {"t, 0, 1", "t, 0, 1"},
	"SMOOTH N":                 {"a, 5, b, 3", ""},
	"DELAY N":                  {"a, 5, b, 3", ""},
	"RANDOM GAMMA":             {"0, 9, 2, 1, 1, 0", ""},
	"RANDOM BETA":              {"0, 9, 2, 3, 1, 1, 0", ""},
	"RANDOM BINOMIAL":          {"0, 9, 0.5, 3, 1, 1, 0", ""},
	"RANDOM NEGATIVE BINOMIAL": {"0, 9, 0.5, 3, 1, 1, 0", ""},
	"RANDOM NORMAL":            {"0, 9, 4, 1, 0", ""},
}

// onlyMDL are the functions whose arguments XMILE files cannot have, or that translators
// write out: data, the calendar, profiles and points in an equation.
var onlyMDL = []foreign.Special{foreign.ShiftIfTrue, foreign.ConveyorDelay, foreign.DataAt, foreign.DataBetween,
	foreign.DataFact, foreign.TimeShift, foreign.TimeValue, foreign.MarketPrice, foreign.AtPrice, foreign.WithLookup,
	foreign.InvertMatrix}

// over are the functions whose result is an array over d.
var over = []string{"VECTOR RANK", "VECTOR SORT ORDER", "VECTOR REORDER", "ALLOCATE BY PRIORITY", "ALLOCATE AVAILABLE"}

const inMDL = `{UTF-8}
d: d1, d2, d3 ~~|
column: kind, priority, width, extra ~~|
x[d] = 1, 2, 3 ~~|
p[d, column] = 1, 5, 2, 0; 1, 6, 2, 0; 1, 7, 2, 0; ~~|
a = 4 ~~|
b = 2 ~~|
c = 3 ~~|
t((0,0),(1,2),(2,3)) ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = 4 ~~|
TIME STEP = 1 ~~|
SAVEPER = 1 ~~|
`

const inXMILE = `<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>%s</vendor><product version="1.0" lang="en">%s</product></header>
<sim_specs method="Euler" time_units="Months"><start>0</start><stop>4</stop><dt>1</dt></sim_specs>
<dimensions><dim name="d"><elem name="d1"/><elem name="d2"/><elem name="d3"/></dim>
<dim name="column"><elem name="kind"/><elem name="priority"/><elem name="width"/><elem name="extra"/></dim></dimensions>
<model><variables>
<aux name="x"><dimensions><dim name="d"/></dimensions>
<element subscript="d1"><eqn>1</eqn></element><element subscript="d2"><eqn>2</eqn></element><element subscript="d3"><eqn>3</eqn></element></aux>
<aux name="p"><dimensions><dim name="d"/><dim name="column"/></dimensions><eqn>IF column = 1 THEN 1 ELSE IF column = 2 THEN 4 + d ELSE 2</eqn></aux>
<aux name="a"><eqn>4</eqn></aux><aux name="b"><eqn>2</eqn></aux><aux name="c"><eqn>3</eqn></aux>
<gf name="t"><xpts>0,1,2</xpts><ypts>0,2,3</ypts></gf>
%s
</variables></model></xmile>`

// A function of Vensim's is the same equations from an .mdl file, from Vensim's own XMILE
// and from a translator's, with the same grade and the same remarks.
func TestImportersAgree(t *testing.T) {
	compared := 0
	for i := range foreign.Table {
		r := &foreign.Table[i]
		if r.Vensim == "" || slices.Contains(onlyMDL, r.Special) {
			continue
		}
		c := callings[r.Vensim]
		if c.mdl == "" {
			c.mdl = strings.Join([]string{"a", "b", "c", "1", "2", "3", "4", "5", "6"}[:max(r.Least, 0)], ", ")
		}
		if c.xmile == "" {
			c.xmile = c.mdl
		}
		want, how := fromMDL(t, r, c.mdl)
		if want != "refused" && !strings.Contains(want, " = ") {
			t.Errorf("%s has no equation: %q", r.Vensim, want)
		}
		for _, vendor := range []string{"Ventana Systems", "Somebody"} {
			if own := foreign.XMILE(foreign.Fold(r.Vensim), r.Least, byVendor[vendor]); own != nil && own.Vensim != r.Vensim && own.Takes(r.Least) {
				continue // XMILE has a function of that name, with a meaning of its own
			}
			got, said := fromXMILE(t, r, c.xmile, vendor)
			if got != want {
				t.Errorf("%s from %s is\n%s\nand from .mdl\n%s", r.Vensim, vendor, got, want)
			}
			if said != how {
				t.Errorf("%s from %s: the report has %q, and from .mdl %q", r.Vensim, vendor, said, how)
			}
			compared++
		}
	}
	if compared < 150 {
		t.Errorf("only %d calls were compared", compared)
	}
}

var byVendor = map[string]foreign.Tool{"Ventana Systems": foreign.ByVensim, "Somebody": foreign.AnyTool}

func fromMDL(t *testing.T, r *foreign.Row, args string) (equations, how string) {
	y := "y"
	if slices.Contains(over, r.Vensim) {
		y = "y[d]"
	}
	m, list := vensim.Parse("y.mdl", []byte(inMDL+fmt.Sprintf("%s = %s(%s) ~~|\n", y, r.Vensim, args)), nil, model.ImportOptions{})
	return resolvedY(t, m, list.HasErrors(), r.Grade == document.Unsupported, fmt.Sprint(r.Vensim, " in .mdl: ", list))
}

func fromXMILE(t *testing.T, r *foreign.Row, args, vendor string) (equations, how string) {
	product := map[string]string{"Ventana Systems": "Vensim", "Somebody": "Something"}[vendor]
	dims := ""
	if slices.Contains(over, r.Vensim) {
		dims = `<dimensions><dim name="d"/></dimensions>`
	}
	call := strings.ReplaceAll(r.Vensim, " ", "_") + "(" + args + ")"
	y := `<aux name="y">` + dims + "<eqn>" + call + "</eqn></aux>"
	m, list := xmile.Parse("y.xmile", fmt.Appendf(nil, inXMILE, vendor, product, y), nil, model.ImportOptions{})
	return resolvedY(t, m, list.HasErrors(), r.Grade == document.Unsupported, fmt.Sprint(call, " in XMILE of ", vendor, ": ", list))
}

// resolvedY returns the equations of y, and the remarks about it; "refused" of what is not
// supported.
func resolvedY(t *testing.T, m *model.Model, failed, unsupported bool, of string) (equations, how string) {
	t.Helper()
	if failed != unsupported {
		t.Errorf("%s", of)
	}
	if failed {
		return "refused", ""
	}
	for _, row := range m.Imported.Rows {
		if row.Variable == "y" {
			how = fmt.Sprint(row.Grade, " ", row.How)
		}
	}
	out, list := model.Check(m)
	if out == nil {
		t.Errorf("%s: %v", of, list)
		return "", ""
	}
	var b strings.Builder
	if err := resolved.PrintEquations(&b, out); err != nil {
		t.Fatal(err)
	}
	return blocksOfY(b.String()), how
}

// blocksOfY are the equations of y and of the helpers that it needs, but for those that
// number the elements of a dimension: they belong to whichever variable needs them first.
func blocksOfY(printed string) string {
	var out []string
	inside, helper := false, false
	for _, line := range strings.Split(printed, "\n") {
		switch text := strings.TrimSpace(line); {
		case !strings.HasPrefix(line, " "):
			inside = text == "aux y" || text == "aux y[d]"
		case strings.Contains(text, "#number[") && !strings.Contains(text, " = "):
			helper = true
		case strings.HasPrefix(line, "    ") && !strings.HasPrefix(line, "        "):
			helper = false
		}
		if inside && !helper {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
