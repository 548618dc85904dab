package xmile_test

import (
	"math"
	"strings"
	"testing"

	"weir/model"
	"weir/model/xmile"
)

// Functions of Stella's own, with numbers that follow from their definition.
func TestStellaFunctions(t *testing.T) {
	const years = `<dimensions><dim name="Year" size="4"/></dimensions>`
	for _, c := range []feature{
		{"a root of odd order keeps the sign, an even one of a negative value is no number", file{variables: `
			<aux name="cube"><eqn>ROOTN(-8, 3)</eqn></aux><aux name="square"><eqn>ROOTN(9)</eqn></aux>
			<aux name="n"><eqn>IF TIME &lt; 2 THEN 3 ELSE 5</eqn></aux><aux name="later"><eqn>ROOTN(-32, n)</eqn></aux>`},
			map[string][]float64{"cube": constant(-2), "square": constant(3), "later": {-math.Cbrt(32), -math.Cbrt(32), -2, -2, -2}}},

		{"the history of a fixed time is 0 until it has come", file{variables: `
			<aux name="a"><eqn>TIME + 1</eqn></aux><aux name="then"><eqn>HISTORY(a, 2)</eqn></aux>
			<aux name="when"><eqn>1</eqn></aux><aux name="before"><eqn>HISTORY(a * 2, when)</eqn></aux><aux name="ago"><eqn>HISTORY(a, TIME - 2)</eqn></aux>`},
			map[string][]float64{"then": {0, 0, 3, 3, 3}, "before": {0, 4, 4, 4, 4}, "ago": {0, 0, 1, 2, 3}}},

		{"RANK: of equal elements, those with the smaller second value come first", file{top: years, variables: `
			<aux name="x"><dimensions><dim name="Year"/></dimensions><eqn>5, 3, 5, 3</eqn></aux>
			<aux name="y"><dimensions><dim name="Year"/></dimensions><eqn>2, 9, 1, 8</eqn></aux>
			<aux name="plain"><eqn>1000 * RANK(x, 1) + 100 * RANK(x, 2) + 10 * RANK(x, 3) + RANK(x, 4)</eqn></aux>
			<aux name="tied"><eqn>1000 * RANK(x, 1, y) + 100 * RANK(x, 2, y) + 10 * RANK(x, 3, y) + RANK(x, 4, y)</eqn></aux>`},
			map[string][]float64{"plain": constant(2413), "tied": constant(4231)}},

		{"the area under a graph, from its first point or between two", file{variables: `
			<gf name="g"><xpts>-1,1,3</xpts><ypts>0,4,4</ypts></gf>
			<aux name="all"><eqn>LOOKUPAREA(g, 3)</eqn></aux><aux name="part"><eqn>LOOKUPAREA(g, 1, 2)</eqn></aux>`},
			map[string][]float64{"all": constant(12), "part": constant(4)}},

		{"between the elements of an array", file{top: years, variables: `
			<aux name="x"><dimensions><dim name="Year"/></dimensions><eqn>10, 20, 40, 80</eqn></aux>
			<aux name="between"><eqn>INTERPOLATE(x[*], TIME / 4 - 0.1 * STEP(1, 5))</eqn></aux><aux name="beyond"><eqn>INTERPOLATE(x, 7)</eqn></aux>`},
			map[string][]float64{"between": {10, 17.5, 30, 50, 80}, "beyond": constant(80)}},

		{"CGROWTH makes up for the steps", file{specs: `method="Euler"`, variables: `
			<stock name="s"><eqn>100</eqn><inflow>f</inflow></stock><flow name="f"><eqn>s * CGROWTH(50)</eqn></flow>`},
			map[string][]float64{"s": {100, 150, 225, 337.5, 506.25}}},

		{"a loan of 100 at a tenth, paid back in two: 57.619…", file{variables: `
			<aux name="pay"><eqn>PMT(0.1, 2, 100, 0)</eqn></aux><aux name="owed"><eqn>FV(0.1, 2, pay, 100)</eqn></aux>
			<aux name="worth"><eqn>PV(0.1, 2, pay, 0)</eqn></aux><aux name="plain"><eqn>PMT(0, 4, 100) + FV(0, 2, 3, 4) + PV(0, 2, 3, 4)</eqn></aux>`},
			map[string][]float64{"pay": constant(-121. / 2.1), "owed": constant(0), "worth": constant(100), "plain": constant(-25 - 10 - 10)}},

		{"what no run before this one left", file{variables: `<aux name="a"><eqn>ENDVAL(TIME + 5)</eqn></aux><aux name="b"><eqn>ENDVAL(TIME, 7)</eqn></aux>`},
			map[string][]float64{"a": constant(5), "b": constant(7)}},

		{"shares of a normal distribution", file{variables: `
			<aux name="z"><eqn>NORMALCDF(-1, 1)</eqn></aux><aux name="x"><eqn>NORMALCDF(5, 7, 5, 2)</eqn></aux>
			<aux name="q"><eqn>INVNORM(0.5)</eqn></aux><aux name="y"><eqn>INVNORM(0.5, 5, TIME)</eqn></aux>`},
			map[string][]float64{"z": constant(0.6826894921370859), "x": constant(0.3413447460685429), "q": constant(0), "y": constant(5)}},

		{"an element at an offset from that of the equation", file{top: regions, variables: `
			<aux name="x"><dimensions><dim name="Region"/><dim name="Age"/></dimensions><eqn>Region * 10 + Age</eqn></aux>
			<aux name="y"><dimensions><dim name="Age"/></dimensions><eqn>VECTOR_ELM_MAP(x[1, Age], TIME)</eqn></aux>
			<aux name="z"><dimensions><dim name="Region"/></dimensions><eqn>VECTOR_ELM_MAP(x[Region, 1], 1)</eqn></aux>`},
			map[string][]float64{"y[1]": {11, 12, 21, 22, 31}, "y[2]": {12, 21, 22, 31, 32}, "z[South]": constant(22), "z[Far East]": constant(32)}},

		{"what translators leave of Vensim", file{variables: `
			<aux name="share"><eqn>DEPRECIATE_STRAIGHTLINE(8 * STEP(1, 1) - 8 * STEP(1, 2), 2, 1, 0)</eqn></aux>
			<aux name="late"><eqn>DELAY_MATERIAL(TIME, 2, 7, 0) + DELAY_INFORMATION(1, 2, 1) + TIME_BASE(1, 2)</eqn></aux>
			<aux name="worth"><eqn>NPVE(if TIME &lt; 2 then 8 else 0, 1, 0, 1)</eqn></aux><aux name="below"><eqn>NORMAL_CDF(0)</eqn></aux>
			<aux name="drawn"><eqn>RANDOM_POISSON(5, 5, 1, 0, 1, 7) + RANDOM_WEIBULL(1, 1, 2, 0, 1, 7) + RANDOM_TRIANGULAR(2, 2, 1, 2, 3, 7) + RANDOM_EXPONENTIAL(3, 3, 0, 1)</eqn></aux>
			<aux name="fixed"><eqn>RANDOM_PINK_NOISE(3, 0, 2, 7) + RANDOM_NORMAL(2, 2, 9, 1, 7)</eqn></aux>`},
			map[string][]float64{"share": {0, 4, 4, 0, 0}, "late": {9, 11, 6, 9, 12}, "worth": {4, 6, 6, 6, 6}, "below": constant(0.5), "drawn": constant(11), "fixed": constant(5)}},

		{"an element of which there is no value", file{top: regions, variables: `<aux name="x"><dimensions><dim name="Age"/></dimensions>
			<element subscript="1"><eqn>3</eqn></element><element subscript="2"><eqn>NAN</eqn></element></aux>`},
			map[string][]float64{"x[1]": constant(3), "x[2]": constant(-0x1p109)}},

		{"draws within bounds", file{variables: `
			<aux name="a"><eqn>POISSON(50, 7, 3, 3)</eqn></aux><aux name="b"><eqn>UNIFORM(0, 1, 7, 2)</eqn></aux>
			<aux name="c"><eqn>BINOMIAL(3, 1)</eqn></aux><aux name="d"><eqn>GAMMA(2, 1, 7, 0, 0) + BINOMIAL(5, 0, 1, 2)</eqn></aux>
			<aux name="e"><eqn>NEGBINOMIAL(3, 1)</eqn></aux><aux name="f"><eqn>INT(BETA(2, 3)) + BETA(1, 1, 5, 1)</eqn></aux>`},
			map[string][]float64{"e": constant(3), "f": constant(1), "a": constant(3), "b": constant(2), "c": constant(3), "d": constant(2)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := run(t, c.file.text())
			for name, want := range c.want {
				is(t, got, name, want...)
			}
		})
	}
}

// A wave of a run that begins within a period is graded, as sources differ.
func TestWaves(t *testing.T) {
	for start, want := range map[string]model.Grade{"0": model.Equivalent, "8": model.Equivalent, "2": model.Approximated} {
		text := strings.Replace(file{variables: `<aux name="w"><eqn>SINWAVE(3, 4)</eqn></aux>`}.text(), "<start>0</start><stop>4</stop>", "<start>"+start+"</start><stop>12</stop>", 1)
		m, _ := parse(t, text)
		for _, row := range m.Imported.Rows {
			if row.Name == "w" && row.Grade != want {
				t.Errorf("from %s on it is %s, want %s", start, row.Grade, want)
			}
		}
		if w := numbers(t, m)["w"]; math.Abs(w[0]) > 1e-12 || math.Abs(w[1]-3) > 1e-12 {
			t.Errorf("from %s on it begins with %v", start, w[:2])
		}
	}
}

// A function that is known but not supported says why, and what comes near.
func TestRefused(t *testing.T) {
	for equation, want := range map[string][2]string{
		"COUNTER(1, 13)":       {"COUNTER is not supported: sources differ", "MOD (end - start)"},
		"QELEM(1)":             {"single batches", "content and flows"},
		"BINOMIAL(TIME, 0.5)":  {"known before the run", "Poisson draws are near"},
		"HISTORY(2, TIME / 2)": {"HISTORY of a time that is computed", "TIME less a number"},
		"HISTORY(2, -1)":       {"before the run begins", ""},
		"INVNORM(0.1, 2)":      {"a mean without a standard deviation", "both, or none"},
		"BETA(2, TIME)":        {"known before the run", "Poisson draws are near"},
		"RUNCOUNT":             {"RUNCOUNT is not supported", "write a number"},
	} {
		m, list := xmile.Parse("test.xmile", []byte(file{variables: `<aux name="a"><eqn>` + equation + `</eqn></aux>`}.text()), nil, model.ImportOptions{})
		if !list.HasErrors() || !strings.Contains(list[0].Message, want[0]) || !strings.Contains(list[0].Hint, want[1]) {
			t.Errorf("%s: %swant %q", equation, rendered(list, m), want)
		}
	}
}

// A flow over an array fills a stock that has no such dimension with all of its
// elements, and a stock over some of its dimensions with the sum over the others.
func TestFlowOfArrayIntoOneStock(t *testing.T) {
	got := run(t, file{top: regions, variables: `
		<stock name="all"><eqn>0</eqn><inflow>f</inflow></stock>
		<stock name="by age"><dimensions><dim name="Age"/></dimensions><eqn>100</eqn><outflow>f</outflow></stock>
		<flow name="f"><dimensions><dim name="Region"/><dim name="Age"/></dimensions><eqn>Region * 10 + Age</eqn></flow>`}.text())
	is(t, got, "all", 0, 129, 258, 387, 516)
	is(t, got, "by age[1]", 100, 37, -26, -89, -152)
}

// A flow may be over another dimension of the same elements, as translators from
// Vensim write it.
func TestFlowOverOtherNameOfDimension(t *testing.T) {
	got := run(t, file{top: `<dimensions><dim name="From"><elem name="a"/><elem name="b"/></dim><dim name="To"><elem name="a"/><elem name="b"/></dim></dimensions>`, variables: `
		<stock name="s"><dimensions><dim name="From"/></dimensions><eqn>1</eqn><inflow>f</inflow></stock>
		<flow name="f"><dimensions><dim name="To"/></dimensions><eqn>10 * To</eqn></flow>
		<aux name="least"><eqn>LOOKUP(VMIN, s[*]) + LOOKUP(VMAX, f[*])</eqn></aux>`}.text())
	is(t, got, "s[a]", 1, 11, 21, 31, 41)
	is(t, got, "s[b]", 1, 21, 41, 61, 81)
	is(t, got, "least", 21, 31, 41, 51, 61)
}

// What enters a conveyor elsewhere than at its beginning is not taken for what does.
func TestSpreadInflow(t *testing.T) {
	text := file{variables: `<stock name="belt"><eqn>0</eqn><inflow>in</inflow><outflow>out</outflow><conveyor><len>2</len></conveyor></stock>
		<flow name="in" isee:spreadflow="even"><eqn>5</eqn></flow><flow name="out"><eqn>0</eqn></flow>`}.text()
	m, list := xmile.Parse("test.xmile", []byte(text), nil, model.ImportOptions{})
	if !list.HasErrors() || !strings.Contains(list[0].Message, "spread over the conveyor (even)") {
		t.Errorf("it says %s", rendered(list, m))
	}
	if _, list = xmile.Parse("test.xmile", []byte(strings.Replace(text, `"even"`, `"beginning"`, 1)), nil, model.ImportOptions{}); list.HasErrors() {
		t.Error("at the beginning is where it enters anyway")
	}
}

// An outflow that is what another one leaves is served after that one, although it is
// listed first; neither can take what is not there. Needing one of an earlier step is
// no reason.
func TestOutflowsServedByNeed(t *testing.T) {
	const variables = `<stock name="clinic"><eqn>1</eqn><inflow>arrivals</inflow><outflow>treated</outflow><outflow>referred</outflow><non_negative/></stock>
		<flow name="arrivals"><eqn>10</eqn></flow><flow name="treated"><eqn>seen - referred + 5</eqn></flow><aux name="seen"><eqn>arrivals</eqn></aux>
		<flow name="referred"><eqn>arrivals * 0.3</eqn></flow>`
	got := run(t, file{variables: variables}.text())
	is(t, got, "referred", constant(3)...)
	is(t, got, "treated", 8, 7, 7, 7, 7)
	is(t, got, "clinic", 1, 0, 0, 0, 0)

	got = run(t, file{variables: strings.Replace(variables, "seen - referred + 5", "seen - PREVIOUS(referred, 0)", 1)}.text())
	is(t, got, "treated", 10, 9, 9, 9, 9)
	is(t, got, "referred", constant(1)...)

	m, _ := parse(t, file{variables: strings.Replace(variables, "arrivals * 0.3", "arrivals - treated", 1)}.text())
	if _, list := model.Check(m); !list.HasErrors() {
		t.Error("flows that each are what the other leaves depend on each other")
	}
}

// What the standard does not define to the last bit is refused, and says so at its place.
func TestConveyorsThatAreRefused(t *testing.T) {
	for _, c := range []struct{ what, stock, conveyor, leak, says string }{
		{"whole numbers", `<eqn>0</eqn>`, `<conveyor><len>2</len></conveyor>`, `<flow name="lost"><eqn>0.1</eqn><leak/><leak_integers/></flow>`, "lost leaks whole numbers only"},
		{"whole batches", `<eqn>0</eqn>`, `<conveyor discrete="true"><len>2</len></conveyor>`, ``, "a discrete conveyor, which moves whole batches, is not supported"},
		{"no overtaking", `<eqn>0</eqn>`, `<conveyor isee:fifo="true"><len>2</len></conveyor>`, ``, "never overtake each other (FIFO) is not supported"},
		{"a list that is too short", `<eqn>1, 2</eqn>`, `<conveyor><len>3</len></conveyor>`, ``, "starts with 2 numbers for a way of 3"},
		{"a list of equations", `<eqn>1, TIME</eqn>`, `<conveyor><len>2</len></conveyor>`, ``, "starts with a list of equations"},
		{"a zone beyond the end", `<eqn>0</eqn>`, `<conveyor><len>2</len></conveyor>`, `<flow name="lost" leak_end="2"><eqn>0.1</eqn><leak/></flow>`, `leak_end of lost is "2", which is no fraction`},
		{"a zone that is nowhere", `<eqn>0</eqn>`, `<conveyor><len>2</len></conveyor>`, `<flow name="lost" leak_start="0.5" leak_end="0.25"><eqn>0.1</eqn><leak/></flow>`, "between 0.5 and 0.25 of the way, which is nowhere"},
		{"two ends", `<eqn>0</eqn>`, `<conveyor><len>2</len></conveyor>`, `<flow name="lost"/>`, "two flows at its end, out and lost"},
	} {
		outflow := "<outflow>out</outflow>"
		if c.leak != "" {
			outflow += "<outflow>lost</outflow>"
		}
		text := file{variables: `<stock name="belt">` + c.stock + outflow + c.conveyor + `</stock><flow name="out"/>` + c.leak}.text()
		m, list := xmile.Parse("test.xmile", []byte(text), nil, model.ImportOptions{})
		if !list.HasErrors() || !strings.Contains(list[0].Message, c.says) {
			t.Errorf("of %s it says %s", c.what, rendered(list, m))
		}
	}
}

// A zone that ends within a place of the way is read, and said to be near the truth.
func TestZoneWithinAPlace(t *testing.T) {
	_, list := parse(t, file{variables: `<stock name="belt"><eqn>0</eqn><inflow>in</inflow><outflow>out</outflow><outflow>lost</outflow><conveyor><len>3</len></conveyor></stock>
		<flow name="in"><eqn>6</eqn></flow><flow name="out"/><flow name="lost" leak_end="0.5"><eqn>0.5</eqn><leak/></flow>`}.text())
	if len(list) != 1 || list[0].Code != xmile.Approximated {
		t.Error(list)
	}
}

// The record writes out what stands for a function, whose brackets stay.
func TestFunctions(t *testing.T) {
	want := map[string]string{"ABS(a)": "abs(a)", "GAME(a)": "a", "LOOKUP(a, b)": "a(b)", "PERMUTATIONS(a, b)": "round(factorial(a) / factorial(a - b))"}
	for _, f := range xmile.Functions() {
		if w, ok := want[f.Name]; ok && f.Formula != w {
			t.Errorf("%s is %s, want %s", f.Name, f.Formula, w)
		}
	}
}
