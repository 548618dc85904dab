package calibrate

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"weir/model"
)

// A Stamp is the version that wrote a file, and the date.
type Stamp struct{ Version, Date string }

// WriteValues writes a calibration file: the values of the constants, and how they came
// about. The same report and stamp give the same bytes.
func WriteValues(w io.Writer, r *Report, stamp Stamp) error {
	f := &file{w: bufio.NewWriter(w)}
	f.line("# Written by weir calibrate. A model takes these values with calibrated = \"…\" at its top.")
	var names []string
	for _, x := range r.values() {
		names = append(names, x.name)
	}
	f.head("calibration", r, names, stamp)
	f.line("\n[constants]")
	for _, x := range r.values() {
		f.line("%s = %s", key(x.name), list(x.values))
	}
	f.line("\n[interval] # of 95 percent, by profile likelihood; an end of the range is not known")
	for _, x := range r.Constants {
		if x.Silent {
			continue
		}
		f.line("%s = %s", key(x.Name), list([]float64{rounded(x.From, x.Low, x.High), rounded(x.To, x.Low, x.High)}))
	}
	f.data(r.Model)
	for _, s := range r.Series {
		f.series("fit", s, s.Fit)
	}
	for _, s := range r.Series {
		if s.Held.Points > 0 {
			f.series("held_out", s, s.Held)
		}
	}
	return f.w.Flush()
}

// WritePosterior writes the draws of a report that has a posterior.
func WritePosterior(w io.Writer, r *Report, stamp Stamp) error {
	f := &file{w: bufio.NewWriter(w)}
	p := r.Posterior
	f.line("# Written by weir calibrate. A scenario set takes these draws with posterior = \"…\" in [uncertainty].")
	var names, quotes []string
	for _, x := range p.Constants {
		names = append(names, x.p.variable.Name)
		quotes = append(quotes, quoted(x.Name))
	}
	f.head("posterior", r, names, stamp)
	if p.Samplers > 1 {
		f.line("samplers   = %d", p.Samplers)
	}
	f.line("walkers    = %d", p.Walkers)
	f.line("steps      = %d", p.Steps)
	f.line("left_out   = %d", p.Left)
	f.line("acceptance = %.3f", p.Acceptance)
	f.line("constants  = [%s]", strings.Join(quotes, ", "))
	f.line("r_hat      = %s", fixed(p.RHat, 4))
	f.line("size       = %s", fixed(p.Size, 0))
	f.line("draws = [")
	for _, d := range p.Draws {
		f.line("  [%s],", numbers(d))
	}
	f.line("]")
	f.data(r.Model)
	return f.w.Flush()
}

// A file is TOML that is being written. An error shows when it is flushed.
type file struct{ w *bufio.Writer }

// line writes one line.
func (f *file) line(format string, args ...any) {
	fmt.Fprintf(f.w, format, args...)
	f.w.WriteByte('\n')
}

// head writes where numbers come from, those of constants of these names.
func (f *file) head(table string, r *Report, names []string, stamp Stamp) {
	f.line("\n[%s]", table)
	f.line("model      = %s", quoted(model.Fingerprint(r.Resolved, names...)))
	f.line("weir       = %s", quoted(stamp.Version))
	f.line("date       = %s", quoted(stamp.Date))
	f.line("seed       = %d", r.Options.Seed)
	if r.Options.Until != nil {
		f.line("until      = %s", short(*r.Options.Until))
	}
	f.line("converged  = %v", r.Finished())
	f.line("points     = %d", r.Points)
	f.line("independent_points = %.1f", r.Effective)
}

// data writes the SHA-256 of every data file.
func (f *file) data(m *model.Model) {
	f.line("\n[data] # SHA-256")
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		if name == m.File || strings.EqualFold(filepath.Ext(name), ".toml") {
			continue
		}
		beside := name
		if rel, err := filepath.Rel(filepath.Dir(m.File), name); err == nil {
			beside = filepath.ToSlash(rel)
		}
		sum := sha256.Sum256(m.Files[name])
		f.line("%s = %s", quoted(beside), quoted(hex.EncodeToString(sum[:])))
	}
}

// series writes how far a series is from its record.
func (f *file) series(table string, s *Series, e Errors) {
	f.line("\n[%s.%s]", table, key(s.Name))
	f.line("variable = %s", quoted(s.Variable))
	f.line("data     = %s", quoted(s.Data))
	f.line("points   = %d", e.Points)
	f.line("from     = %s", short(e.From))
	f.line("to       = %s", short(e.To))
	f.number("mape", e.MAPE)
	f.number("rmse", e.RMSE)
	f.number("bias", e.Bias)
	f.number("worst", e.Worst)
}

// number writes a number that there is.
func (f *file) number(name string, x float64) {
	if x-x == 0 {
		f.line("%-8s = %s", name, short(rounded(x, math.Inf(-1), math.Inf(1))))
	}
}

// A written is a constant with all of its numbers.
type written struct {
	name   string
	values []float64
}

// values returns the fitted constants, whole: of one of which some elements were fitted, all.
// Silent ones are the model's affair.
func (r *Report) values() []written {
	var out []written
	for _, x := range r.Constants {
		if x.Silent {
			continue
		}
		i := slices.IndexFunc(out, func(w written) bool { return w.name == x.p.variable.Name })
		if i < 0 {
			i = len(out)
			out = append(out, written{x.p.variable.Name, x.p.whole()})
		}
		if x.p.place >= 0 {
			out[i].values[x.p.place] = x.Value
		}
	}
	return out
}

// whole returns all numbers of a constant: as fitted if it moves as one, else as in the model.
func (x *parameter) whole() []float64 {
	s := x.all
	out := make([]float64, s.Elements)
	for i := range out {
		out[i] = s.ValueAt(i)
	}
	if x.place >= 0 {
		return out
	}
	to := make([]float64, s.Elements)
	n := s.Spread(x.Value, to)
	for i := range out {
		out[i] = rounded(to[min(i, n-1)], x.Low, x.High)
	}
	return out
}

// bare matches keys that TOML takes without quotes.
var bare = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// key writes a name as a TOML key.
func key(name string) string {
	if bare.MatchString(name) {
		return name
	}
	return quoted(name)
}

// quoted writes a text as TOML does.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// list writes numbers: one alone, or several in brackets.
func list(x []float64) string {
	if len(x) == 1 {
		return number(x[0])
	}
	return "[" + numbers(x) + "]"
}

// numbers writes numbers with commas, with all digits.
func numbers(x []float64) string {
	var out []string
	for _, v := range x {
		out = append(out, number(v))
	}
	return strings.Join(out, ", ")
}

// number writes a number as TOML takes it.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// fixed writes numbers with some decimals.
func fixed(x []float64, decimals int) string {
	var out []string
	for _, v := range x {
		out = append(out, strconv.FormatFloat(v, 'f', decimals, 64))
	}
	return "[" + strings.Join(out, ", ") + "]"
}
