package report

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"path"
	"slices"
	"strconv"
	"strings"

	"weir/scenarios/internal/pack"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/reading"
	"weir/scenarios/report/internal/wire"
	"weir/scenarios/words"
)

// downloads returns the set, the model with every file it read, and all runs. With these files a
// reader can run the report again without asking anybody. The files are in the order of their
// names.
func (b *maker) downloads() ([]wire.Download, error) {
	set := b.C.Set
	out := []wire.Download{}
	add := func(name, about, kind string, text []byte) error {
		d, err := newDownload(name, about, kind, text)
		out = append(out, d)
		return err
	}
	if err := add(set.File, "the scenario set", "text/plain", set.Text); err != nil {
		return nil, err
	}
	names := []string{}
	for name := range set.Model.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		as, about := name, "data that the model read"
		if name == set.Model.File {
			about = "the model"
		}
		// Files of modules in several folders may share a name, so the folder is put before it.
		for _, m := range set.Model.Modules {
			if m.File == name {
				as, about = path.Base(path.Dir(name))+"-"+path.Base(name),
					"a part of the model: "+cmp.Or(m.Label, m.Name)
			}
		}
		if err := add(as, about, "text/plain", set.Model.Files[name]); err != nil {
			return nil, err
		}
	}
	text, about, err := b.allRuns()
	if err != nil {
		return nil, err
	}
	return out, add("all-runs.csv", about, "text/csv", text)
}

// newDownload returns a file, compressed for the page. The folder is cut off its name: a page must
// not tell where the files were on somebody's disk.
func newDownload(name, about, kind string, text []byte) (wire.Download, error) {
	data, err := pack.Base64(text)
	return wire.Download{Name: prose.BaseName(name), About: about, Size: sizeWords(len(text)), Type: kind,
		Data: data}, err
}

// sizeWords returns a size in words. For example "812 bytes" or "31 kB", in thousands of bytes,
// before compression.
func sizeWords(n int) string {
	if n < 1000 {
		return words.Count(n, "byte")
	}
	return prose.Quantity{Finest: 1}.Number(float64(n)/1000) + " kB"
}

// allRuns returns a table of every drawn variable in every run: one row per run and time. about is
// the description of the file. The comparison must have at least one panel.
func (b *maker) allRuns() (text []byte, about string, err error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	header := []string{"run", "time"}
	for _, p := range b.C.Panels {
		header = append(header, inSpreadsheet(p.Variable))
	}
	if err := w.Write(header); err != nil {
		return nil, "", err
	}
	for i, r := range b.Runs() {
		for t := range b.C.Panels[0].Time {
			line := []string{inSpreadsheet(r.Label), full(b.C.Panels[0].Time[t])}
			for _, p := range b.C.Panels {
				line = append(line, full(at(reading.Series(p, i), t)))
			}
			if err := w.Write(line); err != nil {
				return nil, "", err
			}
		}
	}
	w.Flush()
	return out.Bytes(), "every chart’s numbers in every run, to nine figures", w.Error()
}

// inSpreadsheet returns a name for a cell of a file. A name that a spreadsheet would take
// for a formula has an apostrophe before it.
func inSpreadsheet(name string) string {
	if name != "" && strings.ContainsRune("=+-@\t\r", rune(name[0])) {
		return "'" + name
	}
	return name
}

// full returns a number to nine figures.
func full(v float64) string { return strconv.FormatFloat(v, 'g', 9, 64) }

// at returns the value at row i, and panics if a run has fewer rows.
func at(values []float64, i int) float64 { return values[i] }
