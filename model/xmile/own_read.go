package xmile

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
)

func plain(diagnostic.Span) diagnostic.Span { return diagnostic.Span{} }

// decodeOwn reads the instruction that own wrote, in a file that is weir's.
func (im *importer) decodeOwn(root *node) {
	n := root.kid("?" + ownTarget)
	if n == nil || !im.weir {
		return
	}
	im.ownAt = n.span(im.file)
	_, text, _ := strings.Cut(n.text().s, "\n") // behind the namespace
	if err := json.Unmarshal([]byte(text), &im.own); err != nil {
		im.own = ownModel{}
		im.warn(Repaired, im.ownAt, "", "what weir wrote here cannot be read: %v", err)
	}
}

// finishOwn takes over what belongs to no variable.
func (im *lowerer) finishOwn() {
	o, at := im.own, im.ownAt
	im.m.Today = o.Today
	ours := im.renamer()
	im.m.Imported.Set = ours(o.Set)
	for _, s := range o.Sources {
		if s != nil {
			s.Span = at
			im.m.Sources = append(im.m.Sources, s)
		}
	}
	for _, t := range o.Tests {
		if t == nil {
			continue
		}
		t.Span = at
		for i := range t.Expect {
			w := words(ours(t.Expect[i].Text), at.Start)
			t.Expect[i] = w.text(at)
		}
		for i := range t.Change {
			t.Change[i].Span, t.Change[i].Variable = at, ours(t.Change[i].Variable)
		}
		for i := range t.Conserve {
			t.Conserve[i] = ours(t.Conserve[i])
		}
		set := map[string]float64{}
		for name, x := range t.Set {
			set[ours(name)] = x
		}
		t.Set = set
		im.m.Tests = append(im.m.Tests, t)
	}
}

// renamer gives the names in a text that variables have now: those of modules have
// their module's name before them, without a dot.
func (im *lowerer) renamer() func(string) string {
	now := map[string]string{}
	for _, v := range im.vars {
		if strings.Contains(v.name, ".") {
			now[v.name] = v.ours
		}
	}
	return func(s string) string {
		if len(now) == 0 {
			return s
		}
		var b strings.Builder
		for s != "" {
			inside := func(r rune) bool { return r == '.' || namePart(r) }
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

// restore gives a variable back what XMILE had no word for.
func (im *lowerer) restore(v *variable) {
	if !im.weir || len(v.out) == 0 {
		return
	}
	out, own := v.out[0], im.own.Variables[v.n.value("name")]
	out.Label, out.Source, out.Evidence, out.Owner = own.Label, own.Source, own.Evidence, own.Owner
	out.Beyond, out.Between = cmp.Or(own.Beyond, out.Beyond), cmp.Or(own.Between, out.Between)
	if out.Conveyor != nil && own.Start != nil {
		out.Conveyor.Start = own.Start
	}
	if r := v.n.kid("range"); r != nil {
		if f := floats([]string{r.value("min"), r.value("max")}); len(f) == 2 && f[0] <= f[1] {
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

// isData reports whether a graphical function of time was a data series.
func (im *importer) isData(v *variable) bool {
	return v.hasGraph() && im.own.Variables[v.n.value("name")].Kind == model.KindData
}

// asData makes a data series of a graphical function of time.
func (im *lowerer) asData(v *variable) {
	out := im.makeTable(v)
	data := im.newVariable(v, v.ours, model.KindData)
	data.Beyond, data.Between = out.Beyond, out.Between
	data.Series = &model.Series{TimeColumn: "time", ValueColumn: v.ours}
	if len(v.over) == 0 {
		data.Series.Points = [][]resolved.Point{out.Points}
	} else {
		data.Series.Points = make([][]resolved.Point, product(v.over))
		for _, e := range v.elements {
			if e.gf != nil {
				data.Series.Points[v.number(e.at)] = e.gf.points
			}
		}
	}
	if slices.ContainsFunc(data.Series.Points, func(p []resolved.Point) bool { return len(p) == 0 }) {
		im.report(model.BadPoints, v.n.span(im.file), "", "%s has no points for some elements", v.name)
		v.left = true
	}
	v.out = []*model.Variable{data}
}

// number is the place of an element in the order in which arrays are stored.
func (v *variable) number(at []int) int {
	n := 0
	for i, k := range at {
		n = n*len(v.over[i].elements) + k
	}
	return n
}

func floats(words []string) []float64 {
	var out []float64
	for _, w := range words {
		if x, err := strconv.ParseFloat(w, 64); err == nil && x-x == 0 {
			out = append(out, x)
		}
	}
	return out
}
