package report

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/csv"
	"path"
	"slices"
	"strconv"
	"strings"

	"weir/scenarios"
)

// A download is a file that the page carries, compressed.
type download struct {
	Name  string `json:"name"`
	About string `json:"-"`
	Size  string `json:"-"`
	Type  string `json:"type"`
	Data  string `json:"data"` // gzip, base64
}

// downloads are the set, the model and every file it read, and all runs.
func (b *builder) downloads() ([]download, error) {
	set := b.c.Set
	out := []download{}
	add := func(name, about, kind string, text []byte) error {
		d, err := pack(name, about, kind, text)
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
		for _, m := range set.Model.Modules {
			if m.File == name {
				as, about = path.Base(path.Dir(name))+"-"+path.Base(name), "a part of the model: "+orElse(m.Label, m.Name)
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

// pack compresses a file for the page.
func pack(name, about, kind string, text []byte) (download, error) {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return download{}, err
	}
	if _, err := z.Write(text); err != nil {
		return download{}, err
	}
	if err := z.Close(); err != nil {
		return download{}, err
	}
	return download{Name: baseName(name), About: about, Size: sizeWords(len(text)), Type: kind,
		Data: base64.StdEncoding.EncodeToString(packed.Bytes())}, nil
}

func sizeWords(n int) string {
	if n < 1000 {
		return count(n, "byte")
	}
	return quantity{finest: 1}.number(float64(n)/1000) + " kB"
}

// baseName is a name that every file system takes: the last part of a path, without
// anything but letters, digits, dots, dashes and underscores.
func baseName(name string) string {
	clean := strings.Map(func(r rune) rune {
		if r < 128 && (r == '.' || r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			return r
		}
		return '-'
	}, path.Base(strings.ReplaceAll(name, "\\", "/")))
	return orElse(strings.Trim(clean, "-."), "file")
}

// fileName makes a file name of a title.
func fileName(title string) string {
	name := strings.ToLower(baseName(strings.ReplaceAll(title, "/", "-")))
	for strings.Contains(name, "--") {
		name = strings.ReplaceAll(name, "--", "-")
	}
	return clip(name, 60)
}

// allRuns is a table of every drawn variable in every run, one row a run and time.
func (b *builder) allRuns() (text []byte, about string, err error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	header := []string{"run", "time"}
	for _, p := range b.c.Panels {
		header = append(header, p.Variable)
	}
	if err := w.Write(header); err != nil {
		return nil, "", err
	}
	for i, r := range b.runs() {
		for t := range b.c.Panels[0].Time {
			line := []string{r.Label, full(b.c.Panels[0].Time[t])}
			for _, p := range b.c.Panels {
				line = append(line, full(at(series(p, i), t)))
			}
			if err := w.Write(line); err != nil {
				return nil, "", err
			}
		}
	}
	w.Flush()
	return out.Bytes(), "every chart’s numbers in every run, to nine figures", w.Error()
}

// series is a panel's line of run i, the baseline being 0.
func series(p scenarios.Panel, i int) []float64 {
	if i == 0 {
		return p.Baseline
	}
	return p.Runs[i-1]
}

func full(v float64) string { return strconv.FormatFloat(v, 'g', 9, 64) }

func at(values []float64, i int) float64 { return values[i] }
