package report

import (
	"fmt"
	"slices"
	"strings"

	"weir/model"
)

// grades are the grades of evidence in words, the best first.
var grades = []struct{ id, words, count string }{
	{"measured", "measured here", "measured"},
	{"study", "from a study elsewhere", "from studies elsewhere"},
	{"expert", "an expert’s judgement", "by an expert’s judgement"},
	{"assumed", "assumed: nobody has measured this", "assumed"},
	{"", "no evidence is given", "without any evidence given"},
}

// evidence lists what the model takes as given: constants, curves and data.
func (b *builder) evidence() table {
	t := table{ID: "evidence", Columns: []column{{Name: "Assumption"}, {"Value", true},
		{"Could be", true}, {Name: "Evidence"}, {Name: "Source"}}}
	for _, v := range b.c.Set.Model.Variables {
		if given(v) {
			t.Rows = append(t.Rows, b.evidenceRow(v))
		}
	}
	t.Label = "All " + decimals(float64(len(t.Rows))) + ", with value, range and source"
	return t
}

func given(v *model.Variable) bool {
	return v.Kind == model.KindConstant || v.Kind == model.KindLookup || v.Kind == model.KindData
}

func (b *builder) evidenceRow(v *model.Variable) row {
	r := row{Cells: []cell{{Text: b.names.of(v.Name), Under: v.About}, b.givenValue(v), b.givenRange(v),
		{Text: gradeOf(v).words, Sort: fmt.Sprint(gradeRank(v))}, {Text: orElse(b.names.source(v.Source), "no source is given")}}}
	if unmeasured(gradeOf(v).id) {
		r.Class = "assumed"
	}
	return r
}

// gradeRank is the position of a variable's grade; recorded data are measured.
func gradeRank(v *model.Variable) int {
	id := v.Evidence
	if v.Kind == model.KindData && id == "" {
		id = "measured"
	}
	for i, g := range grades {
		if g.id == id {
			return i
		}
	}
	return len(grades) - 1
}

func gradeOf(v *model.Variable) struct{ id, words, count string } { return grades[gradeRank(v)] }

func (b *builder) givenValue(v *model.Variable) cell {
	c := b.asGiven(v)
	if v.Fitted {
		c.Under = strings.TrimPrefix(c.Under+", fitted to the record", ", ")
	}
	return c
}

func (b *builder) asGiven(v *model.Variable) cell {
	switch {
	case v.Kind == model.KindLookup:
		return cell{Text: "a curve", Under: b.curveWords(v)}
	case v.Kind == model.KindData:
		return cell{Text: "a record", Under: b.recordWords(v)}
	case len(v.Value) == 1 && len(v.At) == 0:
		q := b.quantityOfName(v.Name, v.Units, abs(v.Value[0]))
		return cell{Text: q.with(v.Value[0]), Sort: sorted(v.Value[0]), How: "exactly " + exact(v.Value[0])}
	}
	return b.arrayValue(v)
}

// arrayValue is the span of the numbers of an array.
func (b *builder) arrayValue(v *model.Variable) cell {
	values := slices.Clone(v.Value)
	for _, a := range v.At {
		if a.Value != nil {
			values = append(values, *a.Value)
		}
	}
	if len(values) == 0 {
		return dash("no number is given")
	}
	low, high := slices.Min(values), slices.Max(values)
	q := b.quantityOfName(v.Name, v.Units, max(abs(low), abs(high)))
	if low == high {
		return cell{Text: q.with(low), Sort: sorted(low)}
	}
	return cell{Text: q.number(low) + " to " + q.with(high), Sort: sorted(low), Under: count(len(values), "number")}
}

func (b *builder) curveWords(v *model.Variable) string {
	n := len(v.Points)
	for _, p := range v.Tables {
		n += len(p)
	}
	return count(n, "point")
}

func (b *builder) recordWords(v *model.Variable) string {
	if v.Series == nil || len(v.Series.Points) == 0 || len(v.Series.Points[0]) == 0 {
		return ""
	}
	p := v.Series.Points[0]
	return b.cal.date(p[0].X) + " to " + b.cal.date(p[len(p)-1].X)
}

func (b *builder) givenRange(v *model.Variable) cell {
	if v.Kind != model.KindConstant {
		return cell{}
	}
	if v.Range == nil {
		return dash("the model gives no range")
	}
	q := b.quantityOfName(v.Name, v.Units, 0)
	return cell{Text: q.number(v.Range[0]) + " to " + q.number(v.Range[1]), Sort: sorted(v.Range[1] - v.Range[0])}
}

// evidenceSum says how much of the model nobody has measured.
func (b *builder) evidenceSum() sentence {
	all, assumed := 0, 0
	for _, s := range b.shares() {
		all += s.Count
		if s.Hatched {
			assumed += s.Count
		}
	}
	if all == 0 {
		return nil
	}
	return say(capital(number(all)) + " numbers, curves and records go into the model. " + capital(number(assumed)) + " of them " +
		verb(assumed, "is", "are") + " assumed: nobody has measured this, and what is hatched is such. An assumption is not a decision: " +
		"changing one would move the line of no new decisions too.")
}

// A shareOf is a part of the bar of evidence grades.
type shareOf struct {
	Words   string
	Count   int
	Hatched bool
}

// shares counts the grades of evidence, the best first.
func (b *builder) shares() []shareOf {
	counts := make([]int, len(grades))
	for _, v := range b.c.Set.Model.Variables {
		if given(v) {
			counts[gradeRank(v)]++
		}
	}
	out := []shareOf{}
	for i, g := range grades {
		if counts[i] > 0 {
			out = append(out, shareOf{g.count, counts[i], unmeasured(g.id)})
		}
	}
	return out
}

// unmeasured reports whether a grade means that nobody has measured.
func unmeasured(grade string) bool { return grade == "assumed" || grade == "" }

// A source is a row of the list of sources.
type source struct{ Title, Where, Note string }

func (b *builder) sources() []source {
	out := []source{}
	for _, s := range b.c.Set.Model.Sources {
		out = append(out, source{s.Title, s.Where, s.Note})
	}
	return out
}
