package imported

import (
	"context"
	"fmt"
	"math"
	"testing/fstest"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/sim"
)

// prove runs a model and the text that was written of it, and returns how many numbers were
// compared. The error names the first number that differs.
func prove(ctx context.Context, original *resolved.Model, text []byte, data map[string][]byte) (int, error) {
	m, copied, err := reread(text, data)
	if err != nil {
		return 0, err
	}
	a, err := runOnce(ctx, original)
	if err != nil {
		return 0, err
	}
	b, err := runOnce(ctx, copied)
	if err != nil {
		return 0, err
	}
	return compare(a, b, dataOf(m))
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

// compare asks for the same bits of every column of a in b, NaN for NaN. Data that no
// equation reads are a column of another tool's model only: TOML has none for them.
func compare(a, b *sim.Result, data map[string]bool) (int, error) {
	if len(a.Time) != len(b.Time) {
		return 0, fmt.Errorf("the model as TOML has %d rows and the original %d", len(b.Time), len(a.Time))
	}
	n := 0
	for _, column := range a.Columns {
		own, other := a.Series(column.Name()), b.Series(column.Name())
		if other == nil && data[column.Variable] {
			continue
		}
		if other == nil {
			return 0, fmt.Errorf("the model as TOML has no %s", column.Name())
		}
		for row, x := range own {
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
