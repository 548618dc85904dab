package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"

	"weir/scenarios/prose"
)

// sheet returns a picture of two runs in one chart from 0 to 10, values from 0 to 100.
func sheet(title string, values ...float64) *Sheet {
	times := make([]float64, len(values))
	for i := range times {
		times[i] = float64(i)
	}
	q := prose.QuantityOf("students", false, 100)
	return &Sheet{Title: title, Note: "model", Names: []string{"this run", "more"}, Charts: []Chart{{
		Title: title, Unit: "students", X: prose.TimeAxis(0, 10, prose.CalendarOf("year", 0)), Y: prose.ValueAxis(0, 100, q),
		Lines: []Line{{Slot: 0, Times: times, Values: values}, {Slot: 1, Times: []float64{0, 10}, Values: []float64{50, 50}}},
	}}}
}

func drawn(t *testing.T, s *Sheet) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.SVG(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A name of a model ends no element, also with characters that XML does not have.
func TestNamesStayTexts(t *testing.T) {
	for _, name := range []string{`</text><script>alert(1)</script>`, `"onload="x`, "a\x00b\x1bc", "\xff", "&amp; 学校", strings.Repeat("long ", 500)} {
		d := xml.NewDecoder(strings.NewReader(drawn(t, sheet(name, 1, 2))))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%q: %v", name, err)
			}
			if e, ok := token.(xml.StartElement); ok && e.Name.Local == "script" {
				t.Fatalf("%q makes an element", name)
			}
		}
	}
}

// Half of the scale is half of the height between the ends of the axis, and a hole breaks the line.
func TestLinesStandOnTheirScales(t *testing.T) {
	s := sheet("x", 0, 100, math.NaN(), 100, math.Inf(1), 0)
	b := box{Chart: &s.Charts[0], left: 10, right: 110, top: 20, bottom: 220}
	got := b.stretches(s.Charts[0].Lines[0])
	want := [][]point{{{10, 220}, {20, 20}}, {{40, 20}, {42, 20}}, {{60, 220}, {62, 220}}}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		for k := range want[i] {
			if math.Abs(got[i][k].x-want[i][k].x)+math.Abs(got[i][k].y-want[i][k].y) > 1e-9 {
				t.Errorf("stretch %d is %v, want %v", i, got[i], want[i])
			}
		}
	}
	if got := b.stretches(s.Charts[0].Lines[1])[0][1]; got != (point{110, 120}) {
		t.Errorf("50 at the end stands at %v", got)
	}
}

// The pixels have the colours of both runs; without the second run, not its colour.
func TestPixelsShowTheRuns(t *testing.T) {
	count := func(s *Sheet, colour string) int {
		var b bytes.Buffer
		if err := s.PNG(&b); err != nil {
			t.Fatal(err)
		}
		i, err := png.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		want, n := colourOf(colour), 0
		for y := range i.Bounds().Dy() {
			for x := range i.Bounds().Dx() {
				if r, g, b, _ := i.At(x, y).RGBA(); uint8(r>>8) == want.R && uint8(g>>8) == want.G && uint8(b>>8) == want.B {
					n++
				}
			}
		}
		return n
	}
	two := sheet("x", 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100)
	one := sheet("x", 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100)
	one.Names, one.Charts[0].Lines = one.Names[:1], one.Charts[0].Lines[:1]
	const blue = "#0072b2" // of slot 1
	if n := count(two, blue); n < 1000 {
		t.Errorf("the second run has %d pixels", n)
	}
	if n := count(one, blue); n != 0 {
		t.Errorf("%d pixels of a run that is not there", n)
	}
}
