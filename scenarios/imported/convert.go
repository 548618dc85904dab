package imported

import (
	"context"
	"fmt"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/imported/modular"
	"weir/scenarios/words"
	"weir/sim"
)

// A Conversion is another tool's model as files of weir.
type Conversion struct {
	// Files are the texts by name: model.toml, its data, import.csv with the fate of each
	// variable, and scenarios.toml if a set came with the model.
	Files map[string][]byte
	// Numbers is how many numbers of both models were compared, bit for bit.
	Numbers int
	// SetProblem is the reason why a set that came with the model is left out; nil if it
	// fits, or there is none.
	SetProblem error
	// Redrawn says that random draws are others than in a run of the original, since they follow
	// the names of variables and those in modules have other names. Numbers are then those that
	// agree with a run of the original under the new names.
	Redrawn bool
}

// An Unsound error is a written model that does not check: a fault of weir, not of the file.
type Unsound struct {
	List  diagnostic.List
	Files map[string][]byte // by the names in the spans of List
}

// Error returns the sentence for users; List has the mistakes.
func (*Unsound) Error() string { return "the model as TOML is not sound, which is a fault of weir" }

// Agreement returns the sentence that says how far the files agree with the original, a file of
// that name.
func (c *Conversion) Agreement(original string) string {
	out := fmt.Sprintf("model.toml gives the same %s numbers as %s, bit for bit",
		words.Grouped(float64(c.Numbers)), original)
	if c.Redrawn {
		out += ", once variables of modules have their new names, which random draws follow"
	}
	return out + "; import.csv says what became of each variable."
}

// Convert writes an imported model as files of weir and proves by running both that they
// have the same numbers. The error says why they do not, or is the context's. r is the
// checked form of m. Modules of the other file become files of their own, one for each model
// that is used; the rows of m.Imported then say which. If the written model differs, delays
// shorter than a step are tried as the other tool computes them; m then says so.
func Convert(ctx context.Context, m *model.Model, r *resolved.Model) (*Conversion, error) {
	run, err := runOnce(ctx, r)
	if err != nil {
		return nil, err
	}
	w, why := prepare(ctx, m, run, func() *written { return divided(m, run) })
	if w == nil {
		if w, err = prepare(ctx, m, run, func() *written { return flat(m, why) }); err != nil {
			return nil, err
		}
	}
	tellFates(m.Imported, w.fates)
	c := &Conversion{Files: w.files, Numbers: w.numbers, Redrawn: w.redrawn}
	c.Files["model.toml"] = append(head(m), w.text...)
	c.Files["import.csv"] = record(m, w.own)
	c.SetProblem = addSet(c.Files, modular.Rename(m.Imported.Set, w.own))
	return c, nil
}

// Modular returns a model of another tool's file as weir's own form has it: with modules, if the
// file has any that weir can have, and else as it is. Names of the file stay known. The two have
// the same numbers, which is proved as Convert does. r is the checked form of m.
func Modular(ctx context.Context, m *model.Model, r *resolved.Model) (*model.Model, *resolved.Model) {
	if m.Imported == nil || len(m.Imported.Parts) == 0 {
		return m, r
	}
	run, err := runOnce(ctx, r)
	if err != nil {
		return m, r
	}
	w, _ := prepare(ctx, m, run, func() *written { return divided(m, run) })
	if w == nil {
		return m, r
	}
	out, checked, err := reread(w.text, w.files)
	if err != nil {
		return m, r
	}
	known := *m.Imported
	known.Parts, known.Homes, known.Rows = nil, nil, nil
	for _, row := range m.Imported.Rows {
		row.Variable = w.own(row.Variable)
		known.Rows = append(known.Rows, row)
	}
	out.Imported = &known
	return out, checked
}

// A written model is the files that it would have, and how many of their numbers are proved.
type written struct {
	text    []byte
	files   map[string][]byte
	own     func(string) string // the names in the files of the model's variables
	fates   []modular.Fate      // of the modules of the other file
	numbers int
	redrawn bool // see Conversion
}

// prepare returns a model as form writes it, or nil with the reason why it does not hold. The
// reason is nil if form has nothing to write.
func prepare(ctx context.Context, m *model.Model, run *sim.Result, form func() *written) (*written, error) {
	w := form()
	if w == nil {
		return nil, nil
	}
	err := prove(ctx, m, run, w)
	if err == nil {
		return w, nil
	}
	if m.Time.ShortDelays || ctx.Err() != nil {
		return nil, err
	}
	m.Time.ShortDelays = true // TOML has to ask for them in words
	w = form()
	if err = prove(ctx, m, run, w); err == nil {
		return w, nil
	}
	m.Time.ShortDelays = false
	return nil, err
}

// flat returns a model as one file. Why is the reason for which its modules are written out.
func flat(m *model.Model, why error) *written {
	w := &written{own: func(name string) string { return name }}
	w.text, w.files = model.Write(m)
	for range m.Imported.Parts {
		if why != nil {
			w.fates = append(w.fates, modular.Fate{Why: why.Error()})
		}
	}
	return w
}

// divided returns a model as a file for each model that it uses as a module; nil if there is
// none. Inputs have their values at the start of the run in the files of modules.
func divided(m *model.Model, run *sim.Result) *written {
	d := modular.Divide(m, startOf(run))
	if d == nil {
		return nil
	}
	return &written{text: d.Text, files: d.Files, own: d.Own, fates: d.Fates}
}

// startOf returns a function that returns the first values of a variable, row-major; nil for one
// that has no column.
func startOf(run *sim.Result) func(string) []float64 {
	first := map[string][]float64{}
	for _, c := range run.Columns {
		if series := run.Series(c.Name()); len(series) > 0 {
			first[c.Variable] = append(first[c.Variable], series[0])
		}
	}
	return func(name string) []float64 { return first[name] }
}

// tellFates puts into the rows of modules what became of them. Inputs of those that are files
// are as they were: each is bound.
func tellFates(of *model.Import, fates []modular.Fate) {
	if len(fates) == 0 {
		return
	}
	for k := range of.Rows {
		row := &of.Rows[k]
		h, inside := of.Homes[row.Variable]
		if inside && h.Input && fates[h.Part].File != "" && row.Grade == model.Equivalent {
			row.Grade = model.Exact
		}
	}
	for i, f := range fates {
		for k := range of.Rows {
			row := &of.Rows[k]
			switch {
			case row.Span != of.Parts[i].Span || row.Variable != "" || row.Grade == model.Unsupported:
			case f.Why != "":
				row.How = "written out, since " + f.Why
			default:
				row.Grade, row.How = model.Exact, "a module: "+f.File
			}
		}
	}
}
