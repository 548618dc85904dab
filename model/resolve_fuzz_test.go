package model_test

import (
	"strconv"
	"testing"

	"weir/model"
)

// FuzzResolve gives x any equation, and some of its elements another: whatever they
// say, there is a diagnostic or an order that works.
func FuzzResolve(f *testing.F) {
	for _, seed := range [][3]string{
		{"sum(roll[sector, *]) + y", "k", "x[sector, 1] / 2"},
		{"x[sector, grade - 1] + previous(x, 0)", "*, k", "smooth1(roll[sector, grade], 4)"},
		{"crowding(rate) * uniform(0, sum(size[upper!]))", "district, upper", "delay3(y, 6, init(x))"},
		{"if x[charter, k] > 2 then mean(move[grade, *]) else y", "charter, k", "1"},
		{"element_at(roll[sector, *], y, x[sector, grade - 1]) + sort_order(seats[*], 1)", "charter", "vector_rank(roll[*, grade], y) + position_in(sector)"},
		{"vector_select(seats[*] > 1, seats[*], 0, 2) + size_of(roll[*, *]) + stddev(seats)", "k", "lookup_area(crowding, 0, y) + lookup_invert(crowding, 1)"},
		{"allocate_by_priority(roll[sector, *], roll[sector, *], 1, y)", "*, k", "allocate_available(roll[*, grade], 1, seats[*], 2, sample_if_true(y > 1, rate, 0))"},
		{"invert_matrix(roll[*, *]) + depreciate_straightline(y, 5, 1, 0)", "upper", "npv(y, rate) + pulse_train(1, 2, 3, 4)"},
		{"max(roll[sector!, grade] * seats[*])", "upper", "top[upper] + size[grade - 9]"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, equation, key, own string) {
		if len(equation)+len(key)+len(own) > 300 {
			t.Skip("long texts only take long")
		}
		text := schools + "[aux.y]\nequation = \"x[district, 12] + 1\"\n[aux.x]\nover = [\"sector\", \"grade\"]\n" +
			"equation = " + strconv.Quote(equation) + "\n[aux.x.at]\n" + strconv.Quote(key) + " = " + strconv.Quote(own) + "\n"
		m, list := model.Parse("model.toml", []byte(text), nil)
		if m == nil {
			t.Skip("not TOML")
		}
		r, more := model.Check(m)
		if r == nil && !list.HasErrors() && !more.HasErrors() {
			t.Fatalf("no model, and no reason:%v", messages(more))
		}
		if r != nil {
			wholeInOrder(t, r)
		}
	})
}
