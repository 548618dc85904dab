package imported

import (
	"context"
	"fmt"
	"math"
	"testing/fstest"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/imported/modular"
	"weir/sim"
)

// prove runs the files that were written of a model against its own run, and notes how many
// numbers agree. The error names the first one that differs. Draws follow the names of
// variables: where names changed, a run of the model under the new names counts, too.
func prove(ctx context.Context, m *model.Model, run *sim.Result, w *written) (err error) {
	if w.numbers, err = proveRun(ctx, run, w); err == nil || w.fates == nil || ctx.Err() != nil {
		return err
	}
	renamed := modular.Renamed(m, w.own)
	r, _ := model.Check(renamed)
	if r == nil {
		return err
	}
	again, failed := runOnce(ctx, r)
	if failed != nil {
		return err
	}
	same := *w
	same.own = func(name string) string { return name }
	if renamed.Variable("") != nil { // a binding's expression has no name to draw by
		return err
	}
	numbers, failed := proveRun(ctx, again, &same)
	if failed != nil {
		return err
	}
	w.numbers, w.redrawn = numbers, true
	return nil
}

// proveRun runs the files that were written of a model, and returns how many numbers were
// compared with the model's own run. The error names the first number that differs.
func proveRun(ctx context.Context, run *sim.Result, w *written) (int, error) {
	m, copied, err := reread(w.text, w.files)
	if err != nil {
		return 0, err
	}
	b, err := runOnce(ctx, copied)
	if err != nil {
		return 0, err
	}
	return compare(run, b, dataOf(m), w.own)
}

// reread checks the written model as weir would read it from a folder.
func reread(text []byte, data map[string][]byte) (*model.Model, *resolved.Model, error) {
	m, list := model.Parse("model.toml", text, folder(data))
	if m == nil {
		return nil, nil, &Unsound{List: list}
	}
	m.AllData = true
	r, more := model.Check(m)
	list = append(list, model.UnitsAsWarnings(more)...)
	if list.HasErrors() {
		return nil, nil, &Unsound{List: list, Files: m.Files}
	}
	return m, r, nil
}

// folder holds files in memory.
func folder(files map[string][]byte) fstest.MapFS {
	out := fstest.MapFS{}
	for name, content := range files {
		out[name] = &fstest.MapFile{Data: content}
	}
	return out
}

// dataOf returns the data variables of a model. Those that equations read have a column.
func dataOf(m *model.Model) map[string]bool {
	out := map[string]bool{}
	for _, v := range m.Variables {
		out[v.Name] = v.Kind == model.KindData
	}
	return out
}

// runOnce runs a model with its own settings.
func runOnce(ctx context.Context, r *resolved.Model) (*sim.Result, error) {
	p, err := sim.Compile(r)
	if err != nil {
		return nil, err
	}
	return p.Run(ctx, sim.Settings{})
}

// compare asks for the same bits of every column of a in b, NaN for NaN, where own returns the
// names that variables of a have in b. Data that no equation reads are a column of another
// tool's model only: TOML has none for them.
func compare(a, b *sim.Result, data map[string]bool, own func(string) string) (int, error) {
	if len(a.Time) != len(b.Time) {
		return 0, fmt.Errorf("the model as TOML has %d rows and the original %d", len(b.Time), len(a.Time))
	}
	n := 0
	for _, column := range a.Columns {
		was := column.Name()
		if column.Variable = own(column.Variable); column.Variable == "" {
			continue // it is the expression of a binding now
		}
		values, other := a.Series(was), b.Series(column.Name())
		if other == nil && data[column.Variable] {
			continue
		}
		if other == nil {
			return 0, fmt.Errorf("the model as TOML has no %s", column.Name())
		}
		for row, x := range values {
			if !sameBits(x, other[row]) {
				return 0, fmt.Errorf("%s is %v at %v in the original and %v in the model as TOML",
					column.Name(), x, a.Time[row], other[row])
			}
			n++
		}
	}
	return n, nil
}

// sameBits reports whether two numbers are the same; all NaNs are.
func sameBits(x, y float64) bool {
	return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y
}

// errorsOf returns the messages of a list that stop a run.
func errorsOf(list diagnostic.List) []string {
	var out []string
	for _, d := range list {
		if d.Severity == diagnostic.Error {
			out = append(out, d.Message)
		}
	}
	return out
}
