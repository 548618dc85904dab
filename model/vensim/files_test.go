package vensim

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
)

// A text variable names a data file, as in published models.
func TestFileNamedByAText(t *testing.T) {
	text := "source file :IS: 'vax.csv' ~~|\nvax:INTERPOLATE::= GET DIRECT DATA(source file, ',', 'A', 'B2') ~~|\nx = vax * 2 ~~|" + clockText
	columns := simulateWith(t, text, fstest.MapFS{"vax.csv": {Data: []byte("t,v\n0,1\n4,9\n")}}, model.ImportOptions{})
	equal(t, columns, "x", 2, 6, 10, 14, 18)
}

func TestFilesThatCannotBeRead(t *testing.T) {
	reading := func(file string, n int) string {
		var b strings.Builder
		fmt.Fprintf(&b, "{UTF-8}\nf :IS: '%s' ~~|\n", file)
		for i := range n {
			fmt.Fprintf(&b, "x%d := GET DIRECT DATA(f, 'Sheet', 'A', 'B2') ~~|\n", i)
		}
		return b.String() + clockText
	}
	for _, c := range []struct {
		file string
		n    int
		want string
	}{
		{"none.xlsx", 1, "x0: there is no data file none.xlsx in the model's folder"},
		{"none.xlsx", 2, "x0 and another variable: there is no data file none.xlsx in the model's folder"},
		{"none.xlsx", 4942, "x0 and 4941 other variables: there is no data file none.xlsx in the model's folder"},
		{"run.vdf", 1, "x0: the data file run.vdf holds results in Vensim's binary form: export it as text"},
		{"folder", 1, "x0: folder is no data file, but a folder or a device"},
	} {
		_, list := Parse("model.mdl", []byte(reading(c.file, c.n)), fstest.MapFS{"folder/a.csv": {}}, model.ImportOptions{})
		if len(list) != 1 || !strings.HasPrefix(list[0].Message, c.want) {
			t.Errorf("%s: %d messages, the first of\n%v\nwant %s", c.file, len(list), list[:min(len(list), 1)], c.want)
		}
	}
}
