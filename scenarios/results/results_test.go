package results

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"weir/internal/modeltest"
	"weir/internal/parquet"
	"weir/model"
	"weir/model/diagnostic"
	"weir/sim"
)

// The same two variables in every form that other programs write.
func TestOneTableInManyForms(t *testing.T) {
	for name, text := range map[string]string{
		"weir.csv":     "time,level,rate\n0,100,10\n1,110,11\n",
		"comment.csv":  "# these are not the numbers of the original\ntime,level,rate\n0,100,10\n1,110,11\n",
		"bom.csv":      "\ufefftime,level,rate\r\n0,100,10\r\n1,110,11\r\n",
		"old mac.csv":  "time,level,rate\r0,100,10\r1,110,11\r",
		"vensim.tab":   "Time\tLevel\t\"Rate\"\t\n0\t100\t10\t\n1\t110\t11\t\n",
		"run name.tab": "Time\tLevel : base\tRate : base\n0\t100\t10\n1\t110\t11\n",
		"across.tab":   "Time\t0\t1\nLevel\t100\t110\nRate\t10\t11\n",
		"stella.csv":   "Years,Level,Rate\n0,100,10\n1,110,11\n",
		"thousand.csv": "Years,Level,Rate\n0,100,10\n1,\"110\",11.0\n",
		"semi.csv":     "Time;Level;Rate\n0;100;10\n1;110;11\n",
		"vensim.dat":   "Level\n0\t100\n1\t110\nRate\n0\t10\n1\t11\n",
		"run.json":     `{"hash":"x","time":[0,1],"series":[{"name":"level","values":[100,110]},{"name":"rate","values":[10,11]}]}`,
	} {
		got, d := Read(name, []byte(text))
		if d != nil {
			t.Errorf("%s: %s", name, d.Message)
			continue
		}
		said := ""
		for _, c := range got.Columns {
			said += fmt.Sprintf("%s%v%v ", c.key, c.Times, c.Values)
		}
		if want := "level[0 1][100 110] rate[0 1][10 11] "; said != want {
			t.Errorf("%s: %s, want %s", name, said, want)
		}
	}
}

// What cannot be read is refused with line, column and way out.
func TestBadTables(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty.csv", "", "1:1 there are no rows of numbers"},
		{"head.csv", "time,a\n", "1:1 there are no rows of numbers"},
		{"ragged.csv", "time,a,b\n0,1,2\n1,2\n", "3:1 this row has 2 cells, and the first row 3"},
		{"long.csv", "time,a\n0,1\n1,2,3\n", "3:1 this row has 3 cells, and the first row 2"},
		{"twice.csv", "time,My Level,my_level\n0,1,2\n1,2,3\n", `1:15 two columns are my level: "My Level" and "my_level"`},
		{"two runs.tab", "Time\tA : base\tA : test\tB : base\n0\t1\t2\t3\n", ""},
		{"word.csv", "time,a\n0,1\n1,none of it\n", `3:3 "none of it" is not a number`},
		{"comma.csv", "time;a\n0;1,5\n", `2:3 "1,5" is not a number / it has a decimal comma`},
		{"time.csv", "time,a\n2020-01-01,1\n", `2:1 "2020-01-01" is no time`},
		{"order.csv", "time,a\n1,1\n0,1\n", "3:3 times must rise, but 0 follows 1"},
		{"again.csv", "time,a\n1,1\n1,2\n", "3:3 times must rise, but 1 follows 1"},
		{"base.vdf", "TFUB\x00\x01", "Vensim's own binary file"},
		{"other.json", `{"x":1}`, "this is not the JSON of a run"},
		{"short.json", `{"time":[0,1],"series":[{"name":"a","values":[1]}]}`, "a has 1 values for 2 times"},
		{"only time.csv", "time\n0\n1\n", "there is no variable in it"},
		{"across.tab", "Time\t0\t1\nA\t1\t2\t3\n", "2:7 the row of A has more numbers than there are times"},
		{"old.xls", "\xd0\xcf\x11\xe0\x00", "this is a workbook of Excel 97"},
		{"broken.xlsx", "PK\x03\x04rest", "the workbook cannot be read"},
	} {
		table, d := Read(c.name, []byte(c.text))
		if c.want == "" {
			if d != nil {
				t.Errorf("%s: %s", c.name, d.Message)
			}
			continue
		}
		if d == nil {
			t.Errorf("%s is read", c.name)
			continue
		}
		var b strings.Builder
		diagnostic.Render(&b, diagnostic.List{*d}, map[string][]byte{c.name: table.Text})
		place := fmt.Sprintf("%s:", c.name)
		said := strings.TrimPrefix(b.String(), place)
		said = strings.Replace(said, ": error "+string(d.Code)+": ", " ", 1) + " / " + d.Hint
		want, hint, _ := strings.Cut(c.want, " / ")
		if !strings.Contains(said, want) || !strings.Contains(d.Hint, hint) || d.Hint == "" {
			t.Errorf("%s: %s, want %s", c.name, said, c.want)
		}
	}
}

// growth is a run whose level is 100·1.5ⁿ: 100, 150, 225.
func growth(t *testing.T) (*model.Model, *sim.Result) {
	t.Helper()
	x := modeltest.Of(t, `[time]
start = 0
stop = 2
step = 1
unit = "year"
method = "euler"
[stock.level]
initial = 100
inflow = ["rise"]
[flow.rise]
equation = "level / 2"
`)
	return x.Model, x.Result
}

// Differences are those computed by hand: of 225 a thousandth is 0.225.
func TestDifferencesByHand(t *testing.T) {
	m, r := growth(t)
	for _, c := range []struct {
		text      string
		tolerance float64
		want      string
	}{
		{"time,level\n0,100\n1,150\n2,225\n", 0, "level 3 0 0 0 pass"},
		{"time,level\n0,100\n1,150.1\n2,225\n", 1e-3, "level 3 -0.1 0.000444 1 pass"},
		{"time,level\n0,100\n1,150.3\n2,225\n", 1e-3, "level 3 -0.3 0.00133 1 fails at 1"},
		{"time,level\n0,100\n1,151\n2,230\n", 1e-3, "level 3 -5 0.0217 2 fails at 1"},
		{"time,level\n0,100\n2,225.4\n", 0, "level 2 -0.4 0.00177 2 fails at 2"}, // half of 0.1 is 0.05
		{"time,level\n0,100\n2,225.0\n", 0, "level 2 0 0 0 pass"},
		{"time,rise\n0,50.04\n1,74.97\n", 0, "rise 2 -0.04 0.000534 0 fails at 0"},
		{"time,rise\n0,50.0\n1,75.0\n", 0, "rise 2 0 0 0 pass"},
		{"time,level\n0,100\n0.5,1\n1,150\n", 0, "level 2 0 0 0 pass, 1 skipped"},
		{"time,level\n0,nan\n1,150\n", 0, "level 2 +Inf +Inf 0 fails at 0"},
		{"time,level\n0,100\n1,inf\n", 0, "level 2 -Inf"},
	} {
		table, d := Read("x.csv", []byte(c.text))
		if d != nil {
			t.Fatal(d.Message)
		}
		found, d := table.Match(m, r.Columns)
		if d != nil {
			t.Fatal(d.Message)
		}
		a := Compare(r, sim.Column.Name, found, Limits{Share: c.tolerance, Printed: true})
		x := a.Columns[0]
		said := fmt.Sprintf("%s %d %.3g %.3g %.3g", x.Name, x.Points, x.Largest, x.Share, x.At)
		if x.First == nil {
			said += " pass"
		} else {
			said += fmt.Sprintf(" fails at %g", *x.First)
		}
		if a.Skipped > 0 {
			said += fmt.Sprintf(", %d skipped", a.Skipped)
		}
		if a.Passes() != (x.First == nil) {
			t.Errorf("%q passes: %v", c.text, a.Passes())
		}
		if strings.Contains(c.want, "-Inf") {
			if x.First == nil || !math.IsInf(x.Largest, 0) {
				t.Errorf("%q: %s", c.text, said)
			}
			continue
		}
		if said != c.want {
			t.Errorf("%q: %s, want %s", c.text, said, c.want)
		}
	}
}

// A result of another model is refused; one with further columns names them.
func TestResultsOfAnotherModel(t *testing.T) {
	m, r := growth(t)
	table, _ := Read("x.csv", []byte("time,population,births\n0,1,2\n"))
	if _, d := table.Match(m, r.Columns); d == nil || !strings.Contains(d.Message, "another model") || !strings.Contains(d.Hint, "level, rise") {
		t.Errorf("%+v", d)
	}
	table, _ = Read("x.csv", []byte("time,LEVEL,births,SAVEPER\n0,100,2,1\n"))
	if found, d := table.Match(m, r.Columns); d != nil || !slices.Equal(found.Unknown, []string{"births"}) {
		t.Errorf("%+v %+v", found, d)
	}
}

// No text makes the reader panic or read times out of order.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"time,a\n0,1\n", "A\n0\t1\n", "{\"time\":[0],\"series\":[]}", "Time\t0\t1\nA\t1\n", "#\n", "#", "\ufeff#a\n;\n", "a\t\n\t\n0\t\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		table, d := Read("x.csv", text)
		if d != nil {
			if d.Span.Start < 0 || d.Span.End < d.Span.Start {
				t.Fatalf("a place of %v", d.Span)
			}
			return
		}
		for _, c := range table.Columns {
			if len(c.Times) != len(c.Values) || len(c.Times) != len(c.Half) || !slices.IsSorted(c.Times) {
				t.Fatalf("%+v", c)
			}
		}
	})
}

// A Parquet file of weir is read with all bits; a damaged one, and one that is no run, are refused.
func TestReadsParquet(t *testing.T) {
	var b bytes.Buffer
	w, err := parquet.NewWriter(&b, "run", []string{"time", "x"}, false, "test")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := w.Row(0, []float64{float64(i), 1 / float64(3+i)}); err != nil {
			t.Fatal(err)
		}
	}
	w.Note("weir.model", "Pond")
	w.Note("weir.version", "test")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	table, d := Read("x.parquet", b.Bytes())
	if d != nil || !table.Own || table.Model != "Pond" || len(table.Columns) != 1 ||
		!slices.Equal(table.Columns[0].Values, []float64{1. / 3, 1. / 4, 1. / 5}) ||
		!slices.Equal(table.Columns[0].Times, []float64{0, 1, 2}) {
		t.Fatalf("%+v %v", table, d)
	}
	for cut := range b.Len() - 1 {
		if _, d := Read("x.parquet", b.Bytes()[:4+cut%(b.Len()-4)]); d == nil {
			t.Errorf("%d of %d bytes are read", 4+cut, b.Len())
		}
	}
	for _, c := range []struct {
		columns []string
		rows    [][]float64
		want    string
	}{
		{[]string{"x", "time"}, [][]float64{{0, 1}}, "its first column is not the time"},
		{[]string{"time", "x"}, [][]float64{{1, 1}, {0, 1}}, "times must rise"},
		{[]string{"time", "x"}, [][]float64{{math.NaN(), 1}}, "times must rise"},
		{[]string{"time"}, [][]float64{{0}}, "there is no variable in it"},
	} {
		b.Reset()
		w, _ := parquet.NewWriter(&b, "run", c.columns, false, "test")
		for _, row := range c.rows {
			if err := w.Row(0, row); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if _, d := Read("x.parquet", b.Bytes()); d == nil || !strings.Contains(d.Message, c.want) || d.Hint == "" {
			t.Errorf("%v: %+v, want %s", c.columns, d, c.want)
		}
	}
}
