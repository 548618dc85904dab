package imported

import (
	"context"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
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
}

// An Unsound error is a written model that does not check: a fault of weir, not of the file.
type Unsound struct {
	List  diagnostic.List
	Files map[string][]byte // by the names in the spans of List
}

// Error returns the sentence for users; List has the mistakes.
func (*Unsound) Error() string { return "the model as TOML is not sound, which is a fault of weir" }

// Convert writes an imported model as files of weir and proves by running both that they
// have the same numbers. The error says why they do not, or is the context's. r is the
// checked form of m. If the written model differs, delays shorter than a step are tried as
// the other tool computes them; m then says so.
func Convert(ctx context.Context, m *model.Model, r *resolved.Model) (*Conversion, error) {
	text, files := model.Write(m)
	numbers, err := prove(ctx, r, text, files)
	if err != nil && !m.Time.ShortDelays { // TOML has to ask for them in words
		m.Time.ShortDelays = true
		text, files = model.Write(m)
		numbers, err = prove(ctx, r, text, files)
	}
	if err != nil {
		return nil, err
	}
	c := &Conversion{Files: files, Numbers: numbers}
	files["model.toml"] = append(head(m), text...)
	files["import.csv"] = record(m)
	c.SetProblem = addSet(files, m.Imported.Set)
	return c, nil
}
