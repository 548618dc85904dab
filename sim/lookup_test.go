package sim

import (
	"math"
	"slices"
	"testing"

	"weir/model/method"
	"weir/model/resolved"
)

// reading gives a model that reads a table at time, with start and stop.
func reading(beyond resolved.Beyond, xy ...float64) (*builder, *resolved.Variable) {
	b := newModel(-1, 5, 1)
	t := b.table("effect", beyond, xy...)
	return b, b.aux("y", &resolved.Lookup{Table: t, X: now()})
}

// Between points a table is a straight line; at a point it is the point.
func TestLookup(t *testing.T) {
	corners := []float64{0, 10, 1, 20, 4, 11}
	for _, c := range []struct {
		name   string
		beyond resolved.Beyond
		points []float64
		want   []float64 // at -1, 0, … 5
	}{
		{"hold", resolved.Hold, corners, []float64{10, 10, 20, 17, 14, 11, 11}},
		{"extend", resolved.Extend, corners, []float64{0, 10, 20, 17, 14, 11, 8}},
		{"one point", resolved.Hold, []float64{2, 7}, []float64{7, 7, 7, 7, 7, 7, 7}},
		{"one point, extended", resolved.Extend, []float64{2, 7}, []float64{7, 7, 7, 7, 7, 7, 7}},
	} {
		b, _ := reading(c.beyond, c.points...)
		if got := b.run(t, Settings{}).Series("y"); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// A table gives the same whatever was read before.
func TestLookupRemembersNothing(t *testing.T) {
	var points []resolved.Point
	for i := range 50 {
		points = append(points, resolved.Point{X: float64(i*i) / 7, Y: math.Sin(float64(i))})
	}
	d := makeDirectory([]*resolved.Table{{Points: [][]resolved.Point{points}}})
	var last int32
	for i := range 20000 {
		x := math.Mod(float64(i)*37.77, 360) - 5
		var fresh int32
		got, _ := d.read(0, x, &last)
		if want, _ := d.read(0, x, &fresh); got != want {
			t.Fatalf("at %v after another: %v, alone %v", x, got, want)
		}
	}
	for _, p := range points {
		if got, out := d.read(0, p.X, &last); got != p.Y || out {
			t.Errorf("at its own point %v: %v, want %v", p.X, got, p.Y)
		}
	}
}

// Reading outside is counted once a step, at its start, with how far it went.
func TestLookupUseIsCounted(t *testing.T) {
	for _, m := range method.Names() {
		b, _ := reading(resolved.Hold, 0, 10, 1, 20, 4, 11)
		b.stock("s", num(0)).Inflows = []*resolved.Variable{b.flow("none", num(0))}
		got := b.run(t, Settings{Method: m}).Lookups
		want := []LookupUse{{Table: "effect", First: -1, Steps: 2, Low: -1, High: 5, From: 0, To: 4}}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %+v, want %+v", m, got, want)
		}
	}
}

// A table read at a constant outside its points is so at every step, although it is
// computed once.
func TestHoistedLookupIsCounted(t *testing.T) {
	b := newModel(0, 3, 1)
	k := b.constant("k", 9)
	table := b.table("effect", resolved.Hold, 0, 1, 1, 2)
	b.aux("y", &resolved.Lookup{Table: table, X: ref(k)})
	got := b.run(t, Settings{}).Lookups
	if want := []LookupUse{{Table: "effect", Steps: 4, Low: 9, High: 9, From: 0, To: 1}}; !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// A reading in the branch that is not taken is not one.
func TestLookupInBranch(t *testing.T) {
	b := newModel(-1, 5, 1)
	table := b.table("effect", resolved.Fail, 0, 10, 4, 14)
	read := &resolved.Lookup{Table: table, X: now()}
	inside := apply(resolved.And, apply(resolved.Ge, now(), num(0)), apply(resolved.Le, now(), num(4)))
	b.aux("y", &resolved.If{Cond: inside, Then: read, Else: num(-1)})
	r := b.run(t, Settings{})
	if got, want := r.Series("y"), []float64{-1, 10, 11, 12, 13, 14, -1}; !slices.Equal(got, want) || len(r.Lookups) > 0 {
		t.Errorf("%v, want %v; %+v", got, want, r.Lookups)
	}
}

// A table that may not be read outside its points stops the run with the rows so far.
func TestLookupFails(t *testing.T) {
	b := newModel(0, 9, 1)
	b.aux("y", &resolved.Lookup{Table: b.table("effect", resolved.Fail, 0, 10, 4, 14), X: now()})
	r, err := b.compile(t).Run(t.Context(), Settings{})
	want := "effect is read at 5 at time 5, outside its points from 0 to 4"
	if err == nil || err.Error() != want {
		t.Fatalf("%v, want %s", err, want)
	}
	if len(r.Time) != 5 || r.Complete {
		t.Errorf("%d rows, complete %v", len(r.Time), r.Complete)
	}
}

// Each element of an array of tables is read by its own.
func TestArrayOfTables(t *testing.T) {
	d := dimension("d", "a", "b", "c")
	b := newModel(0, 1, 1)
	table := b.table("effect", resolved.Hold, 0, 0, 1, 1)
	table.Over = []*resolved.Dimension{d}
	table.Points = append(table.Points, []resolved.Point{{X: 0, Y: 0}, {X: 1, Y: 10}}, []resolved.Point{{X: 2, Y: 7}})
	l := loops(d)
	v := b.add("y", resolved.Aux, d)
	own := []resolved.Pos{{Loop: l[0], Map: []int{0, 1, 2}}}
	b.set(v, &resolved.Lookup{Table: table, At: own, X: div(now(), num(2))}, l...)
	second := b.aux("second", &resolved.Lookup{Table: table, At: []resolved.Pos{{Fixed: 1}}, X: div(now(), num(4))})
	r := b.run(t, Settings{})
	expect(t, r, v, func(at []int) float64 { return []float64{0.5, 5, 7}[at[0]] })
	expect(t, r, second, func([]int) float64 { return 2.5 })
	if len(r.Lookups) != 1 || r.Lookups[0].Table != "effect[c]" {
		t.Errorf("%+v", r.Lookups)
	}
}

// A data series that an equation reads is a column, with the value the equation gets.
func TestSeriesIsColumn(t *testing.T) {
	b := newModel(2000, 2004, 1)
	data := b.table("births", resolved.Hold, 2001, 10, 2003, 30)
	data.Data = true
	b.table("unread", resolved.Hold, 0, 0).Data = true
	b.aux("twice", mul(num(2), &resolved.Lookup{Table: data, X: now()}))
	r := b.run(t, Settings{})
	if got, want := r.Series("births"), []float64{10, 10, 20, 30, 30}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if r.Series("unread") != nil || !r.Lookups[0].Data || r.Lookups[0].Steps != 2 {
		t.Errorf("%v, %+v", r.Series("unread"), r.Lookups)
	}
}
