package xmile_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"weir/model"
	"weir/model/xmile"
)

// byVensim is a file that Vensim itself has exported.
func byVensim(variables string) file {
	return file{vendor: "Ventana Systems, Inc.", product: "Vensim", variables: variables}
}

// byStella is a file of Stella's.
func byStella(variables string) file {
	return file{vendor: "isee systems, inc.", product: "Stella Architect", variables: variables}
}

const farms = `<dimensions><dim name="Farm"><elem name="hill"/><elem name="vale"/></dim></dimensions>`

// over is a variable over the farms.
const over = `<dimensions><dim name="Farm"/></dimensions>`

// otherTools are files of other tools, each with a column that it must have: the values
// that the tool which wrote the file computes, from its own manual or by hand.
var otherTools = []struct {
	name   string
	file   file
	column string
	want   []float64
}{
	// Vensim's manual, PULSE(start, width): 1 from 1 up to 3.
	{"PULSE has a width", byVensim(`<aux name="a"><eqn>PULSE(1, 2)</eqn></aux>`), "a", []float64{0, 1, 1, 0, 0}},
	// Two stages of 1.5 each hold 7.5 at first: 7.5, 6.5, 37/6, 109/18 and 7.5, 7.5, 41/6, 115/18, 37/6.
	{"DELAY N is a stock", byVensim(`<stock name="out"><eqn>DELAY_N(feed, 3, 5, 2)</eqn></stock><aux name="feed"><eqn>4</eqn></aux>`),
		"out", []float64{5, 5, 41.0 / 9, 115.0 / 27, 37.0 / 9}},
	// The same stages with the net flow (input - level) / 1.5 of a smooth.
	{"SMOOTH N", byVensim(`<aux name="out"><eqn>SMOOTH_N(feed, 3, 5, 2)</eqn></aux><aux name="feed"><eqn>4</eqn></aux>`),
		"out", []float64{5, 5, 41.0 / 9, 115.0 / 27, 37.0 / 9}},
	// entering is 3, and 6 from 2 on; two units of time later it leaves.
	{"DELAY FIXED is a stock and a flow", byVensim(`<stock name="leaving"><eqn>
			DELAY_FIXED(entering, 2, 0)
		</eqn></stock><aux name="entering"><eqn>3 + STEP(3,2)</eqn></aux>
		<stock name="room"><eqn>0</eqn><inflow>entering</inflow><outflow>leaving</outflow></stock>`),
		"leaving", []float64{0, 0, 3, 3, 6}},
	{"a name before the equation", byVensim(`<stock name="leaving"><eqn>leaving= DELAY_FIXED(entering, 2, 0)</eqn></stock>
		<aux name="entering"><eqn>3 + STEP(3,2)</eqn></aux>`), "leaving", []float64{0, 0, 3, 3, 6}},
	// A stock that is no delay keeps its initial value.
	{"a stock without flows", byVensim(`<stock name="a"><eqn>MAX(x, 2)</eqn></stock><aux name="x"><eqn>Time</eqn></aux>`),
		"a", []float64{2, 2, 2, 2, 2}},
	{"a whole dimension as an element", file{vendor: "Ventana Systems, Inc.", product: "Vensim", top: farms,
		variables: `<stock name="Sheep">` + over + `<element subscript="Farm"><eqn>flock[Farm]</eqn><inflow>lambs</inflow></element></stock>
		<aux name="lambs">` + over + `<eqn>Sheep[Farm]*0.5</eqn></aux><aux name="flock">` + over + `<eqn>80,20 </eqn></aux>`},
		"Sheep[vale]", []float64{20, 30, 45, 67.5, 101.25}},
	{"a whole dimension beside an element", file{top: `<dimensions><dim name="Farm" size="2"/><dim name="Kind" size="2"/></dimensions>`,
		variables: `<aux name="a"><dimensions><dim name="Farm"/><dim name="Kind"/></dimensions><element subscript="Farm, 1"><eqn>7</eqn></element>
		<element subscript="Farm, 2"><eqn>TIME * Farm</eqn></element></aux>`}, "a[2,2]", []float64{0, 2, 4, 6, 8}},
	{"numbers of whole dimensions", file{top: `<dimensions><dim name="Farm" size="1"/><dim name="Kind" size="2"/></dimensions>`,
		variables: `<aux name="a"><dimensions><dim name="Farm"/><dim name="Kind"/></dimensions><element subscript="Farm, 1"><eqn>7</eqn></element>
		<element subscript="Farm, 2"><eqn>8</eqn></element></aux><aux name="b"><eqn>a[1, 2] + TIME</eqn></aux>`}, "b", []float64{8, 9, 10, 11, 12}},
	{"graphs of whole dimensions", file{top: `<dimensions><dim name="Farm" size="2"/><dim name="Kind" size="2"/></dimensions>`,
		variables: `<aux name="a"><dimensions><dim name="Farm"/><dim name="Kind"/></dimensions><element subscript="Farm, 1"><eqn>TIME</eqn><gf><xscale min="0" max="4"/><ypts>0,8</ypts></gf></element>
		<element subscript="Farm, 2"><eqn>TIME</eqn><gf><xscale min="0" max="4"/><ypts>4,0</ypts></gf></element></aux>`}, "a[2,1]", []float64{0, 2, 4, 6, 8}},
	{"a subrange as an element", file{top: `<dimensions><dim name="Farm"><elem name="hill"/><elem name="vale"/><elem name="moor"/></dim>
		<dim name="Low"><elem name="vale"/><elem name="moor"/></dim></dimensions>`,
		variables: `<aux name="a">` + over + `<element subscript="hill"><eqn>1</eqn></element><element subscript="Low"><eqn>TIME</eqn></element></aux>`},
		"a[moor]", []float64{0, 1, 2, 3, 4}},
	{"a graphical function in an equation", byVensim(`<aux name="a"><eqn>WITH_LOOKUP(Time, ([(0,0)-(10,10)],(0,-1),(2,3),(3,3)))</eqn></aux>`),
		"a", []float64{-1, 1, 3, 3, 3}},
	{"a graphical function without a range", byVensim(`<aux name="a"><eqn>WITH_LOOKUP(((Time)+1)*1, ((0,-1),(2,3),(3,3))) + ((1))</eqn></aux>`),
		"a", []float64{2, 4, 4, 4, 4}},
	{"a lookup as an equation", byVensim(`<aux name="table"><eqn>([(0,0)-(10,10)],(0,1),(4,5))</eqn></aux><aux name="a"><eqn>table(Time)</eqn></aux>`),
		"a", []float64{1, 2, 3, 4, 5}},
	// Vensim's manual: the last input while the condition was true. 3 and 4 are the times above 2.
	{"SAMPLE IF TRUE is a stock", byVensim(`<stock name="a"><eqn>SAMPLE_IF_TRUE(Time &gt; 2, Time, 0)</eqn></stock>`), "a", []float64{0, 0, 0, 3, 4}},
	// Stella's MOD binds weaker than multiplication: TIME MOD (2 * 2).
	{"MOD of Stella", byStella(`<aux name="a"><eqn>TIME MOD 2 * 2</eqn></aux>`), "a", []float64{0, 1, 2, 3, 0}},
	{"MOD of Stella in a sum", byStella(`<aux name="a"><eqn>1 + TIME MOD 2 * 2</eqn></aux>`), "a", []float64{1, 2, 3, 4, 1}},
	// In the standard they are of one level (3.3.1): (TIME MOD 2) * 2.
	{"MOD of the standard", file{variables: `<aux name="a"><eqn>TIME MOD 2 * 2</eqn></aux>`}, "a", []float64{0, 2, 0, 2, 0}},
	// XMILE 1.0, 3.3.2: parentheses with a number hold the flat index of an array.
	{"a flat index", file{top: farms, variables: `<aux name="price">` + over + `<eqn>Farm*100</eqn></aux><aux name="a"><eqn>price(2)</eqn></aux>`},
		"a", []float64{200, 200, 200, 200, 200}},
	{"a computed flat index", file{top: farms, variables: `<aux name="price">` + over + `<eqn>Farm*100</eqn></aux><aux name="a"><eqn>price(TIME)</eqn></aux>`},
		"a", []float64{0, 100, 200, 0, 0}},
	// A limit that never binds.
	{"INF is a value", byStella(`<aux name="ceiling"><eqn>INF</eqn></aux><aux name="a"><eqn>MIN(TIME, ceiling)</eqn></aux>`),
		"a", []float64{0, 1, 2, 3, 4}},
	{"-INF is a value", byStella(`<aux name="floor"><eqn>-INF</eqn></aux><aux name="a"><eqn>MAX(TIME, floor)</eqn></aux>`),
		"a", []float64{0, 1, 2, 3, 4}},
	{"INF of all elements", file{vendor: "isee systems, inc.", product: "Stella", top: farms, variables: `<aux name="ceiling">` + over +
		`<element subscript="hill"><eqn>INF</eqn></element><element subscript="vale"><eqn>INF</eqn></element></aux>
		<aux name="a"><eqn>MIN(TIME, ceiling[vale])</eqn></aux>`}, "a", []float64{0, 1, 2, 3, 4}},
	// NAN is no value on a graph; weir's na, -2^109, is shown as none.
	{"NAN that nothing reads", byStella(`<aux name="a"><eqn>IF TIME &lt; 2 THEN NAN ELSE TIME</eqn></aux>`),
		"a", []float64{-math.Pow(2, 109), -math.Pow(2, 109), 2, 3, 4}},
}

// Tools write the same word for different things, and write outside of the standard.
func TestValuesOfOtherTools(t *testing.T) {
	for _, c := range otherTools {
		t.Run(c.name, func(t *testing.T) { is(t, run(t, c.file.text()), c.column, c.want...) })
	}
}

// A step may have its name before it in a file of Vensim's: half steps to 4 are nine rows.
func TestStepWithItsName(t *testing.T) {
	text := strings.Replace(byVensim(`<aux name="a"><eqn>PULSE(1, TIME_STEP) / TIME_STEP</eqn></aux>`).text(),
		"<dt>1</dt>", "<dt> TIME_STEP=0.5</dt>", 1)
	is(t, run(t, text), "a", 0, 0, 2, 0, 0, 0, 0, 0, 0)
}

// STELLA and iThink 10 wrote variables into <model> itself. Moss grows by 10 % in each of
// four steps: 3 * 1.1^4.
func TestVariablesInTheModel(t *testing.T) {
	text := byStella(`<stock name="Moss"><eqn>3</eqn><inflow>grow</inflow></stock><flow name="grow"><eqn>Moss*rate</eqn></flow>
		<aux name="rate"><eqn>0.1</eqn></aux>`).text()
	text = strings.NewReplacer("<variables>", "", "</variables>", "<views/>").Replace(text)
	is(t, run(t, text), "Moss", 3, 3.3, 3.63, 3.993, 4.3923)
}

// A NAN that an equation reads stays one, and so does what follows from it.
func TestNaNThatIsRead(t *testing.T) {
	m, list := parse(t, byStella(`<aux name="a"><eqn>NAN</eqn></aux><aux name="b"><eqn>a + 1</eqn></aux>`).text())
	if v := m.Variable("a"); v.Equation.Text != "nan" || len(list) > 0 {
		t.Errorf("a is %q, want nan\n%s", v.Equation.Text, rendered(list, m))
	}
}

// A flow out of two stocks takes all of it from each; both lose, and the reader is told.
func TestSharedFlow(t *testing.T) {
	m, list := parse(t, file{variables: `<stock name="a"><eqn>5</eqn><outflow>leave</outflow></stock>
		<stock name="b"><eqn>9</eqn><outflow>leave</outflow></stock><flow name="leave"><eqn>1</eqn></flow>`}.text())
	if len(list) != 1 || list[0].Code != xmile.SharedFlow || !strings.Contains(list[0].Message, "each loses all of it") {
		t.Error(rendered(list, m))
	}
	got := numbers(t, m)
	is(t, got, "a", 5, 4, 3, 2, 1)
	is(t, got, "b", 9, 8, 7, 6, 5)
}

// A mistake has one message, with its place and a way out.
func TestMistakesOnce(t *testing.T) {
	var names []string
	var long strings.Builder
	for i := range 500 {
		names = append(names, fmt.Sprintf("n%d_%s", i, strings.Repeat("x", 400)))
		fmt.Fprintf(&long, `<aux name="%s"><eqn>1</eqn></aux>`, names[i])
	}
	for _, c := range []struct {
		name          string
		file          file
		message, hint string
	}{
		{"a missing sign", byStella(`<aux name="rate"><eqn>2</eqn></aux><aux name="a"><eqn>rate(TIME)</eqn></aux>`),
			"a: rate is not a graphical function", "to multiply, write *"},
		{"a flat index beyond the array", file{top: farms, variables: `<aux name="p">` + over + `<eqn>1</eqn></aux><aux name="a"><eqn>p(3)</eqn></aux>`},
			"a: p has the elements 1 to 2, not 3", ""},
		{"an element without a name", file{top: `<dimensions><dim name="D"><elem name="a"/><elem/></dim></dimensions>`, variables: `<aux name="x"><eqn>1</eqn></aux>`},
			"an element of the dimension D has no name", `write <elem name="…"/>`},
		{"500,000 terms", file{variables: `<aux name="a"><eqn>1` + strings.Repeat("+1", 500_000) + `</eqn></aux>`},
			"a: the equation has more than 50000 operators", "name parts of it as auxiliaries"},
		{"500 long names", file{variables: long.String() + `<aux name="a"><eqn>` + strings.Join(names, "+") + `</eqn></aux>`},
			"a: the equation has more than 100000 characters when it is written out", "name parts of it as auxiliaries"},
		{"a graphical function without points", byVensim(`<aux name="a"><eqn>WITH_LOOKUP(Time, ([(0,0)-(1,1)]))</eqn></aux>`),
			"a: the graphical function has no points", ""},
		{"a graphical function with half a point", byVensim(`<aux name="a"><eqn>WITH_LOOKUP(Time, ([(0,0)-(1,1)],(1)))</eqn></aux>`),
			"a: ) is no part of a point", "write (x, y)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, list := xmile.Parse("test.xmile", []byte(c.file.text()), nil, model.ImportOptions{})
			if len(list) != 1 || !list.HasErrors() || list[0].Message != c.message || list[0].Hint != c.hint {
				t.Errorf("got %d messages, the first %.300q (%q), want %q (%q)", len(list), list[0].Message, list[0].Hint, c.message, c.hint)
			}
		})
	}
}

// Hostile files have bounded reports: 50 mistakes of one equation, then one that says that
// there are more; macros and modules without end have one message for each place.
func TestReportsAreBounded(t *testing.T) {
	var names, macros, modules strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&names, "+ q%d ", i)
	}
	for i := range 40 {
		fmt.Fprintf(&macros, `<macro name="M%d"><parm>x</parm><eqn>M%d(x) + M%d(x + 1)</eqn></macro>`, i, i+1, i+1)
	}
	for i := range 200 {
		fmt.Fprintf(&modules, `<model name="m%d"><variables><module name="m%d"/></variables></model>`, i, i+1)
	}
	for name, c := range map[string]struct {
		file  file
		most  int
		holds string
	}{
		"20,000 unknown names": {file{variables: `<aux name="a"><eqn>1 ` + names.String() + `</eqn></aux>`}, 51, "a: there are more mistakes in this equation"},
		"40 doubling macros":   {file{top: macros.String(), variables: `<aux name="a"><eqn>M0(2)</eqn></aux>`}, 12, "macros are called more than 5000 times"},
		"200 nested modules":   {file{top: modules.String(), variables: `<module name="m0"/>`}, 1, "modules are nested more than 100 deep"},
	} {
		t.Run(name, func(t *testing.T) {
			_, list := xmile.Parse("test.xmile", []byte(c.file.text()), nil, model.ImportOptions{})
			var all strings.Builder
			for _, d := range list {
				fmt.Fprintln(&all, d.Message)
			}
			if len(list) > c.most || !strings.Contains(all.String(), c.holds) {
				t.Errorf("%d messages: %.500s\nwant at most %d, with %q", len(list), all.String(), c.most, c.holds)
			}
		})
	}
}

// chain is a model in which each variable names the one before it twice: 2^n ways lead
// from the last one to the first.
func chain(n int) string {
	var b strings.Builder
	b.WriteString(`<aux name="x0"><eqn>2</eqn></aux>`)
	for i := range n {
		fmt.Fprintf(&b, `<aux name="x%d"><eqn>(x%d + x%d) / 2</eqn></aux>`, i+1, i, i)
	}
	fmt.Fprintf(&b, `<aux name="late"><eqn>DELAYN(x%d, 3, x%d)</eqn></aux>`, n, n)
	return file{variables: b.String()}.text()
}

// The order of a delay that follows from a chain of diamonds is found in linear time: an
// evaluation of all ways would never end.
func TestConstantsThroughDiamonds(t *testing.T) {
	m, _ := parse(t, chain(60))
	if v := m.Variable("late"); v.Equation.Text != "delay_n(x60, 3, 2)" {
		t.Errorf("late is %s, want a delay of order 2", v.Equation.Text)
	}
}

func BenchmarkParse(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		wide := file{variables: strings.Repeat(`<aux name="a"><eqn>1 + 2 * TIME</eqn></aux>`, 1)}.text()
		var all strings.Builder
		for i := range n {
			fmt.Fprintf(&all, `<aux name="v%d"><eqn>MAX(0, v%d) * 2 + TIME</eqn></aux>`, i, i/2)
		}
		tree := strings.Replace(wide, "</variables>", all.String()+"</variables>", 1)
		for name, text := range map[string]string{"diamonds": chain(n), "tree": tree} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for range b.N {
					xmile.Parse("test.xmile", []byte(text), nil, model.ImportOptions{})
				}
			})
		}
	}
}
