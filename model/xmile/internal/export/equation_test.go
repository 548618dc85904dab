package export

import (
	"testing"

	"weir/model"
)

// MOD binds like multiplication in the standard and weaker in Stella: both read an export
// in the same way.
func TestRemainderInProducts(t *testing.T) {
	m, list := model.Parse("m.toml", []byte(`
[time]
start = 0
stop = 1
step = 1
unit = "year"
[aux.a]
equation = "time mod 2 * 3 + 2 * (time mod 2) - mod(time, 2) / 4 + 3 * time mod 2 - -time mod 3"
`), nil)
	r, more := model.Check(m)
	if r == nil || list.HasErrors() {
		t.Fatal(list, more)
	}
	x := newExporter(m, r, Language{Taken: func(string) bool { return false }})
	p := printer{exporter: x, v: m.Variable("a")}
	const want = "(TIME MOD 2) * 3 + 2 * (TIME MOD 2) - (TIME MOD 2) / 4 + 3 * TIME MOD 2 - -TIME MOD 3"
	if got := p.text(m.Variable("a").Equation); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
