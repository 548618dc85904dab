package xmile_test

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/xmile"
)

// Files as they are found: each is read, and what is wrong with it is said.
func TestLenient(t *testing.T) {
	good := file{variables: `<aux name="a"><eqn>2 * 3</eqn></aux>`}.text()
	for _, c := range []struct{ name, from, to, warning string }{
		{"a prefix that nothing declares", `<aux name="a">`, `<isee:thing isee:x="1"/><aux name="a" isee:y="2">`, ""},
		{"two hyphens in a comment", `<aux name="a">`, `<!-- a -- b --><aux name="a">`, ""},
		{"an end tag without a start", `</variables>`, `</variables></views>`, "</views> closes nothing"},
		{"an end tag that is missing", `</eqn></aux>`, `</eqn></aux><group name="g">`, "closes <group>, too"},
		{"a CDATA section", `2 * 3`, `<![CDATA[2 * 3]]>`, ""},
		{"a comment within an equation", `2 * 3`, `2 <!-- times --> * 3`, ""},
		{"entities", `2 * 3`, `IF 1 &lt; 2 AND 2 &#62; 1 THEN 6 ELSE 0`, ""},
		{"an entity that nothing declares", `<aux name="a">`, `<aux name="a"><doc>&nbsp;</doc>`, "&nbsp; is not known"},
		{"an entity of HTML in an equation", `2 * 3`, `2&nbsp;* 3`, "&nbsp; is not known in XML, and read as in HTML"},
		{"quotation marks in a name's declaration", `2 * 3</eqn></aux>`, `"b c" * b_c</eqn></aux><aux name="&quot;b c&quot;"><eqn>SQRT(6)</eqn></aux>`, ""},
		{"an ampersand alone", `<aux name="a">`, `<aux name="a"><doc>R & D</doc>`, "this & begins no entity"},
		{"an attribute without quotes", `<aux name="a">`, `<aux name=a>`, "has no quotes"},
		{"not behind what it negates", `2 * 3`, `IF 0 not THEN 6 ELSE 0`, "not is written behind"},
		{"values from another file, as a comment", `2 * 3`, `6{GET_DIRECT_CONSTANTS('c.csv',_',',_'B2')}`, "its values were in another file"},
		{"line ends of Vensim", `2 * 3`, "2 \\\n * 3", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, list := parse(t, strings.Replace(good, c.from, c.to, 1))
			is(t, numbers(t, m), "a", constant(6)...)
			said := rendered(list, m)
			if c.warning == "" && len(list) > 0 || !strings.Contains(said, c.warning) {
				t.Errorf("it says\n%swant %q", said, c.warning)
			}
		})
	}
}

// The standard's own names may have a prefix, and drafts of it had the clock within the
// model.
func TestOtherLayouts(t *testing.T) {
	good := file{variables: `<aux name="a"><eqn>6</eqn></aux>`}.text()
	specs := good[strings.Index(good, "<sim_specs"):strings.Index(good, "<model>")]
	for name, text := range map[string]string{
		"prefix": regexp.MustCompile(`<(/?)([a-z])`).ReplaceAllString(strings.Replace(good, "xmlns=", "xmlns:x=", 1), "<${1}x:$2"),
		"draft":  strings.Replace(strings.Replace(good, specs, "", 1), "<model>", "<model>"+specs, 1),
		"run":    strings.ReplaceAll(good, "sim_specs", "run_specs"),
	} {
		m, list := parse(t, text)
		if is(t, numbers(t, m), "a", constant(6)...); len(list) > 0 {
			t.Errorf("%s: it says %s", name, rendered(list, m))
		}
	}
}

func TestEncodings(t *testing.T) {
	text := file{variables: `<aux name="Café"><eqn>1</eqn></aux><aux name="b"><eqn>CAFÉ + 1</eqn></aux>`}.text()
	var wide []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	var narrow []byte
	for _, r := range strings.Replace(text, "utf-8", "iso-8859-1", 1) {
		narrow = append(narrow, byte(r))
	}
	declared := func(name string, e encoding.Encoding) []byte {
		raw, err := e.NewEncoder().String(strings.NewReplacer("utf-8", name, "Café", "Рост", "CAFÉ", "РОСТ").Replace(text))
		if err != nil {
			t.Fatal(err)
		}
		return []byte(raw)
	}
	for name, raw := range map[string][]byte{"UTF-8": []byte("\ufeff" + text), "UTF-16": wide, "Windows-1252": narrow,
		"windows-1251": declared("windows-1251", charmap.Windows1251), "shift_jis": declared("shift_jis", japanese.ShiftJIS)} {
		m, list := xmile.Parse("test.xmile", raw, nil, model.ImportOptions{})
		if list.HasErrors() {
			t.Fatal(name, rendered(list, m))
		}
		is(t, numbers(t, m), "b", constant(2)...)
		if name != "UTF-8" && !strings.Contains(rendered(list, m), "read as "+name) {
			t.Errorf("nothing says that the file is %s", name)
		}
	}
}

// What is wrong is said in the file's own names, at its place in the file.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		name, variables, place, code, message string
	}{
		{"a name that is not there", "<aux name=\"Birth Rate\"><eqn>1</eqn></aux>\n<aux name=\"a\"><eqn>2 &lt; birth_rat</eqn></aux>", "8:27", "unknown-name", "birth_rat is not in the model"},
		{"a function that is not there", `<aux name="a"><eqn>QELEM(1)</eqn></aux>`, "7:20", "not-supported", "the function QELEM is not supported"},
		{"a syntax error", `<aux name="a"><eqn>1 + + * 2</eqn></aux>`, "7:26", "syntax", "* cannot stand where a value should"},
		{"what a translator could not translate", `<aux name="a"><eqn> ??? </eqn></aux>`, "7:21", "syntax", "? is written in the place of a value"},
		{"an equation that says nothing", `<aux name="My Aux"/>`, "7:1", "missing-element", "My Aux has no equation"},
		{"a flow that is not there", "<stock name=\"s\"><eqn>1</eqn>\n<inflow>tpa</inflow></stock>\n<flow name=\"tap\"><eqn>1</eqn></flow>", "8:9", "unknown-flow", `the inflow "tpa"`},
		{"two of a name", "<aux name=\"a b\"><eqn>1</eqn></aux>\n<aux name=\"A_B\"><eqn>1</eqn></aux>", "8:1", "duplicate-name", "A_B is declared twice"},
		{"a dimension that is not there", `<aux name="a"><dimensions><dim name="Nowhere"/></dimensions><eqn>1</eqn></aux>`, "7:27", "unknown-dimension", `there is no dimension "Nowhere"`},
		{"a cycle, in the words of the file", "<aux name=\"Hen Count\"><eqn>Egg_Count</eqn></aux>\n<aux name=\"Egg Count\"><eqn>hen_count</eqn></aux>", "7:28", "cycle", "simultaneous equations: Hen Count → Egg Count → Hen Count"},
		{"a wrong number of arguments", `<aux name="a"><eqn>SMTH1(1)</eqn></aux>`, "7:20", "argument-count", "SMTH1 takes 2 to 3 arguments, not 1"},
		{"a queue", `<stock name="q"><eqn>1</eqn><queue/></stock>`, "7:29", "not-supported", "q: a queue is not supported"},
		{"what comes out of an oven", "<flow name=\"done\"/>\n" + `<stock name="kiln"><eqn>1</eqn><outflow>done</outflow><oven/></stock>`, "7:1", "not-supported", "done: the outflow of kiln is not supported"},
		{"a conveyor of no length", `<stock name="c"><eqn>1</eqn><outflow>o</outflow><conveyor><len> {days} </len></conveyor></stock><flow name="o"/>`, "7:49", "missing-key", "c: the conveyor has no <len>"},
		{"numbers of x and y that do not match", `<aux name="a"><eqn>1</eqn><gf><xpts>1,2</xpts><ypts>1</ypts></gf></aux>`, "7:27", "bad-points", "2 values of x and 1 of y"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, list := xmile.Parse("test.xmile", []byte(file{variables: c.variables}.text()), nil, model.ImportOptions{})
			if !list.HasErrors() {
				_, list = model.Check(m)
			}
			d := list[0]
			line, column := diagnostic.Position(m.Files["test.xmile"], d.Span.Start)
			if got := fmt.Sprintf("%d:%d", line, column); got != c.place || string(d.Code) != c.code || !strings.Contains(d.Message, c.message) {
				t.Errorf("%s %s: %s\nwant %s %s: %s\n%s", got, d.Code, d.Message, c.place, c.code, c.message, rendered(list, m))
			}
		})
	}
}

// Files that are no models at all, or the ruins of one.
func TestNoModel(t *testing.T) {
	whole := file{variables: `<aux name="a"><eqn>1</eqn></aux>`}.text()
	for text, want := range map[string]string{
		"":                           "there is no XML in this file",
		"{UTF-8}\na = 1 ~~|":         "there is no XML in this file",
		"<html><body></body></html>": "this is <html>, not an XMILE model",
		whole[:len(whole)-30]:        "the file ends within <",
		file{}.text():                "there is nothing to run",
		whole[:20]:                   "never closed",
		strings.Replace(whole, "<stop>4</stop>", "", 1):                         "has no <stop>",
		strings.Replace(whole, "<stop>4</stop>", "<stop>x</stop>", 1):           `<stop> is "x", which is not a number`,
		strings.Replace(whole, "<stop>4</stop>", "<stop>-1</stop>", 1):          "which is not after its start",
		strings.Replace(whole, "<dt>1</dt>", "<dt>1e-12</dt>", 1):               "a step of 1e-12 makes",
		strings.Replace(whole, "<dt>1</dt>", "<dt>0</dt>", 1):                   "the step must be more than 0",
		strings.Replace(whole, "<sim_specs >", `<sim_specs method="Runge">`, 1): "the integration method Runge is not known",
	} {
		m, list := xmile.Parse("test.xmile", []byte(text), nil, model.ImportOptions{})
		if !list.HasErrors() || !strings.Contains(rendered(list, m), want) || !m.Broken {
			t.Errorf("%.40q: %swant %q", text, rendered(list, m), want)
		}
	}
}

// With parts left out the model goes on, and what rests on them is known.
func TestPartial(t *testing.T) {
	text := []byte(file{variables: `<aux name="Odd One"><eqn>QELEM(1) + 2</eqn></aux><aux name="user"><eqn>Odd_One * 2</eqn></aux><aux name="other"><eqn>5</eqn></aux>`}.text())
	m, list := xmile.Parse("test.xmile", text, nil, model.ImportOptions{AllowPartial: true})
	if list.HasErrors() || len(list) != 1 || list[0].Code != model.NotSupported {
		t.Fatal(rendered(list, m))
	}
	if got := m.Variable("odd_one").Equation.Text; got != "na" {
		t.Errorf("what is left of it is %q; a number would pass for its value", got)
	}
	r, _ := model.Check(m)
	if got := strings.Join(model.Affected(m.Imported, r), " "); got != "odd_one user" {
		t.Errorf("affected are %q, want odd_one and user", got)
	}
}

// Small files that would grow without bound are refused, or stay small.
func TestBombs(t *testing.T) {
	var entities, macros, definitions strings.Builder
	entities.WriteString(`<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">`)
	for i := 1; i < 20; i++ {
		fmt.Fprintf(&entities, `<!ENTITY a%d "&a%d;&a%d;&a%d;&a%d;&a%d;">`, i, i-1, i-1, i-1, i-1, i-1)
		fmt.Fprintf(&macros, `<macro name="M%d"><parm>x</parm><eqn>M%d(x) + M%d(x) + M%d(x)</eqn></macro>`, i, i-1, i-1, i-1)
		fmt.Fprintf(&definitions, `<unit name="u%d"><eqn>%s</eqn></unit>`, i, strings.Repeat(fmt.Sprintf("u%d * ", i-1), 40)+"m")
	}
	entities.WriteString("]>")
	deep := strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000)
	wide := `<dim name="d" size="10000"/><dim name="e" size="10000"/>`
	for name, f := range map[string]file{
		"macros within macros":   {top: macros.String(), variables: `<aux name="a"><eqn>M19(1)</eqn></aux>`},
		"a macro of itself":      {top: `<macro name="M"><parm>x</parm><eqn>M(x) + M(x)</eqn></macro>`, variables: `<aux name="a"><eqn>M(1)</eqn></aux>`},
		"a model within itself":  {top: `<model name="b"><variables><module name="b"/><module name="c"/></variables></model><model name="c"><variables><module name="b"/><module name="c"/></variables></model>`, variables: `<module name="b"/>`},
		"parentheses":            {variables: `<aux name="a"><eqn>` + deep + `</eqn></aux>`},
		"elements in elements":   {top: strings.Repeat("<a>", 100_000)},
		"a dimension too large":  {top: `<dimensions><dim name="d" size="1000000000"/></dimensions>`, variables: `<aux name="a"><eqn>1</eqn></aux>`},
		"an array too large":     {top: `<dimensions>` + wide + `</dimensions>`, variables: `<aux name="a"><dimensions><dim name="d"/><dim name="e"/></dimensions><eqn>1</eqn></aux>`},
		"templates in templates": {variables: `<aux name="a"><eqn>` + strings.Repeat("LOGNORMAL(", 60) + "1" + strings.Repeat(", 1)", 60) + `</eqn></aux>`},
	} {
		t.Run(name, func(t *testing.T) {
			m, list := xmile.Parse("test.xmile", []byte(f.text()), nil, model.ImportOptions{})
			if !list.HasErrors() {
				_, list = model.Check(m)
			}
			if !list.HasErrors() {
				t.Error("nothing is wrong with it")
			}
		})
	}
	text := strings.Replace(file{variables: `<aux name="a"><doc>&a19;</doc><eqn>1</eqn></aux>`}.text(), "<xmile", entities.String()+"<xmile", 1)
	if m, _ := parse(t, text); len(m.Variable("a").About) > 10 {
		t.Error("an entity of the file's own was expanded")
	}
	m, _ := parse(t, file{top: "<model_units>" + definitions.String() + "</model_units>", variables: `<aux name="a"><eqn>1</eqn><units>u19</units></aux>`}.text())
	if len(m.Variable("a").Units) > 10_000 {
		t.Error("a unit grew")
	}
}

// FuzzParse reads any text: no panic, no hang, and every diagnostic lies in the file.
func FuzzParse(f *testing.F) {
	for _, c := range features {
		f.Add(c.file.text())
	}
	for _, c := range otherTools {
		f.Add(c.file.text())
	}
	f.Add(painted)
	f.Fuzz(func(t *testing.T, text string) {
		for _, partial := range []bool{false, true} {
			m, list := xmile.Parse("f.xmile", []byte(text), nil, model.ImportOptions{AllowPartial: partial})
			if !list.HasErrors() {
				_, more := model.Check(m)
				list = append(list, more...)
			}
			for _, d := range list {
				if s := d.Span; s.Start < 0 || s.End < s.Start || s.End > len(m.Files["f.xmile"]) || d.Message == "" {
					t.Fatalf("%s at %v of %d: %q", d.Code, s, len(m.Files["f.xmile"]), d.Message)
				}
			}
		}
	})
}

// FuzzEquation puts any equation into a model with arrays, graphs and a macro. What is
// sound is sound again when it has been written and read.
func FuzzEquation(f *testing.F) {
	for _, seed := range []string{"Sales[North] * 2", "SUM(Sales[*]) // 0", "IF a > 1 AND NOT b THEN 2 ELSE -3^2", "LOOKUP(effect, TIME) + effect(2)", "TWICE(a) + SMTH3(a, 8, 1)",
		"Sales[INT(a)]", "Sales[Region - 1]", "Region.North + SIZE(Region)", "MAX(Sales[North:South])", "RANK(Sales, 2)", "DELAYN(a, 9, 3)", `"K 12" MOD 5`, "PULSE(a, 1)", "PREVIOUS(SELF, 0)", "{x} 1e-3",
		"ROOTN(-a, 3)", "HISTORY(a, 2) + HISTORY(a, TIME - 2)", "RANK(Sales, 2, Sales)", "LOOKUPAREA(effect, a)", "INTERPOLATE(Sales, a)", "CGROWTH(a) + PMT(a, 2, 3) + FV(0, 1, a) + PV(a, 2, 3, 4)",
		"BINOMIAL(3, 0.5) + GAMMA(2, a, 1, 0, 3)", "POISSON(a, 1, 2, 3)", "SINWAVE(a, 4) * NAN", "LOOKUP(VMIN, Sales[*])", "QELEM(a)",
		"WITH_LOOKUP(a, ([(0,0)-(9,9)],(0,1),(2,-3)))", "Sales(2) + Sales(a)", "x = DELAY_FIXED(a, 2, 0)", "MIN(a, INF)", "IF a > 2 THEN NAN ELSE a MOD 2 * 3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, equation string) {
		for _, by := range []file{{}, {vendor: "isee systems, inc.", product: "Stella"}, {vendor: "Ventana Systems, Inc.", product: "Vensim"}} {
			again(t, equation, by)
		}
	})
}

// again reads an equation in a file of one tool, writes the model and reads it again.
func again(t *testing.T, equation string, by file) {
	t.Helper()
	var escaped strings.Builder
	xml.EscapeText(&escaped, []byte(equation))
	by.top = regions + `<macro name="TWICE"><parm>x</parm><eqn>2 * x</eqn></macro>`
	by.variables = sales + `
		<gf name="effect"><ypts>1,2,4</ypts></gf><aux name="a"><eqn>TIME + 1</eqn></aux><aux name="b"><eqn>0</eqn></aux><aux name="K 12"><eqn>7</eqn></aux>
		<aux name="x"><eqn>` + escaped.String() + `</eqn></aux><stock name="z"><eqn>` + escaped.String() + `</eqn></stock>
		<aux name="y"><dimensions><dim name="Region"/></dimensions><eqn>` + escaped.String() + `</eqn></aux>`
	m, list := xmile.Parse("f.xmile", []byte(by.text()), nil, model.ImportOptions{})
	if list.HasErrors() {
		return
	}
	became := func() string {
		if v := m.Variable("x"); v != nil {
			return v.Equation.Text
		}
		return "nothing"
	}
	r, more := model.Check(m)
	if more.HasErrors() || r == nil {
		for _, d := range more {
			if d.Code == model.Syntax || d.Code == model.UnknownFunction || d.Code == model.ArgumentCount || d.Code == model.UnknownName {
				t.Fatalf("%q became %q: %s", equation, became(), rendered(more, m))
			}
		}
		return
	}
	var b strings.Builder
	if _, err := xmile.Write(&b, m, r, ""); err != nil {
		t.Fatal(err)
	}
	back, list := xmile.Parse("back.xmile", []byte(b.String()), nil, model.ImportOptions{})
	if !list.HasErrors() {
		_, list = model.Check(back)
	}
	if list.HasErrors() {
		t.Fatalf("%q became %q, which is not read again:\n%s", equation, became(), rendered(list, back))
	}
}
