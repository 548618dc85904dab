package sketch

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// Sketches of parts of the numbers, merged in any order, are the sketch of all numbers, and so is
// what is read back from JSON.
func TestMergeIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		octaves := rapid.SampledFrom([]float64{0.1, 2, 30, 400, 1900}).Draw(t, "octaves")
		list := numbers(rapid.IntRange(0, 3000).Draw(t, "numbers"), octaves, r)
		shift := rapid.SampledFrom([]float64{0, 1000, -1e-300}).Draw(t, "shift")
		var whole Sketch
		parts := make([]Sketch, rapid.IntRange(1, 6).Draw(t, "parts"))
		for _, x := range list {
			whole.Add(x + shift)
			parts[r.IntN(len(parts))].Add(x + shift)
		}
		var merged Sketch
		for _, i := range r.Perm(len(parts)) {
			text, err := json.Marshal(&parts[i])
			if err != nil {
				t.Fatal(err)
			}
			var read Sketch
			if err := json.Unmarshal(text, &read); err != nil {
				t.Fatal(err)
			}
			merged.Merge(&read)
		}
		a, _ := json.Marshal(&whole)
		b, _ := json.Marshal(&merged)
		if string(a) != string(b) {
			t.Fatalf("merged\n%s\nwhole\n%s", b, a)
		}
	})
}

// A merge leaves the other sketch as it was, and an empty one changes nothing.
func TestMergeLeavesTheOther(t *testing.T) {
	var a, b, c Sketch
	for i := range 5000 {
		a.Add(float64(i))
		b.Add(math.Ldexp(1, i%600))
	}
	text, _ := json.Marshal(&b)
	_ = json.Unmarshal(text, &c)
	a.Merge(&b)
	a.Merge(&Sketch{})
	if !reflect.DeepEqual(b, c) {
		t.Error("the merged sketch has changed")
	}
	if a.Count() != 10000 {
		t.Errorf("%d numbers, want 10000", a.Count())
	}
}

// Counts that no numbers have are an error.
func TestReadingABrokenSketch(t *testing.T) {
	for _, text := range []string{
		`{"count":2,"low":1,"top":1,"positive":{"first":1047552,"counts":[1]}}`,
		`{"count":1,"low":2,"top":1,"positive":{"first":1047552,"counts":[1]}}`,
		`{"count":1,"low":1,"top":1,"positive":{"first":18446744073709551615,"counts":[1]}}`,
		`{"count":1,"joined":60,"low":1,"top":1,"positive":{"first":0,"counts":[1]}}`,
		`[]`,
	} {
		var s Sketch
		if err := json.Unmarshal([]byte(text), &s); err == nil {
			t.Errorf("%s is read", text)
		}
	}
}
