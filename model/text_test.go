package model_test

import (
	"slices"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
)

// An imported equation comes as a tree. What is wrong with it is reported in the file that
// it comes from, and the tree stays as it was: a model is checked more than once.
func TestCheckTakesATreeAsItIs(t *testing.T) {
	const file = "y = SMOOTH(wanted, 3) ~~|" // Vensim's words
	at := equation.Span{Start: 4, End: 21}
	tree := equation.NewTemplate("smooth1($1, $2)").Apply(at, equation.Span{Start: 4, End: 10},
		equation.NewName(equation.Span{Start: 11, End: 17}, "wanted"), equation.NewNumber(equation.Span{Start: 19, End: 20}, 3))
	text, too := document.NewText(tree, diagnostic.Span{File: "y.mdl", Start: at.Start, End: at.End})
	if too != "" || text.Text != "smooth1(wanted, 3)" {
		t.Fatalf("got %q, %s", text.Text, too)
	}
	m := &model.Model{Name: "y", File: "y.mdl", Files: map[string][]byte{"y.mdl": []byte(file)},
		Time: model.TimeSettings{Start: 0, Stop: 10, Step: 1, Save: 1, Method: "euler", Unit: "year"}}
	m.Variables = []*model.Variable{{Name: "y", Kind: model.KindAux, Equation: text, Keys: map[string]diagnostic.Span{}}}
	for range 2 {
		_, list := model.Check(m)
		i := slices.IndexFunc(list, func(d diagnostic.Diagnostic) bool { return d.Code == model.UnknownName })
		if i < 0 {
			t.Fatalf("wanted is not reported: %v", list)
		}
		if got, want := list[i].Span, (diagnostic.Span{File: "y.mdl", Start: 11, End: 17}); got != want {
			t.Errorf("wanted is reported at %v, want %v: %s", got, want, file[11:17])
		}
	}
	if got := equation.Print(tree); got != "smooth1(wanted, 3)" {
		t.Errorf("the tree became %s", got)
	}
}
