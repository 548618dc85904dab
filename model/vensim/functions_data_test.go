package vensim

import (
	"strings"
	"testing"

	"weir/model"
	"weir/model/vensim/internal/syntax"
)

// What is known of data's points, by hand: those of d1 are (0, 5), (2, 9) and (4, 1), of
// d2 (1, 7); d3 has none.
func TestFactsOfData(t *testing.T) {
	data := model.DataFile{Name: "given.dat", Text: []byte("given[d1]\n0\t5\n2\t9\n4\t1\ngiven[d2]\n1\t7\none\n0\t3\n3\t6\n")}
	columns := simulateWith(t, `
D: d1, d2, d3 ~~|
given[D] ~~|
one ~~|
start = 1 ~~|
first[D] = GET DATA FIRST TIME(given[D]) ~~|
last[D] = GET DATA LAST TIME(given[D]) ~~|
points[D] = GET DATA TOTAL POINTS(given[D]) ~~|
lowest[D] = INITIAL(GET DATA MIN(given[D], INITIAL TIME, FINAL TIME)) ~~|
highest[D] = GET DATA MAX(given[D], start + 2, FINAL TIME) ~~|
mean = GET DATA MEAN(given[d1], 0, 4) + GET DATA LAST TIME(one) ~~|
soon := TIME SHIFT(one, start) ~~|
`+clockText, nil, model.ImportOptions{Data: []model.DataFile{data}})
	na := float64(syntax.NotAvailable)
	for name, want := range map[string]float64{
		"first[d1]": 0, "first[d2]": 1, "first[d3]": na, "last[d1]": 4, "points[d1]": 3, "points[d2]": 1, "points[d3]": 0,
		"lowest[d1]": 1, "lowest[d2]": 7, "highest[d1]": 1, "highest[d2]": na, "mean": 5 + 3,
	} {
		equal(t, columns, name, want)
	}
	equal(t, columns, "soon", 4, 5, 6, 6, 6)
}

func TestFactsOfDataThatAreRefused(t *testing.T) {
	for _, c := range [][2]string{
		{"x = GET DATA MEAN(one, 0, Time) ~~|", "not known before the run"},
		{"x = GET DATA MIN(y, 0, 1) ~~|\ny = 2 ~~|", "takes the name of a data variable"},
		{"x = GET DATA STDV(one, 0, 1) ~~|", "GET DATA STDV is not supported"},
	} {
		_, list := Parse("model.mdl", []byte("{UTF-8}\none ~~|\n"+c[0]+clockText), nil, model.ImportOptions{Data: []model.DataFile{{Name: "one.csv", Text: []byte("Time,one\n0,1\n")}}})
		if len(list) != 1 || !strings.Contains(list[0].Message, c[1]) {
			t.Errorf("%s: %v", c[0], list)
		}
	}
}
