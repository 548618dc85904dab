package lower

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"weir/model"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/model/xmile/internal/annex"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/source"
)

// Plain returns the empty place, whatever it is given.
func Plain(diagnostic.Span) diagnostic.Span { return diagnostic.Span{} }

// FinishOwn takes over the parts of weir's own files that belong to no variable.
// It comes after the variables have their names in the model, since tests mention these. All parts
// have the place of the instruction, for JSON has no places of its own.
func (im *Lowerer) FinishOwn() {
	o, at := im.Annex, im.AnnexAt
	im.Out.Today = o.Today
	ours := im.renamer()
	im.Out.Imported.Set = ours(o.Set)
	for _, s := range o.Sources {
		if s != nil {
			s.Span = at
			im.Out.Sources = append(im.Out.Sources, s)
		}
	}
	for _, t := range o.Tests {
		if t == nil {
			continue
		}
		t.Span = at
		withoutZeroClock(t, im.Out.Time.Start)
		for i := range t.Expect {
			t.Expect[i] = source.TextAt(ours(t.Expect[i].Text), at.Start, at)
		}
		for i := range t.Conserve {
			t.Conserve[i] = ours(t.Conserve[i])
		}
		for _, run := range append([]*model.TestRun{&t.TestRun}, t.Runs...) {
			for i := range run.Change {
				run.Change[i].Span, run.Change[i].Variable = at, ours(run.Change[i].Variable)
			}
			set := map[string]float64{}
			for name, x := range run.Set {
				set[ours(name)] = x
			}
			run.Set = set
		}
		im.Out.Tests = append(im.Out.Tests, t)
	}
	for _, c := range o.Channels {
		if c != nil {
			im.Out.Channels = append(im.Out.Channels, im.channel(c))
		}
	}
	for _, l := range o.Loops {
		if l != nil {
			im.Out.Loops = append(im.Out.Loops, im.loop(l))
		}
	}
}

// channel returns a channel of effects. Its place is that of the whole part.
func (im *Lowerer) channel(c *annex.Channel) *model.Channel {
	ours := im.renamer()
	out := &model.Channel{Name: c.Name, Label: c.Label, About: c.About, Higher: c.Higher, Lower: c.Lower,
		Span: im.AnnexAt}
	for _, name := range c.Through {
		out.Through = append(out.Through, ours(name))
	}
	return out
}

// loop returns a feedback loop with a name. Its place is that of the whole part, where its names have
// none of their own.
func (im *Lowerer) loop(l *annex.Loop) *model.NamedLoop {
	ours := im.renamer()
	out := &model.NamedLoop{Name: l.Name, Label: l.Label, About: l.About, Span: im.AnnexAt}
	for _, name := range l.Through {
		out.Through = append(out.Through, ours(name))
	}
	return out
}

// withoutZeroClock removes the step and stop of a test that no run can have: in files of an earlier
// version 0 meant the model's own.
func withoutZeroClock(t *model.Test, start float64) {
	if t.Step != nil && *t.Step == 0 {
		t.Step = nil
	}
	if t.Stop != nil && *t.Stop == 0 && start >= 0 {
		t.Stop = nil
	}
}

// renamer returns the names in a text that variables have now: those of modules have
// their module's name before them, without a dot.
// A function that has nothing to rename returns its argument.
func (im *Lowerer) renamer() func(string) string {
	now := map[string]string{}
	for _, v := range im.Vars {
		if strings.Contains(v.Name, ".") {
			now[im.nameIn(v.Space)+strings.TrimPrefix(v.Name, v.Space.Path)] = v.Ours
		}
	}
	return func(s string) string {
		if len(now) == 0 {
			return s
		}
		var b strings.Builder
		for s != "" {
			inside := func(r rune) bool { return r == '.' || expr.NamePart(r) }
			n := strings.IndexFunc(s, func(r rune) bool { return !inside(r) })
			if n < 0 {
				n = len(s)
			}
			if n == 0 {
				_, n = utf8.DecodeRuneInString(s)
			}
			b.WriteString(cmp.Or(now[s[:n]], s[:n]))
			s = s[n:]
		}
		return b.String()
	}
}

// nameIn returns the names of a space's modules in the model that weir wrote, with a point behind
// each.
func (im *Lowerer) nameIn(sp *source.Space) string {
	if sp.Node == nil {
		return sp.Path
	}
	name := cmp.Or(im.OwnModule(sp.Path).Name, naming.Spoken(sp.Node.Value("name")))
	return im.nameIn(sp.Parent) + name + "."
}

// restore gives a variable back the parts that XMILE has no element for.
// It does nothing to a file of another tool. A distribution and the kind of a decision are taken
// back only by a constant, since someone may have changed the equation in between.
func (im *Lowerer) restore(v *source.Variable) {
	if !im.Weir || len(v.Out) == 0 {
		return
	}
	out, own := v.Out[0], im.Annex.Variables[v.OwnKey()]
	out.Label, out.Source, out.Evidence, out.Owner = own.Label, own.Source, own.Evidence, own.Owner
	out.Beyond, out.Between = cmp.Or(own.Beyond, out.Beyond), cmp.Or(own.Between, out.Between)
	if out.Conveyor != nil && own.Start != nil {
		out.Conveyor.Start = own.Start
	}
	if r := v.Node.Kid("range"); r != nil {
		if f := annex.Floats([]string{r.Value("min"), r.Value("max")}); len(f) == 2 && f[0] <= f[1] {
			out.Range = &[2]float64{f[0], f[1]}
		}
	}
	if d := own.Distribution; d != nil && out.Kind == model.KindConstant {
		out.Dist = &model.Distribution{Name: d.Name, Params: d.Params, Span: out.Span}
	}
	if own.Kind == model.KindDecision && out.Kind == model.KindConstant {
		out.Kind, out.Evidence = model.KindDecision, ""
	}
}

// maxSeries bounds the elements of a data series.
const maxSeries = 1_000_000

// asData makes a data series of a graphical function of time.
// Too many elements, or elements without points, are reported, and the variable is left out.
func (im *Lowerer) asData(v *source.Variable) {
	out := im.makeTable(v)
	data := im.NewVariable(v, v.Ours, model.KindData)
	data.Beyond, data.Between = out.Beyond, out.Between
	data.Series = &model.Series{TimeColumn: "time", ValueColumn: v.Ours}
	if len(v.Over) == 0 {
		data.Series.Points = [][]resolved.Point{out.Points}
	} else if n := source.Product(v.Over); n > maxSeries {
		im.Report(code.TooManyElements, v.Node.Span(im.Sources), "",
			"%s has data for %d elements; at most %d are read", v.Name, n, maxSeries)
		v.Left = true
		return
	} else {
		data.Series.Points = make([][]resolved.Point, source.Product(v.Over))
		for _, e := range v.Elements {
			if e.Gf != nil && slices.Min(e.At) >= 0 {
				data.Series.Points[v.Number(e.At)] = e.Gf.Points
			}
		}
	}
	if slices.ContainsFunc(data.Series.Points, func(p []resolved.Point) bool { return len(p) == 0 }) {
		im.Report(model.BadPoints, v.Node.Span(im.Sources), "", "%s has no points for some elements", v.Name)
		v.Left = true
	}
	v.Out = []*model.Variable{data}
}
