package plan

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"weir/model/diagnostic"
)

// refusal is a set with a mistake, and words that the report of it has.
type refusal struct {
	name, text string
	code       diagnostic.Code
	says       []string
}

const twoOutcomes = exampleOutcome + `
[outcome.cost]
variable = "spending"
discount = 0.03
`

var refusals = []refusal{
	{"misspelt variable", strings.Replace(exampleOutcome+exampleRest, "public_total", "public_totle", 1),
		UnknownVariable,
		[]string{`"public_totle"`, "did you mean public_total?"}},
	{"array as outcome", strings.Replace(exampleOutcome+exampleRest, `"public_total"`, `"students"`, 1), WhichElement,
		[]string{"students[district], students[charter]", "sum(students)"}},
	{"misspelt element", strings.Replace(exampleOutcome+exampleRest, `"public_total"`, `"students[chater]"`, 1),
		UnknownElement,
		[]string{"did you mean charter?"}},
	{"element of a scalar", strings.Replace(exampleOutcome+exampleRest, `"public_total"`, `"public_total[k]"`, 1),
		UnknownElement,
		[]string{"public_total has no elements"}},
	{"open bracket", strings.Replace(exampleOutcome+exampleRest, `"public_total"`, `"students[charter"`, 1),
		UnknownVariable,
		[]string{"not closed"}},
	{"history by element", exampleOutcome + "history = \"by_sector\"\n" + exampleRest, WhichElement,
		[]string{"by_sector[district]"}},
	{"constant", exampleOutcome + "[intervention.i.change.leaving_share]\nto = 0.02\n[scenario.s]\ninterventions = [\"i\"]\n", NotADecision,
		[]string{"leaving_share is a constant: that is an assumption", "[assumption.leaving_share]"}},
	{"stock", exampleOutcome + "[intervention.i.change.\"students[charter]\"]\nto = 1\n[scenario.s]\ninterventions = [\"i\"]\n", NotADecision,
		[]string{"students is a stock, which is computed"}},
	{"misspelt decision", exampleOutcome + "[intervention.i.change.coach_shar]\nto = 0.2\n[scenario.s]\ninterventions = [\"i\"]\n", UnknownVariable,
		[]string{"did you mean coach_share?"}},
	{"added beyond the range", exampleOutcome + "[intervention.i.change.\"seats[charter]\"]\nadd = 4500\n[scenario.s]\ninterventions = [\"i\"]\n", OutOfRange,
		[]string{"seats[charter] becomes 5500; its range is 0 to 5000"}},
	{"assumption beyond the range", exampleOutcome + "[assumption.leaving_share]\nto = 0.5\n" + exampleRest, OutOfRange,
		[]string{"leaving_share becomes 0.5; its range is 0.01 to 0.06"}},
	{"two amounts", exampleOutcome + "[intervention.coaching.change.coach_share]\nto = 0.5\nadd = 0.1\n" + exampleScenario, BadChange,
		[]string{"exactly one of to, add and times"}},
	{"until before start", exampleOutcome + "[intervention.coaching.change.coach_share]\nto = 0.5\nstart = 2030\nuntil = 2028\n" + exampleScenario, BadChange,
		[]string{"until (2028) is not after start (2030)"}},
	{"negative ramp", exampleOutcome + "[intervention.coaching.change.coach_share]\nto = 0.5\nover = -1\n" + exampleScenario, BadChange,
		[]string{"cannot be below 0"}},
	{"array and element", exampleOutcome + "[intervention.i.change.seats]\nto = 2000\n[intervention.i.change.\"seats[charter]\"]\nto = 3000\n[scenario.s]\ninterventions = [\"i\"]\n", Overlap,
		[]string{"seats[charter] is changed twice"}},
	{"overlap", exampleOutcome + exampleCoaching + "[intervention.more.change.coach_share]\nto = 0.9\n[scenario.both]\ninterventions = [\"coaching\", \"more\"]\n", Overlap,
		[]string{"interventions coaching and more both change coach_share"}},
	{"pilot", exampleOutcome + "[intervention.coaching]\npilot = { reach = 0.05 }\n" + exampleRest, NotSupported,
		[]string{"pilot", "comes with the next version"}},
	{"bundles", exampleOutcome + exampleRest + "[bundle.all]\n", NotSupported, []string{"no table bundle",
		"weir bundles"}},
	{"two costs", twoOutcomes + "[outcome.cost2]\nvariable = \"spending\"\nlabel = \"Again\"\ncost = true\n" + exampleRest, BadCost, []string{"one cost outcome"}},
	{"cost of a stock", exampleOutcome + "[outcome.cost]\nvariable = \"students[charter]\"\ncost = true\n" + exampleRest, BadCost, []string{"students is a stock"}},
	{"no model", "[outcome.x]\nbetter = \"higher\"\nvariable = \"x\"\n" + exampleRest, "missing-key",
		[]string{"no model"}},
	{"model elsewhere", strings.Replace(exampleOutcome, "model.toml", "../other.toml", 1) + exampleRest,
		OutsideFolder, []string{"below it"}},
	{"model missing", strings.Replace(exampleOutcome, "model.toml", "other.toml", 1) + exampleRest, Unreadable,
		[]string{"other.toml"}},
	{"baseline's name", exampleOutcome + exampleRest + "label = \"No new decisions\"\n", SameLabel,
		[]string{`"No new decisions"`}},
	{"empty names", strings.Replace(exampleOutcome, "public_total", "", 1) + exampleRest, "bad-value",
		[]string{"variable is empty"}},
	{"unknown key", exampleOutcome + exampleRest + "lable = \"Coaching\"\n", "unknown-key",
		[]string{"did you mean label?"}},
}

func TestRefusals(t *testing.T) {
	for _, row := range refusals {
		t.Run(row.name, func(t *testing.T) {
			_, list := parse(row.text)
			i := slices.IndexFunc(list, func(d diagnostic.Diagnostic) bool { return d.Code == row.code })
			if i < 0 {
				t.Fatalf("no %s in %v", row.code, list)
			}
			said := list[i].Message + " / " + list[i].Hint
			for _, words := range row.says {
				if !strings.Contains(said, words) {
					t.Errorf("said %q, without %q", said, words)
				}
			}
			if n := len(errorsOf(list)); n != 1 {
				t.Errorf("%d errors, want 1: %v", n, list)
			}
		})
	}
}

// What a set leaves out comes from the model, and from other names.
func TestDefaults(t *testing.T) {
	set, list := parse(twoOutcomes + "history = \"by_sector[charter]\"\n" + `
[chart.charters]
variable = "Students[ charter ]"
[intervention.co_op.change."seats[charter]"]
add = 100
` + exampleCoaching + `
[scenario.both]
interventions = ["coaching", "co_op"]
`)
	if list.HasErrors() {
		t.Fatal(list)
	}
	children, cost := set.Outcomes[0], set.Outcomes[1]
	if children.Label != "Children in public schools" || children.Unit != "students" || children.Cost {
		t.Errorf("outcome %+v", children)
	}
	if !cost.Cost || cost.Better != Lower || cost.History != "by_sector[charter]" {
		t.Errorf("an outcome with a discount: %+v", cost)
	}
	if c := set.Charts[0]; c.Variable != "students[charter]" || c.Label != "Children enrolled (charter)" {
		t.Errorf("chart %+v", c)
	}
	if got := set.Scenarios[0].Label; got != "Coaching + Co op" {
		t.Errorf("label %q", got)
	}
	if got := set.Interventions[0].Changes[0].Start; got != 2026 {
		t.Errorf("a change without start begins in %v, want today", got)
	}
}

// One decision, two interventions, one after the other: no overlap.
func TestOneAfterTheOther(t *testing.T) {
	text := exampleOutcome + `
[intervention.trial.change.coach_share]
to = 0.2
start = 2027
until = 2030
[intervention.lasting.change.coach_share]
to = 0.6
start = 2030
[scenario.both]
interventions = ["trial", "lasting"]
`
	_, list := parse(text)
	if remarks := found(text, list); remarks != nil {
		t.Error(remarks)
	}
}

// Mistakes of the model come with those of the set; what follows from them does not.
func TestMistakesOfTheModel(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "model.toml"),
		"[time]\nstart = 0\nstop = 10\nstep = 1\nunit = \"year\"\n[aux.x]\nequation = \"y + 1\"\n")
	write(t, filepath.Join(folder, "set.toml"), strings.Replace(exampleOutcome, "higher", "hihger", 1)+exampleRest)
	set, list := Load(filepath.Join(folder, "set.toml"))
	if set == nil || set.Resolved != nil {
		t.Fatal("a set over a broken model can be run")
	}
	if errors := errorsOf(list); len(errors) != 2 || set.Files[errors[0].Span.File] == nil || set.Files[errors[1].Span.File] == nil {
		t.Errorf("errors %v, want one of each file", list)
	}
}

func TestFilesThatAreNone(t *testing.T) {
	folder := t.TempDir()
	if set, list := Load(filepath.Join(folder,
		"none.toml")); set != nil || len(list) != 1 || list[0].Code != Unreadable {
		t.Errorf("a missing file: %v", list)
	}
	garbage := filepath.Join(folder, "garbage.toml")
	write(t, garbage, strings.Repeat("\x00\xff garbage", 1<<20))
	if set, list := Load(garbage); set != nil || !list.HasErrors() {
		t.Errorf("garbage: %v", list)
	}
}

// A link in the set's folder does not lead out of it.
func TestLinkLeadsOut(t *testing.T) {
	folder := t.TempDir()
	secret := filepath.Join(folder, "secret.toml")
	write(t, secret, "[time]\n")
	below := filepath.Join(folder, "sets")
	if err := os.Mkdir(below, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(below, "model.toml")); err != nil {
		t.Skip("no links here: ", err)
	}
	write(t, filepath.Join(below, "set.toml"), exampleOutcome+exampleRest)
	_, list := Load(filepath.Join(below, "set.toml"))
	if len(list) != 1 || list[0].Code != OutsideFolder {
		t.Errorf("a link out of the folder: %v", list)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func errorsOf(l diagnostic.List) diagnostic.List {
	return slices.DeleteFunc(slices.Clone(l),
		func(d diagnostic.Diagnostic) bool { return d.Severity != diagnostic.Error })
}
