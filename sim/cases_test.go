package sim_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/model/vensim"
	"weir/model/xmile"
	"weir/sim"
)

// A smallCase is a small file of a kind that tools get wrong, with the right numbers of a
// column at the saved times, or with a part of the message that refuses it or warns.
type smallCase struct {
	file, column string
	want         []float64
	says         string
}

// smallCases have their right values from the vendors' manuals, from the standard, or from
// arithmetic, as said beside each.
var smallCases = []smallCase{
	// XMILE 1.2, 3.3.2: price(2) is a flat index, of a plain variable a mistake.
	{"flat_index.stmx", "", nil, "to multiply, write *"},
	{"missing_star.stmx", "", nil, "to multiply, write *"},
	// Vensim's arguments in files that Vensim wrote: PULSE(start, width) is 1 at 1 and 2.
	{"vensim_pulse.xmile", "hit", []float64{0, 1, 1, 0, 0}, ""},
	// DELAY N(input, time, initial, order): from 5 down to the input of 4, by Euler's method
	// with stages of 1.5 and steps of 0.5, as the .mdl file.
	{"vensim_delay_n.xmile", "out", twoStages, ""},
	{"vensim_delay_n.xmile", "sm", twoStages, ""},
	{"vensim_delay_n_same.mdl", "out", twoStages, ""},
	{"vensim_delay_n_same.mdl", "sm", twoStages, ""},
	// DELAY FIXED of two days, 0 at first, of 3 and then 6.
	{"vensim_delay_fixed.xmile", "leaving", []float64{0, 0, 3, 3, 6}, ""},
	{"vensim_dt.xmile", "hit", []float64{0, 0, 2, 0, 0, 0, 0, 0, 0}, ""},
	{"vensim_dt.xmile", "seen", []float64{0, 0, 0, 0, 0, 1, 1, 1, 1}, ""},
	{"vensim_xmile_array.xmile", "sheep[hill]", []float64{80, 88, 96.8}, ""}, // 10 % a year
	// XMILE 1.2, 4.2: negative inflows flow outward and are held like outflows.
	{"nonneg_min.stmx", "tank", []float64{3, 1, 0, 0, 0}, ""},
	{"nonneg_min.toml", "tank", []float64{3, 1, 0, 0, 0}, ""},
	// Vensim's manual, 22215: "Used, not Computed".
	{"except_unread.mdl", "", nil, "which no equation defines"},
	{"partial_read.mdl", "", nil, "which no equation defines"},
	{"except.mdl", "fee[r1,c1]", []float64{0, -1}, ""},
	{"except.mdl", "fee[r2,c2]", []float64{0, 2}, ""},
	{"except.mdl", "fee[r2,c3]", []float64{0, 1}, ""},
	{"except.mdl", "fee[r3,c1]", []float64{0, 1}, ""},
	// With the order cut to two stages of one step each the input comes out two steps later.
	{"delayn.mdl", "out", []float64{5, 5, 5, 15, 15, 15, 15}, "its order is reduced to 2"},
	// A product inside MOD, as Stella's exports have it: t mod 4.
	{"mod.stmx", "x", []float64{0, 1, 2, 3, 0, 1}, ""},
	// STELLA 10 has variables in the model itself: 3 * 1.05^8.
	{"old_level3.stmx", "moss", []float64{3, 3.15, 3.3075, 3.472875, 3.64651875, 3.8288446875, 4.020286921875, 4.22130126796875, 4.4323663313671875}, ""},
	{"inf.stmx", "taken", []float64{5, 5, 5, 5, 5}, ""},
	{"nan.stmx", "other", []float64{0, 1, 2, 3, 4}, ""},
	{"string_file.mdl", "x", []float64{2, 6, 10, 14, 18}, ""}, // twice the file's 1, 3, 5, 7, 9
	{"set.mdl", "pop", []float64{100, 110, 121}, ""},
	{"shared_flow.stmx", "a", []float64{5, 4, 3, 2, 1, 0, -1}, "each loses all of it"},
	{"stella_short_delay.stmx", "feed", []float64{10, 15, 15, 15, 15, 15, 15}, "shorter than the step"},
	// Twice the one before, twenty times, read once each: 2^20 at the start.
	{"e4a_recursion.mdl", "a20", []float64{1 << 20, 1 << 21}, ""},
	// A ramp that climbs by 2 a year from 4 to 6 fills 1, 4 and from there on 4 a year.
	{"ramp.toml", "s", []float64{0, 0, 0, 0, 0, 1, 4, 8, 12, 16, 20}, ""},
	{"garbled.mdl", "a", []float64{0, 0, 0, 0, 0, 3, 3}, ""},
	{"dup_pipe.mdl", "creek", []float64{10, 9, 8.1, 7.29, 6.561}, ""},
	{"mdl_macro_units5.mdl", "y", []float64{11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11}, ""},
	{"elem.xmile", "", nil, "has no name"},
	{"mdl_1e999.mdl", "", nil, "larger than any number"},
	{"shortrun.mdl", "", nil, "longer than the run"},
	{"min_module.toml", "", nil, "file is empty"},
	{"min_panic.toml", "", nil, "file is empty"},
	{"min_wrong.toml", "", nil, "file is empty"},
}

// twoStages are the outflows of two stages of 1.5 that hold 7.5 each, with an input of 4, at
// steps of 0.5: each stage keeps two thirds of its distance from 4 * 1.5.
var twoStages = func() []float64 {
	a, b := 7.5, 7.5
	var out []float64
	for range 9 {
		out = append(out, b/1.5)
		a, b = a+0.5*(4-a/1.5), b+0.5*(a/1.5-b/1.5)
	}
	return out
}()

// readCase reads a file by its ending.
func readCase(t *testing.T, name string) (*model.Model, diagnostic.List) {
	t.Helper()
	folder := filepath.Join("testdata", "cases")
	text, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	switch files := os.DirFS(folder); filepath.Ext(name) {
	case ".mdl":
		return vensim.Parse(name, text, files, model.ImportOptions{})
	case ".toml":
		return model.Parse(name, text, files)
	default:
		return xmile.Parse(name, text, files, model.ImportOptions{})
	}
}

func TestSmallCases(t *testing.T) {
	for _, c := range smallCases {
		t.Run(c.file+" "+c.column, func(t *testing.T) {
			m, list := readCase(t, c.file)
			var r *sim.Result
			if m != nil && !m.Broken {
				checked, more := model.Check(m)
				list = append(list, more...)
				if c.column != "" && checked != nil {
					r = ranOnce(t, checked)
				}
			}
			var said strings.Builder
			for _, d := range list {
				said.WriteString(d.Message + "\n" + d.Hint + "\n")
			}
			if !strings.Contains(said.String(), c.says) {
				t.Errorf("it says\n%s\nwant %s", &said, c.says)
			}
			if c.column == "" {
				if !list.HasErrors() {
					t.Error("it is not refused")
				}
				return
			}
			if r == nil {
				t.Fatal(said.String())
			}
			got := r.Series(c.column)
			if len(got) != len(c.want) {
				t.Fatalf("%s is %v, want %v", c.column, got, c.want)
			}
			for i, w := range c.want {
				if math.Abs(got[i]-w) > 1e-9*max(1, math.Abs(w)) {
					t.Fatalf("%s is %v, want %v", c.column, got, c.want)
				}
			}
		})
	}
}

// Both TREND and FORECAST divide as ZIDZ does (Vensim's manual): nothing is left of the
// average by 200, so that the guess is the input, and its slope 0.
func TestForecastOfWhatDiedOut(t *testing.T) {
	m, _ := readCase(t, "forecast.mdl")
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	got := ranOnce(t, r)
	if got.At("guess", 200) != 80 || got.At("slope", 200) != 0 {
		t.Errorf("the guess is %v and the slope %v, want 80 and 0", got.At("guess", 200), got.At("slope", 200))
	}
}

// ranOnce runs a model as it is.
func ranOnce(t *testing.T, r *resolved.Model) *sim.Result {
	t.Helper()
	p, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Run(context.Background(), sim.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return got
}
