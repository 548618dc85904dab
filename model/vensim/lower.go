package vensim

import (
	"fmt"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// A lowering writes one equation, for all of its elements or for some, in weir's
// language.
type lowering struct {
	*importer
	v       *variable
	eq      *syntax.Equation
	place   map[string]int    // ranges on the left that the text runs over, with their places
	fixed   map[string]string // ranges that stand for one element here
	starred map[string]bool   // ranges that a vector function runs over
	w       writer
	failed  bool
}

// fail reports what cannot be carried over. A model with parts left out goes on if the
// user wants it to.
func (l *lowering) fail(at syntax.Span, hint, format string, args ...any) {
	l.failWith(model.NotSupported, at, hint, format, args...)
}

func (l *lowering) failWith(code diagnostic.Code, at syntax.Span, hint, format string, args ...any) {
	if l.failed {
		return
	}
	l.failed = true
	message := fmt.Sprintf(format, args...)
	l.v.note(model.Unsupported, message)
	l.ErrorAt(code, at, hint, "%s: %s", l.v.name, message)
	if l.o.AllowPartial && code == model.NotSupported {
		l.List[len(l.List)-1].Severity = diagnostic.Warning
	} else {
		l.v.broken = true
	}
}

// lowerAll writes every variable, in the order of the file.
func (im *importer) lowerAll() {
	for _, v := range im.order {
		im.prepareFlows(v)
	}
	for i := 0; i < len(im.order); i++ {
		v := im.order[i]
		if v.ours == "" {
			continue
		}
		im.lowerVariable(v)
		if v.out != nil {
			for _, w := range append([]*model.Variable{v.out}, im.extra...) {
				w.Group = v.group
				im.m.Variables = append(im.m.Variables, w)
			}
			im.extra = nil
		}
		im.Row(v.name, v.ours, v.grade, strings.Join(v.how, "; "), v.at())
	}
}

// lowerVariable makes the model's variable.
func (im *importer) lowerVariable(v *variable) {
	v.out = &model.Variable{Name: v.ours, Kind: v.kind, Span: im.Place(v.at()), Keys: map[string]diagnostic.Span{}, Broken: v.broken}
	if v.name != v.ours {
		v.out.Label = v.name
	}
	v.out.Units = im.weirUnit(im.unitText(v))
	for _, eq := range v.equations {
		if v.out.About == "" && !v.derived {
			v.out.About = eq.Comment
		}
	}
	for _, d := range v.over {
		v.out.Over = append(v.out.Over, d.ours)
	}
	if v.broken {
		return
	}
	switch v.kind {
	case model.KindConstant, model.KindDecision:
		im.lowerConstant(v)
	case model.KindLookup:
		im.lowerLookup(v)
	case model.KindData:
		im.lowerData(v)
	case model.KindStock:
		im.lowerStock(v)
	default:
		im.lowerAux(v)
	}
	v.out.Broken = v.broken
}

// lowerAux writes an auxiliary or flow.
func (im *importer) lowerAux(v *variable) {
	if im.lowerWithLookup(v) {
		return
	}
	if v.flow {
		v.out.Kind = model.KindFlow
	}
	v.out.Equation, v.out.At = im.texts(v, func(eq *syntax.Equation) syntax.Expr { return im.valueOf(eq) })
}

// valueOf is the expression of an equation that gives values.
func (im *importer) valueOf(eq *syntax.Equation) syntax.Expr { return eq.Expr }

// texts writes one expression of each of a variable's equations: the text for all
// elements, and those for some.
func (im *importer) texts(v *variable, of func(*syntax.Equation) syntax.Expr) (model.Text, []model.ElementText) {
	var whole model.Text
	var at []model.ElementText
	covered := 0
	for i, eq := range v.equations {
		e := of(eq)
		if c, ok := e.(*syntax.Call); eq.Kind == syntax.EqNumbers || ok && sheet.Reads(c.Key, "constants") {
			list := im.numberTexts(v, i, eq)
			at = append(at, list...)
			covered += len(list)
			continue
		}
		if e == nil {
			continue
		}
		for _, b := range im.coverage(v, i, false) {
			l := im.newLowering(v, eq)
			for _, p := range l.pieces(e, b) {
				text := l.write(e, p)
				covered += p.size()
				key := p.key(v)
				if key == "" {
					whole = text
					continue
				}
				at = append(at, model.ElementText{Key: key, KeySpan: im.Place(eq.NameSpan), Text: text})
			}
		}
	}
	if whole.Text == "" && len(at) > 0 && covered < v.size() {
		whole = model.Text{Text: "na", Span: im.Place(v.at()), Map: []int{v.at().Start, v.at().Start}}
		v.note(model.Equivalent, "elements without an equation are :NA:")
	}
	return whole, at
}

// numberTexts are the numbers of an equation as texts, one an element.
func (im *importer) numberTexts(v *variable, i int, eq *syntax.Equation) []model.ElementText {
	values := map[int]float64{}
	im.numbersOf(v, i, eq, func(element int, x float64) { values[element] = x })
	var out []model.ElementText
	for _, b := range im.coverage(v, i, true) {
		im.eachElement(v, b, func(keys []string, element int) {
			at := eq.NameSpan
			w := writer{}
			w.put(numberText(values[element]), at)
			out = append(out, model.ElementText{Key: v.elementKey(im, keys), KeySpan: im.Place(at), Text: w.text(im, at)})
		})
	}
	return out
}

// numberText returns a number in weir's language.
func numberText(x float64) string {
	if x == syntax.NotAvailable {
		return "na"
	}
	return plain(x)
}

// size is the number of elements of a variable, up to one more than maxSize.
func (v *variable) size() int {
	n := 1
	for _, d := range v.over {
		n = min(n*len(d.elements), subscript.MaxSize+1)
	}
	return n
}

func (im *importer) newLowering(v *variable, eq *syntax.Equation) *lowering {
	return &lowering{importer: im, v: v, eq: eq, place: map[string]int{}, fixed: map[string]string{}, starred: map[string]bool{}}
}

// A piece is the elements that one text is for: at each place all of those of a range,
// or a single one.
type piece struct {
	words  []string // "*", an element or a range, as in the keys of a model
	fixed  []string // the element at this place, or ""
	counts []int
}

func (p piece) size() int {
	n := 1
	for _, c := range p.counts {
		n = min(n*c, subscript.MaxSize+1)
	}
	return n
}

// key is the piece as a key of the model, "" for everything.
func (p piece) key(v *variable) string {
	if slices.IndexFunc(p.words, func(w string) bool { return w != "*" }) < 0 {
		return ""
	}
	return strings.Join(p.words, ", ")
}

// pieces cuts a box of elements into those that one text can say. Places that the
// expression names by a range that maps there are written out.
func (l *lowering) pieces(e syntax.Expr, box [][]string) []piece {
	out := []piece{{}}
	for i, elements := range box {
		d := l.v.over[i]
		s := l.eq.Subs[i]
		r := l.Ranges[s.Key]
		word := ""
		switch {
		case r == nil || l.mustExpand(e, i):
		case len(elements) == len(d.elements):
			word = "*"
		case len(elements) == len(r.Elements):
			word = r.Ours
		default:
			word = l.RangeWith(elements, r.Family)
		}
		if word != "" {
			for k := range out {
				out[k] = out[k].with(word, "", len(elements))
			}
			continue
		}
		var next []piece
		for _, p := range out {
			for _, el := range elements {
				w := l.Elements[el].Ours
				if len(d.elements) == 1 {
					w = "*"
				}
				next = append(next, p.with(w, el, 1))
			}
			if len(next) > subscript.MaxElements*10 {
				l.fail(l.eq.NameSpan, "", "it would be written out for more than %d elements", subscript.MaxElements*10)
				return nil
			}
		}
		out = next
	}
	return out
}

func (p piece) with(word, fixed string, count int) piece {
	return piece{append(slices.Clone(p.words), word), append(slices.Clone(p.fixed), fixed), append(slices.Clone(p.counts), count)}
}

// mustExpand reports whether an expression names a place of the left side by another
// range, which maps to it.
func (l *lowering) mustExpand(e syntax.Expr, place int) bool {
	left := l.eq.Subs[place].Key
	found := false
	mentions(e, func(s syntax.Sub) {
		if found || s.Bang || l.Ranges[s.Key] == nil || s.Key == left || l.onLeft(s.Key) {
			return
		}
		found = l.mappedPlace(s) == place
	})
	return found
}

// mentions calls f for every subscript in an expression, and for names that may be
// ranges used as numbers.
func mentions(e syntax.Expr, f func(syntax.Sub)) {
	syntax.Walk(e, func(e syntax.Expr) bool {
		switch e := e.(type) {
		case *syntax.Ref:
			if len(e.Subs) == 0 {
				f(syntax.Sub{Span: e.Span, Name: e.Name, Key: e.Key, Bang: false})
			}
			for _, s := range e.Subs {
				f(s)
			}
		case *syntax.Call:
			for _, s := range e.Subs {
				f(s)
			}
		}
		return true
	})
}

func (l *lowering) onLeft(key string) bool {
	return slices.ContainsFunc(l.eq.Subs, func(s syntax.Sub) bool { return s.Key == key })
}

// mappedPlace is the place on the left that a range maps to, or -1.
func (l *lowering) mappedPlace(s syntax.Sub) int {
	r := l.Ranges[s.Key]
	for i, left := range l.eq.Subs {
		on := l.Ranges[left.Key]
		if on == nil {
			if len(l.v.boxes) > 0 && l.Elements[left.Key] != nil { // an element on the left
				if l.Partner(r, &subscript.Range{Family: l.Elements[left.Key].Family, Elements: []string{left.Key}, Equation: r.Equation}, left.Key) != "" {
					return i
				}
			}
			continue
		}
		if len(on.Elements) > 0 && l.Partner(r, on, on.Elements[0]) != "" {
			return i
		}
	}
	return -1
}

// write writes an expression for a piece.
func (l *lowering) write(e syntax.Expr, p piece) model.Text {
	l.w = writer{}
	clear(l.place)
	clear(l.fixed)
	for i, s := range l.eq.Subs {
		switch {
		case l.Ranges[s.Key] == nil:
		case p.fixed[i] != "":
			l.fixed[s.Key] = p.fixed[i]
		default:
			l.place[s.Key] = i
		}
	}
	l.mapped(e, p)
	l.expr(e, ofIf)
	if l.w.b.Len() > maxText {
		l.fail(l.eq.NameSpan, "name parts of it as variables", "written in weir's language, its equation has more than %d characters", maxText)
	}
	if l.failed {
		return model.Text{Text: "na", Span: l.importer.Place(l.eq.Equation), Map: []int{l.eq.NameSpan.Start, l.eq.NameSpan.Start}}
	}
	return l.w.text(l.importer, e.Pos())
}

// mapped finds the elements that ranges stand for which map to the left side.
func (l *lowering) mapped(e syntax.Expr, p piece) {
	mentions(e, func(s syntax.Sub) {
		r := l.Ranges[s.Key]
		if s.Bang || r == nil || l.onLeft(s.Key) || l.fixed[s.Key] != "" {
			return
		}
		i := l.mappedPlace(s)
		if i < 0 {
			return
		}
		left := l.Ranges[l.eq.Subs[i].Key]
		if left == nil {
			left = &subscript.Range{Family: l.Elements[p.fixed[i]].Family, Elements: []string{p.fixed[i]}, Equation: r.Equation}
		}
		if at := l.Partner(r, left, p.fixed[i]); at != "" {
			l.fixed[s.Key] = at
			return
		}
		l.failWith(model.SubscriptMismatch, s.Span, "", "no element of %s maps to %s", r.Name, l.Elements[p.fixed[i]].Name)
	})
}
