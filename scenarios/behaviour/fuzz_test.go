package behaviour

import (
	"context"
	"os"
	"testing"

	"weir/model"
)

// FuzzExpectation: no text of an expectation makes weir panic, and whatever Check
// and model.Check accept can be run.
func FuzzExpectation(f *testing.F) {
	for _, row := range expectations {
		f.Add(row.expect)
	}
	for _, fn := range Functions {
		f.Add(fn.Example)
	}
	for _, text := range []string{
		"(base(water) + 1) * 2 > (water) * 1", "-(water - base(water)) ^ 2 <= 0", "((water)) = (base((water)))",
		"sum(base(water) * (water + 1)) > 0", "min(base(water), 3) < 4", "power(base(total), 2) > 1",
		"base(base(water)) > at(base(water), at(time, 1))", "mape(base(water), record) >= 0", "safediv(base(total), 0) = 0",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, list := model.Parse("drain.toml", []byte(drain), os.DirFS("testdata"))
		if list.HasErrors() {
			t.Fatal(list)
		}
		m.Files["expect"] = []byte(text)
		at := model.Text{Text: text}
		at.Span.File, at.Span.End = "expect", len(text)
		m.Tests = []*model.Test{{TestRun: model.TestRun{Name: "x"}, Expect: []model.Text{at}, Conserve: []string{"water"}}}
		if refusals := refused(m); len(refusals) > 0 {
			return
		}
		found, err := Run(context.Background(), m, nil, nil)
		if err != nil || len(found) != 1 {
			t.Fatalf("%q: %v, %v", text, found, err)
		}
		if message := found[0].Claims[0].Message; message == "" {
			t.Fatalf("%q: nothing is said", text)
		}
	})
}
