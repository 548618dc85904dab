package read

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/keys"
	"weir/model/method"
	"weir/model/toml"
)

// A clockReader reads [time] and today.
type clockReader struct{ *reader }

// read reads [time] and reports a clock that no run can follow.
func (r clockReader) read() {
	r.time(r.root.Table("time"))
	if today, ok := r.root.Number("today"); ok {
		r.today(today)
	}
}

// Limits of one run, checked before anything is computed.
const (
	MaxRows  = 1_000_000   // saved rows
	MaxSteps = 100_000_000 // steps
)

// time reads [time]. With a mistake in it the clock stays at 0 to 1, so that the mistake is
// reported only once.
func (r clockReader) time(t *toml.Table) {
	s := &r.m.Time
	*s = document.TimeSettings{Stop: 1, Step: 1, Save: 1, Method: method.Default,
		KeySpans: map[string]diagnostic.Span{}}
	if t == nil {
		s.Span = r.root.Span
		return
	}
	s.Span = t.Span
	r.timeKeys(t, s)
	r.times(t, s)
	t.Done(keys.Time)
}

// times reads the numbers of the clock. The settings change all at once or not at all: half a clock
// would let later passes report times outside a run that nobody wrote.
func (r clockReader) times(t *toml.Table, s *document.TimeSettings) {
	got := *s
	given := true
	for _, key := range []struct {
		name string
		into *float64
	}{{"start", &got.Start}, {"stop", &got.Stop}, {"step", &got.Step}} {
		v, ok := t.Number(key.name)
		*key.into = v
		given = given && ok
	}
	got.Save = got.Step
	if save, ok := t.Number("save"); ok {
		got.Save = save
	} else if t.Has("save") {
		given = false
	}
	if r.clocked = given && r.clock(&got); r.clocked {
		*s = got
	}
}

// timeKeys reads the keys that are not numbers, and the places of all keys.
func (r clockReader) timeKeys(t *toml.Table, s *document.TimeSettings) {
	s.Unit = t.String("unit")
	if m := t.Text("method"); m != nil && slices.Contains(stiffElsewhere, strings.ToLower(m.Text)) {
		r.report(code.NotSupported, m.Span, `write method = "stiff", which is for the same models`,
			"the method %s of other programs is not here", m.Text)
	} else if name := t.OneOf("method", method.Names()...); name != "" {
		s.Method = name
	}
	s.ShortDelays, s.Ends = t.Bool("short_delays"), t.String("ends")
	s.Relative, s.Absolute = r.tolerance(t, "relative_tolerance"), r.tolerance(t, "absolute_tolerance")
	s.KeySpans = t.Places()
}

// stiffElsewhere are the methods for stiff models of other programs.
var stiffElsewhere = []string{"gear", "bdf", "lsoda", "cvode", "rosenbrock"}

// tolerance reads the tolerance of a method that chooses its own steps; 0 if the key is not
// there. Below 1e-13 rounding would be taken for error.
func (r clockReader) tolerance(t *toml.Table, key string) float64 {
	x, ok := t.Number(key)
	if !ok {
		return 0
	}
	least, most := 1e-13, 0.1
	if key == "absolute_tolerance" {
		least, most = 1e-300, math.MaxFloat64
	}
	if m := method.Find(r.m.Time.Method); m != nil && !m.Adaptive() {
		r.report(code.BadTime, t.At(key), `leave it out, or choose method = "rk45" or "stiff"`,
			"%s is for methods that choose their own steps, and %s takes steps of one length", key, m.Name)
		return 0
	}
	if !(x >= least && x <= most) {
		r.report(code.BadTime, t.At(key), "for example "+key+" = 1e-6", "%s (%v) is not from %v to %v", key, x, least,
			most)
		return 0
	}
	return x
}

// clock reports whether the run has a whole number of steps and rows, within the limits of one
// run. The cases are in an order in which each may rely on those before it: no case divides by a
// step or a save that is not above 0.
func (r clockReader) clock(s *document.TimeSettings) bool {
	at := func(key string) diagnostic.Span {
		if span, ok := s.KeySpans[key]; ok {
			return span
		}
		return s.Span
	}
	switch length := s.Stop - s.Start; {
	case s.Stop <= s.Start:
		r.report(code.BadTime, at("stop"), "", "stop (%v) is not after start (%v)", s.Stop, s.Start)
	case s.Step <= 0:
		r.report(code.BadTime, at("step"), "for example step = 0.25",
			"the step must be more than 0, not %v", s.Step)
	case s.Save <= 0:
		r.report(code.BadTime, at("save"), "", "save must be more than 0, not %v", s.Save)
	case length/s.Step > MaxSteps:
		r.report(code.TooLarge, at("step"), "take a longer step",
			"a step of %v makes %.4g steps; at most %d are computed", s.Step, length/s.Step, MaxSteps)
	case s.Start+s.Step == s.Start || s.Stop-s.Step == s.Stop:
		r.report(code.BadTime, at("start"), "count time from a zero that is nearer",
			"times near %v cannot be told apart: a step of %v changes nothing there", s.Start, s.Step)
	case !isWhole(s.Save/s.Step) || s.Save < s.Step*(1-1e-9):
		r.report(code.InexactSave, at("save"), nearestSaves(s),
			"save (%v) is not a whole multiple of step (%v)", s.Save, s.Step)
	case length/s.Save+1 > MaxRows:
		r.report(code.TooLarge, at("save"), "save less often",
			"saving every %v makes %.4g rows; at most %d are kept", s.Save, length/s.Save+1, MaxRows)
	case !isWhole(length / s.Save):
		r.report(code.InexactSave, at("stop"), nearestStops(s),
			"the time from start to stop (%v) is not a whole number of saves (%v)", length, s.Save)
	default:
		return true
	}
	return false
}

// isWhole reports whether a ratio of two decimal numbers is whole up to their rounding:
// 0.3/0.1 is 2.9999999999999996 in binary.
func isWhole(x float64) bool { return math.Abs(x-math.Round(x)) <= 1e-9*math.Max(1, math.Abs(x)) }

// nearestSaves returns the hint for a save that is no multiple of the step: the nearest multiples
// of which the run has a whole number, since others would be refused in their turn. Both searches
// stop after 10 000 multiples, far beyond the ones that a reader would take.
func nearestSaves(s *document.TimeSettings) string {
	length := s.Stop - s.Start
	works := func(n float64) bool {
		save := n * s.Step
		return n >= 1 && save <= length && isWhole(length/save) && length/save+1 <= MaxRows
	}
	search := func(n, by float64) string {
		for range 10_000 {
			if works(n) {
				return short(n * s.Step)
			}
			n += by
		}
		return ""
	}
	low, high := search(math.Floor(s.Save/s.Step), -1), search(math.Ceil(s.Save/s.Step), 1)
	switch {
	case low == "" && high == "":
		return "save is a whole multiple of step"
	case low == "" || high == "":
		return "the nearest that works is " + cmp.Or(low, high)
	}
	return fmt.Sprintf("the nearest that work are %s and %s", low, high)
}

// nearestStops returns the hint for a stop between two saves.
func nearestStops(s *document.TimeSettings) string {
	n := (s.Stop - s.Start) / s.Save
	low, high := s.Start+math.Floor(n)*s.Save, s.Start+math.Ceil(n)*s.Save
	if low <= s.Start {
		return fmt.Sprintf("the nearest stop that works is %s", short(high))
	}
	return fmt.Sprintf("the nearest stops that work are %s and %s", short(low), short(high))
}

// today takes the end of history, and reports one outside the run.
func (r clockReader) today(today float64) {
	if s := r.m.Time; r.clocked && (today < s.Start || today > s.Stop) {
		r.report(code.BadTime, r.root.At("today"), "",
			"today (%v) is outside the run, %v to %v", today, s.Start, s.Stop)
		return
	}
	r.m.Today = &today
}
