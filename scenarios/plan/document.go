// Package plan is a set before it runs: outcomes, interventions, scenarios, worlds and futures over
// one model, as a file says them. Load reads and checks it, Settings and Runner say how each of its
// runs is set up. No result is known here; package scenarios makes and judges those.
package plan

import (
	"fmt"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
	"weir/scenarios/uncertainty"
)

// Limits of one set. The page shows eight scenarios at once; more than these are a
// mistake in a script.
const (
	MaxScenarios = 60
	MaxSeries    = 40 // outcomes and charts
	MaxWorlds    = 12 // each is compared in all futures
)

// Bounds of [uncertainty].
const (
	DefaultRuns = 200
	MinRuns     = 10      // a tenth of the futures must be one
	MaxMemory   = 2 << 30 // bytes that the futures of a comparison may take
	mostRuns    = 1 << 24 // so that no product overflows
	mostSeed    = 1 << 53 // TOML's numbers are exact up to here
)

// How runs without any scenario are known to programs and to readers.
const (
	BaselineID    = "baseline"
	BaselineLabel = "No new decisions"
)

// A Set is a scenario set file as read and checked against its model.
type Set struct {
	Name, About   string
	File          string // as given to Load
	ModelFile     string // as written in the set
	Text          []byte
	Hash          string // SHA-256 of the set file, and its posterior if it has one, in hexadecimal
	Model         *model.Model
	Resolved      *resolved.Model
	Outcomes      []*Outcome
	Interventions []*Intervention
	Scenarios     []*Scenario          // without the baseline
	Assumptions   []model.Change       // [assumption.x]: another future for everybody, baseline too
	Worlds        []*World             // [world.x]: other ways in which things may be
	Charts        []*Chart             // small multiples besides the outcomes
	Uncertainty   *uncertainty.Futures // the draws of each future; nil without [uncertainty]
	Story         *Story               // [story]: how the page is shown to a room; nil if the set has none
	Warnings      diagnostic.List
	Files         map[string][]byte // every file read, by the name used in spans

	world *World // in which the set is looked at; see In
}

// An Outcome is a variable by which scenarios are judged.
type Outcome struct {
	ID       string
	Variable string // name or name[element]
	Label    string // in a leader's words
	About    string // one sentence
	Unit     string // as printed: "students"
	Better   Better
	Measure  Measure // the number of its course that is judged
	Discount float64 // a year, for the discounted sum of a cost; 0 if not given
	// History is the data variable drawn as recorded points and judged for fit; "" if none.
	History string
	Cost    bool // a rate of spending, judged by its sum since today; at most one outcome is
	Index   bool // a relative index (start = 1), not a count
	Span    diagnostic.Span

	clock string // the unit of the model's time, in the plural
}

// Better says which direction of an outcome is wanted.
type Better string

// The directions.
const (
	Higher Better = "higher"
	Lower  Better = "lower"
)

// An Intervention is something somebody does: dated changes of decisions.
type Intervention struct {
	ID, Label, About, Owner, Source, Caution string
	Cost                                     string // in words; see Unpriced
	Changes                                  []model.Change
	Span                                     diagnostic.Span
}

// Unpriced reports whether its words say "cost not known". Any other cost is in the outcomes
// that are costs.
func (i *Intervention) Unpriced() bool {
	return strings.Contains(strings.ToLower(i.Cost), "cost not known")
}

// A Scenario is a combination of interventions.
type Scenario struct {
	ID, Label, About string
	Interventions    []*Intervention
	Span             diagnostic.Span
}

// A Chart is a variable drawn but not judged.
type Chart struct {
	ID, Variable, Label, Unit, About string
	Span                             diagnostic.Span
}

// Today returns where scenarios may begin.
func (s *Set) Today() float64 {
	if s.Model.Today != nil {
		return *s.Model.Today
	}
	return s.Model.Time.Start
}

// Variable returns the declared variable of that name.
func (s *Set) Variable(name string) *resolved.Variable {
	for _, v := range s.Resolved.Variables {
		if !v.Hidden && v.Name == name {
			return v
		}
	}
	panic(fmt.Sprintf("scenarios: the set was not checked: no variable %q", name))
}

// Columns returns the variables of outcomes and charts, each once.
func (s *Set) Columns() []string {
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, o := range s.Outcomes {
		add(o.Variable)
	}
	for _, c := range s.Charts {
		add(c.Variable)
	}
	return names
}

// Plural returns how a unit is read after a number: the declared plural of a single
// unit, nothing for dimensionless.
func (s *Set) Plural(unit string) string {
	for _, u := range s.Model.Units {
		if u.Name == unit && u.Plural != "" {
			return u.Plural
		}
	}
	if unit == "1" {
		return ""
	}
	return unit
}

// spoken returns an identifier as words: shared_service_coop is "Shared service coop".
func spoken(id string) string {
	words := strings.Join(strings.FieldsFunc(id, func(c rune) bool { return c == '_' || c == '-' }), " ")
	if words == "" {
		return id
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// JointLabel names a scenario after its interventions.
func JointLabel(s *Scenario) string {
	var labels []string
	for _, i := range s.Interventions {
		labels = append(labels, i.Label)
	}
	if len(labels) == 0 {
		return spoken(s.ID)
	}
	return strings.Join(labels, " + ")
}

// MeasureUnit returns the unit of an outcome's verdict as printed. A time is in units of the
// model's clock, and a sum over time in the outcome's unit times that of the clock.
func (o *Outcome) MeasureUnit() string {
	switch o.Measure.Kind {
	case TimeToReach, TimeToSettle:
		return o.clock
	case Integral:
		return strings.TrimPrefix(o.Unit+" × "+o.clock, " × ")
	}
	return o.Unit
}

// measured are the words that a label of the model gets for a measure other than a value at
// a date.
var measured = map[MeasureKind]string{Mean: "on average", Minimum: "lowest value", Maximum: "highest value",
	TimeToReach: "time until it is reached", TimeToSettle: "time until it settles", Integral: "sum over time"}

// History returns the points of a data variable, "x" or "x[a,b]"; nil for none.
func (s *Set) History(name string) []resolved.Point {
	name, elements, _ := element.Split(name)
	v := s.Model.Variable(name)
	if v == nil || v.Series == nil {
		return nil
	}
	all := element.All(element.Dimensions(s.Model, v.Over))
	i := slices.IndexFunc(all, func(e []string) bool { return slices.Equal(e, elements) })
	if i < 0 || i >= len(v.Series.Points) {
		return nil
	}
	return v.Series.Points[i]
}
