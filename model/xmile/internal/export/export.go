// Package export writes models as XMILE 1.0.
//
// The file holds to the schema of the standard, and reading it again gives a model with the
// same bits in every run. Where the standard has no words, other tools get the nearest that
// it has: an array whose elements differ is written element by element, a module's variables
// with their names outside, and a function that XMILE lacks as weir.name, which is reported.
// Everything else that would be lost is in the annex. The output depends on nothing but the
// model, so that two exports are equal byte by byte.
package export

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"weir/model"
	"weir/model/equation"
	"weir/model/resolved"
	"weir/model/xmile/internal/annex"
	"weir/model/xmile/internal/naming"
)

// Namespaces of what is written: the standard's, and one of our own for what it has
// no words for, in instructions to ownTarget.
const (
	standardSpace = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"
	ownSpace      = "urn:weir:xmile:1"
)

// A Beyond is something in a model that XMILE 1.0 has no word for, so that other tools
// pass over it or refuse it.
type Beyond struct{ Variable, What string }

// Write writes a checked model as XMILE 1.0: r is the result of model.Check for m. Arrays
// whose elements differ are written out element by element. The file holds to the schema of XMILE 1.0.
// Parts that the standard has no element for go into an instruction to weir behind the
// model, from where Parse takes them back. Write returns, in the order of the model, the
// parts that other tools will not understand.
func Write(w io.Writer, m *model.Model, r *resolved.Model, set string, as Language) ([]Beyond, error) {
	x := newExporter(m, r, as)
	x.set = set
	if err := x.file(); err != nil {
		return nil, err
	}
	out := bufio.NewWriter(w)
	if _, err := out.WriteString(x.b.String()); err != nil {
		return nil, err
	}
	return x.lost, out.Flush()
}

// A Language is how a model is to be written.
type Language struct {
	Taken func(string) bool // reports whether an equation of XMILE has a meaning for a name
	Flat  bool              // without modules: their variables are in the model itself
}

// An exporter collects the text of one file.
type exporter struct {
	m      *model.Model
	r      *resolved.Model
	vars   map[string]*model.Variable
	names  map[string]string           // as they are written: those of the file that the model comes from
	parts  map[string][]*resolved.Part // the equations as the model has them, by variable
	tables map[string]*resolved.Table
	dims   map[string]*model.Dimension
	leaks  map[string]bool
	zones  map[string][]string // of leaks: where on the way
	padded map[string][]int    // see ownVariable
	set    string
	as     Language
	b      strings.Builder
	depth  int
	lost   []Beyond

	ownViews []*annex.View
	top      *unit                   // the model itself
	unit     map[string]*unit        // by the full names of modules; "" is top
	in       *unit                   // the one that is written now
	links    map[*unit][]*model.Link // see linksOf; nil before a diagram needs them
	outputs  map[string]bool         // variables that a unit around their own reads
}

// newExporter returns an exporter with the tables that it looks things up in. The model and
// its resolved form are read only.
func newExporter(m *model.Model, r *resolved.Model, as Language) *exporter {
	x := &exporter{as: as, m: m, r: r, vars: map[string]*model.Variable{}, parts: map[string][]*resolved.Part{},
		tables: map[string]*resolved.Table{}, dims: map[string]*model.Dimension{}, leaks: map[string]bool{},
		zones: map[string][]string{}, padded: map[string][]int{}}
	for _, v := range m.Variables {
		x.vars[v.Name] = v
		if v.Conveyor != nil {
			for _, f := range v.Conveyor.Leak {
				x.leaks[f] = true
				if z, ok := v.Conveyor.Zone[f]; ok {
					x.zones[f] = []string{"leak_start", annex.Decimal(z[0]), "leak_end", annex.Decimal(z[1])}
				}
			}
		}
	}
	// The checked model has the equations element by element, which an array needs whose
	// elements differ; the model itself has them as they were written.
	for _, v := range r.Variables {
		if !v.Hidden && x.parts[v.Name] == nil {
			x.parts[v.Name] = v.Parts
			// of a leak: the share that it takes
		} else if leak, ok := strings.CutSuffix(v.Name, ".fraction"); ok && v.Owner != nil {
			x.parts[strings.TrimPrefix(leak, v.Owner.Name+"#")] = v.Parts
		}
	}
	for _, l := range r.Limits { // the equation of a limited flow is in another variable
		x.parts[l.Flow.Name] = l.Wanted.Parts
	}
	for _, t := range r.Tables {
		x.tables[t.Name] = t
	}
	for _, d := range m.Dimensions {
		x.dims[d.Name] = d
	}
	x.nameAll()
	x.plan()
	return x
}

// nameAll gives every variable the name that it has in the file that the model was
// imported from, as long as no two have the same, and else its own.
func (x *exporter) nameAll() {
	x.names = map[string]string{}
	// A name of the file that is another variable's name here would refer to that one when
	// the file is read again.
	taken := map[string]bool{}
	for _, v := range x.m.Variables {
		taken[naming.Canonical(v.Name)] = true
	}
	if x.m.Imported != nil {
		for _, row := range x.m.Imported.Rows {
			key := naming.Canonical(row.Name)
			if x.vars[row.Variable] != nil && x.names[row.Variable] == "" && key != "" &&
				(!taken[key] || key == naming.Canonical(row.Variable)) {
				x.names[row.Variable] = row.Name
				taken[key] = true
			}
		}
	}
	for _, v := range x.m.Variables {
		x.names[v.Name] = cmp.Or(x.names[v.Name], v.Name)
	}
}

// note remembers that something is beyond XMILE, once for each variable.
func (x *exporter) note(variable, format string, args ...any) {
	n := Beyond{variable, fmt.Sprintf(format, args...)}
	if !slices.Contains(x.lost, n) {
		x.lost = append(x.lost, n)
	}
}

// find returns the variable that a name in an equation of v means.
func (x *exporter) find(v *model.Variable, name string) *model.Variable {
	if v != nil && v.Scope != "" {
		if in := x.vars[v.Scope+"."+name]; in != nil {
			return in
		}
	}
	return x.vars[name]
}

// root returns the dimension at the end of a chain of subranges.
func (x *exporter) root(dim string) string {
	for range len(x.dims) {
		d := x.dims[dim]
		if d == nil || d.Of == "" {
			break
		}
		dim = d.Of
	}
	return dim
}

// position returns an element's place in a dimension, -1 if it has no such element.
func (x *exporter) position(dim, element string) int {
	for i, e := range x.dims[dim].Elements {
		if equation.Canonical(e) == equation.Canonical(element) {
			return i
		}
	}
	return -1
}
