package kept

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"weir/internal/modeltest"
	"weir/model/document"
)

// steady is a model whose levels are 40 and -8 throughout, in ten rows.
const steady = `[time]
start = 0
stop = 9
step = 1
unit = "year"
[aux.level]
equation = "40"
[aux.debt]
equation = "-8"
`

// A comparison passes exactly if no number is farther off than both tolerances allow, and otherwise
// names the first number that is, with its time and its size.
func TestFindsTheFirstDifference(t *testing.T) {
	x := modeltest.Of(t, steady)
	dir := t.TempDir()
	x.Model.File = filepath.Join(dir, "model.toml")
	sizes := map[string]float64{"level": 40, "debt": 8}
	rapid.Check(t, func(t *rapid.T) {
		share := rapid.SampledFrom([]float64{0, 1e-9, 0.01, 0.1}).Draw(t, "share")
		absolute := rapid.SampledFrom([]float64{0, 1e-6, 0.5}).Draw(t, "absolute")
		first, name, off := math.Inf(1), "", 0.0
		var b strings.Builder
		b.WriteString("time,level,debt\n")
		for time := range 10 {
			fmt.Fprint(&b, time)
			for _, v := range []struct {
				name  string
				value float64
			}{{"level", 40}, {"debt", -8}} {
				by := rapid.SampledFrom([]float64{0, 0, 0, 1e-10, -1e-7, 0.02, -0.3, 0.7, -3}).Draw(t, "off")
				if v.name == "level" && v.value+by > 40 || v.name == "debt" && v.value+by < -8 {
					by = -by // so that the largest size in the file is that of the level
				}
				value := v.value + by
				if time == 9 {
					value = v.value // holds the size of the column
				}
				fmt.Fprintf(&b, ",%v", value)
				gap := v.value - value
				if math.Abs(gap) > max(share*sizes[v.name], absolute) && first > float64(time) {
					first, name, off = float64(time), v.name, gap
				}
			}
			b.WriteString("\n")
		}
		if err := os.WriteFile(filepath.Join(dir, "kept.csv"), []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		kept := &document.Kept{File: "kept.csv", Share: share, Absolute: absolute}
		c := Compare(x.Model, &document.Test{SameAs: kept}, x.Result)
		switch d := c.First; {
		case c.Pass != (name == ""):
			t.Fatalf("%v, first off %q: %s\n%s", c.Pass, name, c.Message, b.String())
		case c.Pass:
		case d.Name != name || *d.First != first || d.FirstRun-d.FirstTable != off:
			t.Fatalf("%s at %v by %v: %s", name, first, off, c.Message)
		}
	})
}

// A test names a variable with all its elements, with some, or with a part of them.
func TestChoosesColumns(t *testing.T) {
	x := modeltest.Of(t, `[time]
start = 0
stop = 1
step = 1
unit = "year"
[dimension.fish]
elements = ["carp", "pike", "eel"]
[dimension.lean]
of = "fish"
elements = ["pike", "eel"]
[dimension.pond]
elements = ["north", "south"]
[aux.n]
over = ["fish", "pond"]
equation = "1"
[aux.water]
equation = "1"
`)
	for text, want := range map[string]string{
		"n":                "n[carp,north] n[carp,south] n[pike,north] n[pike,south] n[eel,north] n[eel,south]",
		"n[Pike, south]":   "n[pike,south]",
		"n[lean, north]":   "n[pike,north] n[eel,north]",
		"n[*, south]":      "n[carp,south] n[pike,south] n[eel,south]",
		"water":            "water",
		"n[cod, south]":    "! \"cod\" is not an element of fish",
		"n[carp]":          "! n has 2 dimensions, but 1 elements are named",
		"watr":             "! the model has no variable \"watr\"",
		"n[carp, south":    "! the model has no variable \"n[carp, south\"",
		"water[north]":     "! water has 0 dimensions, but 1 elements are named",
		"n[carp, pike]":    "! \"pike\" is not an element of pond",
		"n[pond, carp]":    "! \"pond\" is not an element of fish",
		"expectation_1":    "! the model has no variable \"expectation_1\"",
		"n[carp, lean]":    "! \"lean\" is not an element of pond",
		" N [ carp,north]": "n[carp,north]",
	} {
		k := &document.Kept{Variables: []document.Text{{Text: text}}}
		var got []string
		for _, d := range Check(x.Model, k) {
			got = append(got, "! "+d.Message)
		}
		if got == nil {
			for _, c := range chosen(x.Model, k, x.Result.Columns) {
				got = append(got, c.Name())
			}
		}
		if strings.Join(got[:min(len(got), 6)], " ") != want && (len(got) == 0 || got[0] != want) {
			t.Errorf("%s: %q, want %s", text, got, want)
		}
	}
}
