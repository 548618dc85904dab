package vensim

import (
	"strings"
	"testing"

	"weir/model"
)

// What published models do beyond the manual.

// A SAMPLE IF TRUE that reads its own variable reads what it holds: the highest value so
// far. In a macro, too.
func TestSampleOfItself(t *testing.T) {
	wave := "wave = IF THEN ELSE(Time = 2, 9, Time) ~~|\n"
	for what, equations := range map[string]string{
		"a variable": wave + "x = SAMPLE IF TRUE(wave > x, wave, wave) ~~|",
		"a macro":    ":MACRO: PEAK(a)\nPEAK = SAMPLE IF TRUE(a > PEAK, a, a) ~~|\n:END OF MACRO:\n" + wave + "x = PEAK(wave) ~~|",
		"an array":   "D: d1, d2 ~~|\n" + wave + "y[D] = SAMPLE IF TRUE(wave > y[D], wave, wave) ~~|\nx = y[d2] ~~|",
	} {
		t.Run(what, func(t *testing.T) { equal(t, simulate(t, equations), "x", 0, 1, 9, 9, 9) })
	}
}

// unitsIn are the units of a variable by its name in the file.
func unitsIn(m *model.Model, name string) string {
	for _, v := range m.Variables {
		if v.Name == name || v.Label == name {
			return v.Units
		}
	}
	return "no such variable"
}

// The units of a macro's equations are said in its arguments.
func TestMacroUnits(t *testing.T) {
	m, list := parse(t, `:MACRO: FILL(amount, delay)
FILL = INTEG(rate, amount) ~ amount ~|
rate = amount / delay ~ amount/delay ~|
pace = TIME STEP$ ~ Time$ ~|
:END OF MACRO:
milk = 3 ~ liter ~|
wait = 2 ~ Months ~|
pot = FILL(milk, wait) ~ liter ~|
pan = FILL(milk, wait) ~~|
can = FILL(milk * 2, wait) ~~|`)
	if list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
	for name, want := range map[string]string{
		"pot": "liter", "pot FILL rate": "liter/month", "pot FILL pace": "month",
		"pan": "liter", "can": "", "can FILL rate": "", "can FILL amount": "",
	} {
		if got := unitsIn(m, name); got != want {
			t.Errorf("%s is in %q, want %q", name, got, want)
		}
	}
	_, list = model.Check(m)
	for _, d := range list {
		if strings.HasPrefix(string(d.Code), "unit-") {
			t.Errorf("%s: %s", d.Code, d.Message)
		}
	}
}

// The settings say which units are the same; without them, those of a new model are.
func TestUnitEquivalents(t *testing.T) {
	const equations = "share = 1 ~ fraction ~|\nfolk = 2 ~ People ~|\none = folk * share ~ Person ~|\nspan = 3 ~ T ~|"
	m, list := Parse("m.mdl", []byte("{UTF-8}\n"+equations+strings.ReplaceAll(clockText, "Month", "T")+
		"\\\\\\---/// Sketch\nV300\n*View 1\n///---\\\\\\\n22:Dmnl,fraction\n22:Person,People\n"), nil, model.ImportOptions{})
	if list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
	if m.Time.Unit != "T" {
		t.Errorf("the unit of time is %q", m.Time.Unit)
	}
	if r, list := model.Check(m); r == nil || list.HasErrors() {
		t.Error(rendered(list, m))
	}
	m, _ = parse(t, strings.Replace(equations, "fraction", "1", 1))
	if r, list := model.Check(m); r == nil || list.HasErrors() {
		t.Error(rendered(list, m))
	}
	if len(m.Units) != 1 {
		t.Errorf("%d units are declared; only those that the file has should be", len(m.Units))
	}
}

// Vensim writes A FUNCTION OF for what nobody has written yet.
func TestUnwrittenEquations(t *testing.T) {
	const equations = "plan = A FUNCTION OF(plan, -work) ~~|\nplan = ~ day ~ some day |\nwork = 3 ~~|\nx = work + 1 ~~|\ny = plan ~~|"
	_, list := parse(t, equations)
	if len(list) != 1 || list[0].Message != "plan: it has no equation yet" || list[0].Code != model.NotSupported {
		t.Errorf("%v", list)
	}
	_, list = parse(t, "a = A FUNCTION OF(b) ~~|\nb = A FUNCTION OF(a, c) ~~|\nc = 1 ~~|")
	if len(list) != 1 || list[0].Message != "2 variables have no equation yet: a, b" {
		t.Errorf("%v", list)
	}
	m, list := Parse("m.mdl", []byte(equations+clockText), nil, model.ImportOptions{AllowPartial: true})
	if list.HasErrors() || unitsIn(m, "plan") != "day" {
		t.Errorf("%v, in %q", list, unitsIn(m, "plan"))
	}
}

// Some tools write the tabs of TABBED ARRAY as \t.
func TestWrittenTabs(t *testing.T) {
	columns := simulate(t, "DimA: a, b ~~|\nDimB: c, d ~~|\nx[DimA,DimB] = TABBED ARRAY(\n\\t1\\t-2\n\\t3\\t4) ~~|")
	equal(t, columns, "x[a,d]", -2)
	equal(t, columns, "x[b,c]", 3)
}

// A tabbed array may stand in one long line, and its rows in lines of their own.
func TestLongTabbedLines(t *testing.T) {
	columns := simulate(t, "DimA: (a1-a9000) ~~|\nx[DimA] = TABBED ARRAY("+strings.Repeat("\t7", 8999)+"\t8) ~~|\n"+
		"DimB: b1, b2 ~~|\nDimC: c1, c2 ~~|\ny[DimB,DimC] = TABBED ARRAY(1, -2\r\n3\t-4\n) ~~|")
	equal(t, columns, "x[a8999]", 7)
	equal(t, columns, "x[a9000]", 8)
	equal(t, columns, "y[b1,c2]", -2)
	equal(t, columns, "y[b2,c2]", -4)
}

// Chinese files from before UTF-8 are in GBK; accents in pairs are no Chinese.
func TestChinese(t *testing.T) {
	m, list := Parse("m.mdl", []byte("\xc8\xcb\xbf\xda = 3 ~~|\n\xca\xa4 = \xc8\xcb\xbf\xda ~~|"+clockText), nil, model.ImportOptions{})
	if list.HasErrors() || m.Variables[0].Name != "人口" {
		t.Errorf("%v %q", list, m.Variables[0].Name)
	}
	m, list = Parse("m.mdl", []byte("popula\xe7\xe3o = 3 ~~|"+clockText), nil, model.ImportOptions{})
	if list.HasErrors() || m.Variables[0].Name != "população" {
		t.Errorf("%v %q", list, m.Variables[0].Name)
	}
}

// Mappings between ranges of other lengths are told where they stand, and nothing
// breaks on them.
func TestUnevenMappings(t *testing.T) {
	_, list := parse(t, "A: a1, a2 -> B ~~|\nB: b1 ~~|\nC: c1 -> (A: a1, a2) ~~|\nD: d1, d2, d3 -> (A: a1, a2) ~~|\n"+
		"x[A] = 1 ~~|\ny[B] = x[A] ~~|\nw[C] = 3 ~~|\nz[A] = w[C] ~~|\nu[D] = x[A] ~~|")
	var got []string
	for _, d := range list {
		got = append(got, d.Message)
	}
	want := []string{
		"A has 2 elements, but B, to which it maps, has 1", "C has 1 element, but its mapping to A lists 2",
		"D has 3 elements, but its mapping to A lists 2", "z: no element of C maps to a2", "u: no element of A maps to d3",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What is forgotten or broken by hand is told where it stands.
func TestSlips(t *testing.T) {
	for _, c := range []struct{ what, equations, message, hint string }{
		{"no bar", "x = 3 ~ dmnl ~ what x is\ny = 4 ~ dmnl ~ |\nz = 5 ~~|", "this line is in the comment of x and is not read as an equation", "write | before it, at the end of the equation above"},
		{"a quotation mark alone", "x = \"the rate + 2 ~~|", "the text that begins with \" here never ends", "write another \" where it ends"},
		{"an apostrophe alone", "x = 'the rate + 2 ~~|", "the text that begins with ' here never ends", "write another ' where it ends"},
	} {
		m, list := parse(t, c.equations)
		if len(list) == 0 || list[0].Message != c.message || list[0].Hint != c.hint {
			t.Errorf("%s: %s", c.what, rendered(list, m))
		}
	}
	for text, want := range map[string]string{
		"\\\\\\---/// Sketch information\nV300\n*View 1\n": "there are no equations",
		"{UTF-8}\n": "there are no equations",
	} {
		if _, list := Parse("m.mdl", []byte(text), nil, model.ImportOptions{}); len(list) != 1 || list[0].Message != want {
			t.Errorf("%q: %v", text, list)
		}
	}
	// Tildes and equal signs in a comment are no slip.
	if m, list := parse(t, "x = 3 ~ dmnl ~ about ~5, or ~6:\n\t\ta = b ~\n\t\t~ |"); len(list) > 0 {
		t.Error(rendered(list, m))
	}
}

// A group's head may stand right before an equation, and its comment may lack its bar.
func TestGroups(t *testing.T) {
	stars := strings.Repeat("*", 56)
	for what, head := range map[string]string{
		"as Vensim writes it": stars + "\n\t.Control\n" + stars + "~\n\t\tParameters\n\t|\n",
		"bare":                stars + "\n\t.Control\n" + stars + "\n",
		"without a bar":       stars + "\n\t.Control\n" + stars + "~\n\t\tParameters\n",
	} {
		t.Run(what, func(t *testing.T) { equal(t, simulate(t, head+"y = 4 ~~|\nx = y + 1 ~~|"), "x", 5) })
	}
}

// UTF-16 is known by its zeros, too.
func TestUnmarkedUTF16(t *testing.T) {
	var little, big []byte
	for _, r := range "größe = 3 ~~|" + clockText {
		little, big = append(little, byte(r), byte(r>>8)), append(big, byte(r>>8), byte(r))
	}
	for what, raw := range map[string][]byte{"little": little, "big": big} {
		if m, list := Parse("m.mdl", raw, nil, model.ImportOptions{}); list.HasErrors() || m.Variables[0].Name != "größe" {
			t.Errorf("%s: %v", what, list)
		}
	}
}

// Comments in braces may hold others; :IGNORE: is for drawings of causes.
func TestLeftOut(t *testing.T) {
	for what, equation := range map[string]string{
		"a comment in a comment": "x = 2 {two {or | three ~} pieces} + 1 ~~|",
		"a brace alone":          "x = 3 {about { three} ~ dmnl ~ set { by hand |",
		"causes to ignore":       "y = 1 ~~|\nx = 3 :IGNORE: y ~~|",
	} {
		t.Run(what, func(t *testing.T) { equal(t, simulate(t, equation), "x", 3) })
	}
}

// DELAYP names what is on its way: here always input times delay, as it starts in
// balance; and what came in without having come out where it does not.
func TestPipeline(t *testing.T) {
	columns := simulate(t, "D: d1, d2 ~~|\nin[D] = 3, 5 ~~|\nlate[D] = DELAYP(in[D], 4 : on the way[D]) ~~|\n"+
		"send = STEP(6, 2) ~~|\nget = DELAYP(send, 2 : sent) ~~|\nsum = INTEG(send - get, 0) ~~|\nx = sent - sum ~~|\nplain = DELAYP(send, 2) - get ~~|")
	equal(t, columns, "on the way[d1]", 12)
	equal(t, columns, "on the way[d2]", 20)
	equal(t, columns, "late[d2]", 5)
	equal(t, columns, "sent", 0, 0, 0, 6, 12)
	equal(t, columns, "x", 0)
	equal(t, columns, "plain", 0)
}
