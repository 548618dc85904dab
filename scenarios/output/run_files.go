package output

import (
	"bufio"
	"encoding/json"
	"io"
	"math"
	"strconv"
	"strings"

	"weir/scenarios/health"
	"weir/scenarios/imported"
)

// writeCSV writes a column for the time, then one per variable or element, named x or x[a,b]; those
// of another tool's model have the names of its file. Numbers have the digits that read back to the
// same bits. An infinity or a NaN is written as +Inf, -Inf or NaN.
func (r *Run) writeCSV(w io.Writer) error {
	names := imported.ColumnNames(r.Model)
	b := bufio.NewWriterSize(w, 1<<16)
	b.WriteString("time")
	for _, c := range r.columns() {
		b.WriteByte(',')
		b.WriteString(csvField(names(c)))
	}
	b.WriteByte('\n')
	var buf []byte
	places := r.places()
	for i, t := range r.Result.Time {
		buf = strconv.AppendFloat(buf[:0], t, 'g', -1, 64)
		row := r.Result.Row(i)
		for _, at := range places {
			buf = append(buf, ',')
			buf = strconv.AppendFloat(buf, row[at], 'g', -1, 64)
		}
		buf = append(buf, '\n')
		if _, err := b.Write(buf); err != nil {
			return err
		}
	}
	return b.Flush()
}

// csvField returns the name of a column as a field of CSV (RFC 4180). A name that a spreadsheet
// would take for a formula gets an apostrophe in front; a number stays one, also below 0. For
// example, csvField("=a,b") is "\"'=a,b\"".
func csvField(s string) string {
	if s != "" && strings.ContainsAny(s[:1], "=+-@\t\r") {
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			s = "'" + s
		}
	}
	if strings.ContainsAny(s, ",\"\n\r") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// A limitJSON is a sim.LimitUse in JSON. First is the time at which the stock first held a flow
// back, and Amount the whole that did not flow. The fields have the order of sim.LimitUse, from
// which they are converted.
type limitJSON struct {
	Stock  string  `json:"stock"`
	Flow   string  `json:"flow"`
	First  float64 `json:"first"`
	Steps  int     `json:"steps"`
	Amount float64 `json:"amount"`
}

// A lookupJSON is a sim.LookupUse in JSON; an infinite input is null. Low and High are the inputs
// that were reached, From and To the ends of the table.
type lookupJSON struct {
	Table string   `json:"table"`
	Data  bool     `json:"data"`
	First float64  `json:"first"`
	Steps int      `json:"steps"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
	From  float64  `json:"from"`
	To    float64  `json:"to"`
}

// finite returns x, or nil for NaN and infinities, which JSON has no number for.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// A seriesJSON is a variable of a run.
type seriesJSON struct {
	Name   string     `json:"name"`
	Label  string     `json:"label,omitempty"`
	Unit   string     `json:"unit,omitempty"`
	Values []*float64 `json:"values"`
}

// A runFile is what weir run writes as JSON.
type runFile struct {
	Model     string       `json:"model"`
	Hash      string       `json:"hash"`
	Version   string       `json:"weir"`
	Method    string       `json:"method"`
	Step      float64      `json:"step"`
	Seed      uint64       `json:"seed"`
	TimeUnit  string       `json:"time_unit"`
	Complete  bool         `json:"complete"`
	HalfStep  *float64     `json:"half_step_relative_change,omitempty"`
	Trust     string       `json:"trust,omitempty"` // sound, doubtful or unstable
	Limits    []limitJSON  `json:"limits"`
	Lookups   []lookupJSON `json:"lookups_outside"`
	Affected  []string     `json:"not_those_of_the_original,omitempty"`
	NonFinite string       `json:"non_finite,omitempty"`
	Time      []float64    `json:"time"`
	Series    []seriesJSON `json:"series"`
}

// writeJSON writes the run as one object; a NaN or infinity is null, and
// non_finite has the origin of the first one.
func (r *Run) writeJSON(w io.Writer) error {
	out := runFile{Model: r.Model.Name, Hash: r.Model.Hash, Version: r.Version, Method: r.Result.Method,
		Step: r.Result.Step, Seed: r.Settings.Seed,
		TimeUnit: r.Model.Time.Unit, Complete: r.Result.Complete, Limits: []limitJSON{}, Lookups: []lookupJSON{}, Affected: r.Affected, Time: r.Result.Time}
	for _, l := range r.Result.Limits {
		out.Limits = append(out.Limits, limitJSON(l))
	}
	for _, u := range r.Result.Lookups {
		out.Lookups = append(out.Lookups, lookupJSON{u.Table, u.Data, u.First, u.Steps, finite(u.Low),
			finite(u.High), u.From, u.To})
	}
	if r.Half != nil {
		if out.Trust = r.Half.Trust.String(); r.Result.NonFinite == nil {
			out.HalfStep = &r.Half.Relative
		}
	}
	if r.Result.NonFinite != nil {
		out.NonFinite = health.NonFinite(r.Result.NonFinite, r.Model.Time.Unit)
	}
	names := imported.ColumnNames(r.Model)
	for _, c := range r.columns() {
		s := seriesJSON{Name: names(c), Label: c.Label, Unit: c.Unit, Values: []*float64{}}
		for _, x := range r.Result.Series(c.Name()) {
			s.Values = append(s.Values, finite(x))
		}
		out.Series = append(out.Series, s)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(out)
}
