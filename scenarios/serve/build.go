package serve

import (
	"bytes"
	"context"
	"errors"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/format"
	"weir/scenarios"
	"weir/scenarios/reasons"
	"weir/scenarios/report"
	"weir/scenarios/sensitivity"
)

// A Loader reads a set, or a model as a set without scenarios, and returns all its mistakes
// with the texts of all files by name. The set is nil if the mistakes are errors.
type Loader func() (set *scenarios.Set, list diagnostic.List, files map[string][]byte)

// LoadModel is a Loader of a model alone: its page has its stocks, and sliders for what can be
// moved.
func LoadModel(file string) (*scenarios.Set, diagnostic.List, map[string][]byte) {
	m, list := format.Open(file).Load(model.ImportOptions{})
	if m == nil {
		return nil, list, nil
	}
	r, more := model.Check(m)
	list = append(append(list, model.UnitsAsWarnings(more)...), model.FixedEnd(m)...)
	if r == nil || list.HasErrors() {
		return nil, list, m.Files
	}
	return sensitivity.OfModel(m, r), list, m.Files
}

// Pages returns the maker of the page of a comparison; file is where it begins, version that of
// weir.
func Pages(file, version string, load Loader) Maker {
	return func(ctx context.Context) Made {
		set, list, files := load()
		made := Made{Files: []string{file}}
		for name := range files {
			made.Files = append(made.Files, name)
		}
		var text bytes.Buffer
		diagnostic.Render(&text, list, files)
		made.Mistakes = text.String()
		if set == nil || list.HasErrors() {
			return made
		}
		page, err := build(ctx, set, version)
		if err != nil && !errors.Is(err, context.Canceled) {
			made.Mistakes += err.Error() + "\n"
		}
		made.Page = page
		return made
	}
}

// build returns the page. It is nil if none can be made; a page that lacks its reasons comes with an
// error, too.
func build(ctx context.Context, set *scenarios.Set, version string) ([]byte, error) {
	c, unexplained, err := reasons.Compare(ctx, set, "html", scenarios.Options{Version: version})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := report.Write(&out, c); err != nil {
		return nil, err
	}
	return out.Bytes(), unexplained
}
