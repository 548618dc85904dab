package open

import (
	"context"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/format"
	"weir/scenarios/output"
	"weir/scenarios/start"
	"weir/scenarios/words"
)

// Check returns everything that can be said of a model, or of a set with its model: mistakes,
// warnings and notes, also those that its run shows; a summary of the contents of a sound one, which
// begins with a colon; and the texts that were read, by file. The error is the context's.
func Check(ctx context.Context, file *format.File, o model.ImportOptions) (list diagnostic.List, summary string,
	files map[string][]byte, err error) {
	if IsSet(file) {
		set, list := Set(file)
		if set == nil {
			return list, "", nil, nil
		}
		return list, ": " + words.Count(len(set.Scenarios), "scenario") + ", " + words.Count(len(set.Outcomes),
			"outcome"), set.Files, nil
	}
	if what := OfCalibrate(file); what != "" {
		return nil, ": " + what, nil, nil
	}
	m, list := file.Load(o)
	if m == nil {
		return list, "", nil, nil
	}
	r, more := model.Check(m) // also of a broken model: every mistake at once
	list = append(append(list, more...), Tables(m, r != nil, more)...)
	if r != nil && !list.HasErrors() {
		remarks, err := start.Check(ctx, m, r, list)
		if err != nil {
			return nil, "", nil, err
		}
		list = append(list, remarks...)
	}
	list.Sort()
	if r != nil {
		summary = output.ModelSummary(r)
	}
	return list, summary, m.Files, nil
}
