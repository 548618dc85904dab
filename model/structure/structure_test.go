package structure_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/structure"
)

const oneClock = "[time]\nstart = 0\nstop = 10\nstep = 0.125\nunit = \"year\"\n"

// messages are a list's, for a failing test.
func messages(l diagnostic.List) string {
	var b strings.Builder
	for _, d := range l {
		fmt.Fprintf(&b, "\n%s: %s (%s)", d.Code, d.Message, d.Hint)
	}
	return b.String()
}

// graphOf is the structure of a model that must be sound.
func graphOf(t *testing.T, text string) *structure.Graph {
	t.Helper()
	m, list := model.Parse("m.toml", []byte(oneClock+text), nil)
	if list.HasErrors() {
		t.Fatal(messages(list))
	}
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(messages(list))
	}
	return structure.Of(r, nil)
}

// loopsOf writes loops as "balancing: prey → eaten".
func loopsOf(g *structure.Graph) []string {
	var out []string
	for _, l := range g.Loops {
		delayed := ""
		if l.Delayed {
			delayed = " (delayed)"
		}
		out = append(out, fmt.Sprintf("%s: %s%s", l.Polarity, strings.Join(l.Names(), " → "), delayed))
	}
	return out
}

func linksOf(g *structure.Graph) []string {
	var out []string
	for _, l := range g.Links {
		s := fmt.Sprintf("%s %s %s", l.From.Name, l.Sign, l.To.Name)
		for _, flag := range []struct {
			set  bool
			name string
		}{{l.Material, "material"}, {l.Delayed, "delayed"}, {l.Initial, "initial"}} {
			if flag.set {
				s += " " + flag.name
			}
		}
		out = append(out, s)
	}
	return out
}

func expectLines(t *testing.T, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

// Lotka and Volterra's four loops: each population grows by itself and dies by
// itself, and the two hold each other in check.
const predatorPrey = `
[stock.prey]
initial = "start"
inflow = ["births"]
outflow = ["eaten"]
[stock.predators]
initial = 10
inflow = ["growth"]
outflow = ["deaths"]
[flow.births]
equation = "birth_rate * prey"
[flow.eaten]
equation = "appetite * prey * predators"
[flow.growth]
equation = "gain * eaten"
[flow.deaths]
equation = "predators / life"
[constant.start]
value = 100
[constant.birth_rate]
value = 1
range = [0.5, 2]
[constant.appetite]
value = 0.1
[constant.gain]
value = 0.2
[constant.life]
value = 2
`

func TestLoopsOfPredatorAndPrey(t *testing.T) {
	g := graphOf(t, predatorPrey)
	expectLines(t, []string{
		"balancing: predators → deaths",
		"reinforcing: prey → births",
		"balancing: prey → eaten",
		"reinforcing: predators → eaten → growth",
	}, loopsOf(g)[:4])
	expectLines(t, []string{
		"prey + births",
		"prey + eaten material",
		"predators + eaten",
		"predators + deaths material",
		"births + prey material",
		"eaten - prey material",
		"eaten + growth",
		"growth + predators material",
		"deaths - predators material",
		"start + prey initial",
		"birth_rate + births",
		"appetite + eaten",
		"gain + growth",
		"life - deaths",
	}, linksOf(g))
}

// An ageing chain is no feedback: each grade feeds the next, and none itself. Its
// only loops are those by which each grade empties.
func TestAgeingChainIsNoLoop(t *testing.T) {
	g := graphOf(t, `
[dimension.grade]
elements = ["k", "1..12"]
ordered = true
[stock.students]
over = ["grade"]
initial = 100
inflow = ["arriving"]
outflow = ["moving_up"]
[flow.arriving]
over = ["grade"]
equation = "moving_up[grade - 1]"
[flow.arriving.at]
k = "100"
[flow.moving_up]
over = ["grade"]
equation = "students / one_year"
[constant.one_year]
value = 1
`)
	expectLines(t, []string{"balancing: students → moving_up"}, loopsOf(g))
}

// loopsFollowLinks holds every loop to the graph's links.
func loopsFollowLinks(t *testing.T, g *structure.Graph) {
	t.Helper()
	links := map[[2]string]bool{}
	for _, l := range g.Links {
		links[[2]string{l.From.Name, l.To.Name}] = true
	}
	for _, l := range g.Loops {
		names := l.Names()
		product := structure.Positive
		for i, name := range names {
			if next := names[(i+1)%len(names)]; !links[[2]string{name, next}] {
				t.Errorf("no link %s → %s, but a loop %v", name, next, names)
			}
			product *= l.Signs[i]
		}
		want := map[structure.Sign]structure.Polarity{structure.Positive: structure.Reinforcing, structure.Negative: structure.Balancing}[product]
		if l.Polarity != want && l.Polarity != structure.NotKnown {
			t.Errorf("%v is %s with the signs %v", names, l.Polarity, l.Signs)
		}
	}
}

// randomModel has stocks that are filled by sums of stocks and auxiliaries.
func randomModel(rng *rand.Rand) string {
	const stocks, auxes = 4, 6
	var b strings.Builder
	sum := func(lowerThan int) string {
		terms := []string{"1"}
		for i := range stocks {
			if rng.IntN(4) == 0 {
				terms = append(terms, fmt.Sprintf("s%d", i))
			}
		}
		for i := range lowerThan {
			if rng.IntN(3) == 0 {
				terms = append(terms, fmt.Sprintf("a%d", i))
			}
		}
		return strings.Join(terms, []string{" + ", " - "}[rng.IntN(2)])
	}
	for i := range stocks {
		fmt.Fprintf(&b, "[stock.s%d]\ninitial = 1\ninflow = [\"f%d\"]\n[flow.f%d]\nequation = %q\n", i, i, i, sum(auxes))
	}
	for i := range auxes {
		fmt.Fprintf(&b, "[aux.a%d]\nequation = %q\n", i, sum(i))
	}
	return b.String()
}

// reaches reports whether links lead from one node to another.
func reaches(g *structure.Graph, from, to *structure.Node) bool {
	seen := map[*structure.Node]bool{from: true}
	for queue := []*structure.Node{from}; len(queue) > 0; queue = queue[1:] {
		for _, l := range g.Links {
			if l.From == queue[0] && !l.Initial && !seen[l.To] {
				seen[l.To] = true
				queue = append(queue, l.To)
			}
		}
	}
	return seen[to]
}

// Every link whose end leads back to its beginning is in a loop that is told, and
// no other.
func TestEveryFeedbackLinkIsTold(t *testing.T) {
	for seed := range uint64(40) {
		g := graphOf(t, randomModel(rand.New(rand.NewPCG(seed, 1))))
		loopsFollowLinks(t, g)
		told := map[[2]string]bool{}
		for _, l := range g.Loops {
			names := l.Names()
			for i, name := range names {
				told[[2]string{name, names[(i+1)%len(names)]}] = true
			}
		}
		for _, l := range g.Links {
			if got, want := told[[2]string{l.From.Name, l.To.Name}], reaches(g, l.To, l.From); got != want {
				t.Errorf("seed %d: %s → %s: told %v, want %v", seed, l.From.Name, l.To.Name, got, want)
			}
		}
	}
}

// A reduction closes loops between all elements; they are told once.
func TestLoopThroughASum(t *testing.T) {
	g := graphOf(t, `
[dimension.sector]
elements = ["a", "b", "c"]
[stock.students]
over = ["sector"]
initial = 100
outflow = ["leaving"]
[aux.crowding]
equation = "sum(students[*]) / places"
[constant.places]
value = 200
[flow.leaving]
over = ["sector"]
equation = "leave_rate * effect(crowding)"
[constant.leave_rate]
value = 5
[lookup.effect]
points = [[0, 0], [1, 1], [2, 3]]
`)
	expectLines(t, []string{"balancing: students → crowding → leaving"}, loopsOf(g))
}

// Delays and smooths are folded into the variable that uses them, with their sign.
func TestDelayedLinks(t *testing.T) {
	g := graphOf(t, `
[stock.teachers]
initial = 100
inflow = ["hiring"]
outflow = ["quitting"]
[flow.hiring]
equation = "delay3(vacancies, hiring_time) / hiring_time"
[aux.vacancies]
equation = "max(0, wanted - teachers)"
[flow.quitting]
equation = "teachers * quit_rate * effect_of_trust(smooth1(trust, hiring_time))"
[aux.trust]
equation = "previous(workload, 1)"
[aux.workload]
equation = "wanted / teachers"
[constant.wanted]
value = 120
range = [0, 200]
[constant.hiring_time]
value = 0.5
range = [0.4, 1]
[constant.quit_rate]
value = 0.1
range = [0, 1]
[lookup.effect_of_trust]
points = [[0, 2], [2, 0.5]]
`)
	links := strings.Join(linksOf(g), "\n")
	for _, want := range []string{"vacancies + hiring delayed", "trust - quitting delayed", "workload + trust delayed", "teachers - vacancies", "teachers - workload"} {
		if !strings.Contains(links+"\n", want+"\n") {
			t.Errorf("no link %q in\n%s", want, links)
		}
	}
	if strings.Contains(links, "#") {
		t.Errorf("a hidden variable shows:\n%s", links)
	}
	loops := strings.Join(loopsOf(g), "\n")
	for _, want := range []string{"balancing: teachers → vacancies → hiring (delayed)", "balancing: teachers → quitting"} {
		if !strings.Contains(loops, want) {
			t.Errorf("no loop %q in\n%s", want, loops)
		}
	}
}

// A non-negative stock holds its outflow back; the limit is a link, the sum of what
// was turned away none.
func TestLimitedFlow(t *testing.T) {
	g := graphOf(t, `
[stock.seats]
initial = 10
inflow = ["opening"]
outflow = ["taking"]
non_negative = true
[flow.opening]
equation = "1"
[flow.taking]
equation = "demand"
[constant.demand]
value = 3
`)
	expectLines(t, []string{"seats + taking material", "opening + seats material", "taking - seats material", "demand + taking"}, linksOf(g))
	expectLines(t, []string{"balancing: seats → taking"}, loopsOf(g))
}

// What cannot be seen in the equations is not claimed: a factor that may have
// either sign leaves the polarity open.
func TestUnknownSigns(t *testing.T) {
	g := graphOf(t, `
[stock.x]
initial = 1
inflow = ["change"]
[flow.change]
equation = "x * pull + sin(x)"
[constant.pull]
value = 1
range = [-1, 1]
`)
	expectLines(t, []string{"unknown: x → change"}, loopsOf(g))
	expectLines(t, []string{"x ? change", "change + x material", "pull ? change"}, linksOf(g))
}

// Many loops are listed up to a bound, the same ones every time.
func TestManyLoops(t *testing.T) {
	var b strings.Builder
	const n = 40
	for i := range n {
		fmt.Fprintf(&b, "[stock.s%d]\ninitial = 1\ninflow = [\"f%d\"]\n[flow.f%d]\nequation = \"0\"\n", i, i, i)
	}
	text := b.String()
	all := []string{}
	for i := range n {
		all = append(all, fmt.Sprintf("s%d", i))
	}
	text = strings.ReplaceAll(text, `"0"`, `"`+strings.Join(all, " + ")+`"`)
	g := graphOf(t, text)
	if len(g.Loops) != structure.MaxLoops || !g.CountCut {
		t.Errorf("%d loops of %d, cut %v", len(g.Loops), g.LoopCount, g.CountCut)
	}
	if want := "200 of more than 1000 loops are listed: the shortest loop through each link"; g.LeftOut() != want {
		t.Errorf("%q", g.LeftOut())
	}
	expectLines(t, loopsOf(g), loopsOf(graphOf(t, text)))
}

// What flows out of a conveyor comes from what is on it, and what flows in acts on it;
// the leak acts through its share and through what is there.
func TestLinksOfAConveyor(t *testing.T) {
	g := graphOf(t, `
[stock.trainees]
initial = "10"
inflow = ["starting"]
outflow = ["giving_up", "finishing"]
[stock.trainees.conveyor]
transit = "way"
leak = ["giving_up"]
[constant.way]
value = 2
[flow.starting]
equation = "finishing"
[flow.giving_up]
equation = "share"
[constant.share]
value = 0.1
[flow.finishing]
`)
	expectLines(t, []string{
		"trainees + giving_up material", "trainees + finishing material", "way ? trainees delayed", "starting + trainees material delayed",
		"giving_up - trainees material delayed", "giving_up - finishing", "share ? giving_up", "finishing - trainees material", "finishing + starting",
	}, linksOf(g))
	expectLines(t, []string{
		"balancing: trainees → finishing", "balancing: trainees → giving_up",
		"reinforcing: trainees → finishing → starting", "reinforcing: trainees → giving_up → finishing",
		"balancing: trainees → giving_up → finishing → starting (delayed)",
	}, loopsOf(g))
}

// cyclesOf counts the elementary cycles of links by trying every path. A path starts at the
// node of the lowest number, so that each cycle is counted once.
func cyclesOf(g *structure.Graph) int {
	number := map[*structure.Node]int{}
	for i, n := range g.Nodes {
		number[n] = i
	}
	next := make([][]int, len(g.Nodes))
	for _, l := range g.Links {
		if !l.Initial {
			next[number[l.From]] = append(next[number[l.From]], number[l.To])
		}
	}
	count := 0
	on := make([]bool, len(next))
	var try func(start, n int)
	try = func(start, n int) {
		on[n] = true
		for _, m := range next[n] {
			switch {
			case m == start:
				count++
			case m > start && !on[m]:
				try(start, m)
			}
		}
		on[n] = false
	}
	for start := range next {
		try(start, start)
	}
	return count
}

// All loops of a small model are listed: as many as there are elementary cycles, counted by
// trying every path. A model with more says how many it leaves out.
func TestLoopsAreComplete(t *testing.T) {
	complete := 0
	for seed := range uint64(60) {
		g := graphOf(t, randomModel(rand.New(rand.NewPCG(seed, 2))))
		want := cyclesOf(g)
		switch {
		case want <= structure.MaxLoops:
			complete++
			if len(g.Loops) != want || g.LeftOut() != "" {
				t.Errorf("seed %d: %d loops of %d: %s", seed, len(g.Loops), want, g.LeftOut())
			}
		case g.LoopCount != want && !g.CountCut || g.LeftOut() == "":
			t.Errorf("seed %d: %d loops counted of %d: %q", seed, g.LoopCount, want, g.LeftOut())
		}
	}
	if complete < 30 {
		t.Errorf("only %d models had few loops", complete)
	}
}
