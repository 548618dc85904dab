package start

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
)

func remarks(t *testing.T, text string) diagnostic.List {
	t.Helper()
	m, list := model.Parse("model.toml", []byte(text), nil)
	r, more := model.Check(m)
	if r == nil {
		t.Fatal(list, more)
	}
	got, err := Check(context.Background(), m, r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestCodes(t *testing.T) {
	for _, row := range Codes {
		got := remarks(t, row.Example)
		line, _ := diagnostic.Position([]byte(row.Example), got[0].Span.Start)
		written := strings.Split(row.Example, "\n")[line-1]
		if len(got) != 1 || got[0].Code != row.Code || !strings.Contains(written, "# NOTE "+string(row.Code)) {
			t.Errorf("got %+v at %q", got, written)
		}
	}
}

// A first-order adjustment from a to b with time constant T moves by (b-a) dt/T in its
// first step, and by e^(-t/T) of that at t.
func TestStart(t *testing.T) {
	for _, c := range []struct {
		name                    string
		initial, target, inTime string
		want                    string
	}{
		{"far from its target", "300", "100", "2", "stock changes by 8.3 % of its size in the first step"},
		{"at its target", "100", "100", "2", ""},
		{"near its target", "110", "100", "2", ""},
		{"far, but slow", "300", "100", "40", ""},
		{"empty, and filled", "0", "100", "2", ""},
		{"growing all the time", "100", "stock * 1.2", "1", ""},
		{"driven to and fro", "300", "100 * (1 + sin(time))", "2", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := remarks(t, fmt.Sprintf("[time]\nstart = 0\nstop = 40\nstep = 0.25\nunit = 'year'\n[stock.stock]\ninitial = %s\ninflow = ['net']\n[flow.net]\nequation = '(%s - stock) / %s'\n", c.initial, c.target, c.inTime))
			switch {
			case c.want == "" && len(got) > 0:
				t.Errorf("got %s", got[0].Message)
			case c.want != "" && (len(got) != 1 || !strings.Contains(got[0].Message, c.want)):
				t.Errorf("got %v", got)
			}
		})
	}
}
