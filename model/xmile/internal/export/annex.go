package export

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/equation"
	"weir/model/xmile/internal/annex"
	"weir/model/xmile/internal/scan"
)

// own writes the instruction to weir: its namespace, and the rest as JSON. In JSON as Go
// writes it there is no >, so nothing can end the instruction before its end.
// It comes last in the file, for the others note on the way the parts that it must hold. A model of
// which XMILE says all has no instruction.
func (x *exporter) own() error {
	o := annex.Model{Set: x.set, Today: x.m.Today, Plurals: map[string]string{},
		Dimensions: map[string]annex.Dimension{}, Variables: map[string]annex.Variable{}}
	if t := x.m.Time; t.Save != t.Step {
		o.Save = &t.Save
	}
	for _, u := range x.m.Units {
		if u.Plural != "" {
			o.Plurals[u.Name] = u.Plural
		}
	}
	for _, d := range x.m.Dimensions {
		o.Dimensions[d.Name] = annex.Dimension{Of: d.Of, Label: d.Label, Ordered: d.Ordered, Labels: d.Labels}
	}
	for _, v := range x.m.Variables {
		if own := x.ownVariable(plainTable(v)); !reflect.DeepEqual(own, annex.Variable{}) {
			o.Variables[x.fullName(v)] = own
		}
	}
	for _, s := range x.m.Sources {
		o.Sources = append(o.Sources, &model.Source{ID: s.ID, Title: s.Title, Where: s.Where, Note: s.Note})
	}
	for _, t := range x.m.Tests {
		o.Tests = append(o.Tests, plainTest(t))
	}
	for _, c := range x.m.Channels {
		o.Channels = append(o.Channels, &annex.Channel{Name: c.Name, Label: c.Label, About: c.About, Through: c.Through,
			Higher: c.Higher, Lower: c.Lower})
	}
	for _, l := range x.m.Loops {
		o.Loops = append(o.Loops, &annex.Loop{Name: l.Name, Label: l.Label, About: l.About, Through: l.Through})
	}
	o.Views, o.Modules, o.Bridges = x.ownViews, x.ownModules(), x.ownBridges()
	if x.m.Calibration != nil {
		x.note("", "what the model is calibrated to")
	}
	// encoding/json sorts the keys of maps, so that the file does not depend on their order.
	text, err := json.MarshalIndent(o, "", " ")
	if err != nil {
		return fmt.Errorf("what XMILE has no word for cannot be written: %w", err)
	}
	if string(text) != "{}" {
		x.b.WriteString("<?" + scan.Target + ` xmlns="` + ownSpace + "\"\n" + printable(string(text)) + "\n?>\n")
	}
	return nil
}

// numeric reports whether the equations of a variable name nothing, so that they may be plain numbers.
func numeric(v *model.Variable) bool {
	texts := []string{v.Equation.Text}
	for _, at := range v.At {
		texts = append(texts, at.Text.Text)
	}
	named := func(r rune) bool { return unicode.IsLetter(r) && r != 'e' && r != 'E' }
	return !slices.ContainsFunc(texts, func(s string) bool { return strings.ContainsFunc(s, named) })
}

// ownVariable returns the parts of a variable that XMILE has no element for.
// It is the zero value where XMILE says all, and notes in the report those parts that another tool
// will read differently.
func (x *exporter) ownVariable(v *model.Variable) annex.Variable {
	o := annex.Variable{Label: v.Label, Source: v.Source, Evidence: v.Evidence, Owner: v.Owner,
		Padded: x.padded[v.Name]}
	switch v.Kind {
	case model.KindConstant, model.KindDecision, model.KindData:
		o.Kind = v.Kind
	case model.KindAux:
		if numeric(v) {
			o.Kind = v.Kind
		}
	}
	if v.Conveyor != nil && !startListed(v) && v.Conveyor.Start != nil {
		o.Start = v.Conveyor.Start
		x.note(v.Name, "what a conveyor starts with")
	}
	if v.Dist != nil {
		o.Distribution = &annex.Distribution{Name: v.Dist.Name, Params: v.Dist.Params}
	}
	if v.Beyond != "" && v.Beyond != "hold" && v.Beyond != "extend" || v.Beyond == "extend" && v.Between != "" {
		o.Beyond = v.Beyond
		x.note(v.Name, "a graphical function that is read beyond its points as %q", v.Beyond)
	}
	if v.Between == "next" || v.Between == "exact" {
		o.Between = v.Between
		x.note(v.Name, "a graphical function that is read between its points as %q", v.Between)
	}
	return o
}

// plainTest returns a test without the places of its texts.
// The given test stays as it is; the copy shares its other lists.
func plainTest(t *model.Test) *model.Test {
	out := *t
	out.SetSpans, out.Expect, out.Change = nil, nil, nil
	out.Span, out.FuturesSpan, out.ConserveSpan = diagnostic.Span{}, diagnostic.Span{}, diagnostic.Span{}
	for _, e := range t.Expect {
		plain := model.Text{Text: e.Text}
		if e.Tree != nil { // calls of the model's own functions, which the file does not have
			plain.Text = equation.Print(e.Tree)
		}
		out.Expect = append(out.Expect, plain)
	}
	for _, c := range t.Change {
		c.Span = diagnostic.Span{}
		out.Change = append(out.Change, c)
	}
	return &out
}
