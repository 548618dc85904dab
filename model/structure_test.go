package model_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/model"
)

const oneClock = "[time]\nstart = 0\nstop = 10\nstep = 0.125\nunit = \"year\"\n"

// graphOf is the structure of a model that must be sound.
func graphOf(t *testing.T, text string) *model.Graph {
	t.Helper()
	m, list := model.Parse("m.toml", []byte(oneClock+text), nil)
	if list.HasErrors() {
		t.Fatal(messages(list))
	}
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(messages(list))
	}
	return model.Structure(r)
}

// loopsOf writes loops as "balancing: prey → eaten".
func loopsOf(g *model.Graph) []string {
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

func linksOf(g *model.Graph) []string {
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
func loopsFollowLinks(t *testing.T, g *model.Graph) {
	t.Helper()
	links := map[[2]string]bool{}
	for _, l := range g.Links {
		links[[2]string{l.From.Name, l.To.Name}] = true
	}
	for _, l := range g.Loops {
		names := l.Names()
		product := model.Positive
		for i, name := range names {
			if next := names[(i+1)%len(names)]; !links[[2]string{name, next}] {
				t.Errorf("no link %s → %s, but a loop %v", name, next, names)
			}
			product *= l.Signs[i]
		}
		want := map[model.Sign]model.Polarity{model.Positive: model.Reinforcing, model.Negative: model.Balancing}[product]
		if l.Polarity != want && l.Polarity != model.NotKnown {
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
func reaches(g *model.Graph, from, to *model.Node) bool {
	seen := map[*model.Node]bool{from: true}
	for queue := []*model.Node{from}; len(queue) > 0; queue = queue[1:] {
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
	if len(g.Loops) != model.MaxLoops || !g.LoopsCut {
		t.Errorf("%d loops, cut %v", len(g.Loops), g.LoopsCut)
	}
	expectLines(t, loopsOf(g), loopsOf(graphOf(t, text)))
}
