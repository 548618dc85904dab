// Package foreign is the one table of other tools' functions: those of Vensim, of the
// XMILE standard and of Stella, each with its meaning in weir's language. The importers
// of .mdl and of XMILE files read it, so that one function means the same in both; so do
// the exporter to XMILE and the record of functions in the manual.
//
// An importer finds the row of a call with Vensim or XMILE, checks the number of
// arguments with Takes, lowers the arguments to trees, and calls Lower:
//
//	row := foreign.Vensim("random_normal")
//	tree, refusal := row.Lower(&foreign.Call{At: at, Name: name, Args: args, …})
//
// A row with a Special is lowered by the importer itself, for its meaning depends on
// more than trees: on arrays, lookups, data, or the settings of the run. Its texts, if it
// has any, are still the meaning: the importer lowers the arguments in its own way and
// calls Apply.
package foreign

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"weir/model/document"
	"weir/model/equation"
)

// A Row is a function of one or more tools, with one meaning. Where tools mean
// different things by a name, or take other arguments, there are several rows.
type Row struct {
	// Vensim is the name in .mdl files as Vensim prints it, "RANDOM NORMAL"; empty if
	// Vensim has no such function. XMILE files may have it too, with underscores for
	// blanks: translators keep the names that XMILE has no word for.
	Vensim string
	// XMILE is the name in the standard, "SMTH1", and Stella the names in Stella and in
	// other tools that write XMILE; empty if they have none.
	XMILE  string
	Stella []string
	// By restricts the XMILE and Stella names to files that one tool wrote; AnyTool is
	// no restriction.
	By Tool

	Least, Most int // arguments; Most is -1 if there is no largest number
	// Stream: the last argument is a stream of Vensim's random numbers, which has no meaning
	// here. XMILE files may leave it out.
	Stream bool

	// Means are the meanings in weir's language, by the number of arguments, from Least
	// on; the last one serves larger numbers, and leaves out missing arguments.
	Means []*equation.Template
	// InStages are the meanings in files that a Runge-Kutta method integrates, where Vensim
	// evaluates the function at step boundaries alone; nil if they are those of Means.
	InStages []*equation.Template
	// Special names the way in which an importer lowers the call; "" if Lower does.
	Special Special
	// Says is the meaning for readers, where Means does not say it all: $1 is the first
	// argument.
	Says string

	Grade   document.Grade // of a call; "" is exact
	Note    string         // how, for the import report; of an unsupported function: why not
	Differs string         // for readers who know another tool
	Near    string         // of an unsupported function: a supported one, or a way out

	// Exports is the function of weir that is exported under the XMILE name.
	Exports string

	lower func(*Call, *Row) (equation.Expr, *Refusal)
}

// A Tool wrote an XMILE file.
type Tool uint8

// The tools whose XMILE files mean something of their own by some names.
const (
	AnyTool      Tool = iota
	ByVensim          // Vensim's own export
	ByTranslator      // a translator from .mdl, such as xmutil
	ByStella          // Stella or iThink
	BySimlin
)

// A Special is a way in which importers lower a call themselves.
type Special string

// The special lowerings. Args of a call are its arguments, from 1 on.
const (
	ActiveInitial   Special = "active initial"   // $2 while initial values are computed
	Allocate        Special = "allocate"         // Stella's ALLOCATE
	ByPriority      Special = "by priority"      // ALLOCATE BY PRIORITY: the arguments 1 and 2 are arrays
	Available       Special = "available"        // ALLOCATE AVAILABLE: the second has a profile in its last subscript
	MarketPrice     Special = "market price"     // two quantities, each with a profile
	AtPrice         Special = "at price"         // a quantity with a profile, and a price
	Array           Special = "array"            // the first argument runs along its last dimension
	CompoundGrowth  Special = "compound growth"  // depends on the method of integration
	ConveyorDelay   Special = "conveyor delay"   // DELAY CONVEYOR: the fourth is a lookup
	Count           Special = "count"            // the number of elements
	DataFact        Special = "data fact"        // one number of a data series
	DataAt          Special = "data at"          // a data series at a time
	DataBetween     Special = "data between"     // a data series, read in the way of the third
	ElementMap      Special = "element map"      // VECTOR ELM MAP
	History         Special = "history"          // depends on the start of the run
	Interpolate     Special = "interpolate"      // between the elements of an array
	InvertMatrix    Special = "invert matrix"    //
	LookupArea      Special = "lookup area"      // of two arguments: from the first point on
	Mean            Special = "mean"             // of an array, or of several values
	RankOf          Special = "rank"             // XMILE's RANK
	Reading         Special = "reading"          // the first argument names a lookup
	Reduce          Special = "reduce"           // the elements of an array, or several values, combined
	Reorder         Special = "reorder"          // VECTOR REORDER
	ShiftIfTrue     Special = "shift if true"    // flows between the elements of a stock
	TimeShift       Special = "time shift"       // a data series at another time
	TimeValue       Special = "time value"       // GET TIME VALUE: depends on the calendar
	VectorSelection Special = "vector selection" // the first and second are arrays; then Lower
	Wave            Special = "wave"             // its phase depends on the start of the run
	WithLookup      Special = "with lookup"      // the second is a table of points
)

// A Call is a call of a foreign function whose arguments are lowered.
type Call struct {
	At, Name equation.Span // of the whole call and of the function's name, in the file
	Function string        // as the file has it, for messages
	Args     []equation.Expr

	// Constant returns the value of an argument, from 0 on, if it follows from numbers and
	// constants; Start also that of one that changes later, as it is at the start.
	Constant, Start func(arg int) (value float64, known bool)
	// Fixed reports whether an argument stays the same during a run, numbers or not.
	Fixed func(arg int) bool
	// Remark adds a line to the import report of the variable that holds the call.
	Remark func(grade document.Grade, how string)

	// Stages: the file is integrated by a Runge-Kutta method, whose stages lie within a step.
	Stages bool
	// Step is the time step, in the model's unit of time; 0 if it is not known yet. Warn
	// reports a delay that is too short for it, at an argument.
	Step float64
	Warn func(arg int, hint, message string)
}

// A Refusal says why a call is not supported. Arg is the argument that it is about, from 0
// on, or -1 for the whole call.
type Refusal struct {
	Arg           int
	Message, Hint string
}

// refuse returns a refusal that points at an argument, counted from 0; -1 is the whole call.
func refuse(arg int, hint, format string, args ...any) *Refusal {
	return &Refusal{Arg: arg, Message: fmt.Sprintf(format, args...), Hint: hint}
}

// Lower returns the tree that a call means. It makes the remarks of the row. The
// number of arguments must be one that the row takes.
func (r *Row) Lower(c *Call) (equation.Expr, *Refusal) {
	if r.Grade == document.Unsupported {
		return nil, r.unsupported(c)
	}
	if r.Grade != "" && c.Remark != nil {
		c.Remark(r.Grade, r.Note)
	}
	if r.lower != nil {
		return r.lower(c, r)
	}
	return r.Apply(c), nil
}

// unsupported returns the refusal of a function that weir knows and does not have, with the reason
// if the row states one.
func (r *Row) unsupported(c *Call) *Refusal {
	why := ""
	if r.Note != "" {
		why = ": " + r.Note
	}
	return refuse(-1, r.Near, "the function %s is not supported%s", c.Function, why)
}

// Apply returns the row's meaning with the arguments in their places, without its remarks.
func (r *Row) Apply(c *Call) equation.Expr {
	means := r.Means
	if c.Stages && r.InStages != nil {
		means = r.InStages
	}
	n := min(max(0, len(c.Args)-r.Least), len(means)-1)
	return means[n].Apply(c.At, c.Name, c.Args...)
}

// Takes reports whether a call may have n arguments.
func (r *Row) Takes(n int) bool { return n >= r.Least && (r.Most < 0 || n <= r.Most) }

// Arity returns the number of arguments in words: "2 to 4 arguments".
func (r *Row) Arity() string {
	switch {
	case r.Most < 0:
		return "at least " + arguments(r.Least)
	case r.Least == r.Most:
		return arguments(r.Least)
	}
	return fmt.Sprintf("%d to %s", r.Least, arguments(r.Most))
}

// arguments returns a number of arguments in words.
func arguments(n int) string {
	switch n {
	case 0:
		return "no arguments"
	case 1:
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", n)
}

// Fold returns a function's name as rows are found by it: lower case, with an underscore
// for each run of blanks.
func Fold(name string) string { return equation.Canonical(name) }

// Vensim returns the row of a function in an .mdl file by its folded name, or nil.
func Vensim(name string) *Row { return byVensim[name] }

// XMILE returns the row of a function in an XMILE file that a tool wrote, by its folded
// name and the number of arguments, or nil. In a file of Vensim's its own functions come
// first, if they take so many arguments; in all others, those of the standard and of
// Stella.
func XMILE(name string, args int, by Tool) *Row {
	own, vensim := ownXMILE(name, by), inXMILE[name]
	switch {
	case by == ByVensim && vensim != nil && vensim.Takes(args):
		return vensim
	case own == nil:
		return vensim
	case vensim != nil && !own.Takes(args) && vensim.Takes(args):
		return vensim
	}
	return own
}

// ownXMILE is the row with that name in XMILE or Stella: one of that tool before others.
func ownXMILE(name string, by Tool) *Row {
	var found *Row
	for _, r := range byXMILE[name] {
		switch {
		case r.By == by:
			return r
		case r.By == AnyTool:
			found = r
		}
	}
	return found
}

// byVensim are the rows by Vensim's names in .mdl files, inXMILE by those names in XMILE
// files, and byXMILE by the names that only XMILE files have.
var byVensim, inXMILE, byXMILE = index(Table)

// index returns the rows of a table by their names in Vensim, in XMILE, and in XMILE by all that share a
// name.
func index(table []Row) (vensim, inXMILE map[string]*Row, xmile map[string][]*Row) {
	vensim, inXMILE, xmile = map[string]*Row{}, map[string]*Row{}, map[string][]*Row{}
	for i := range table {
		r := &table[i]
		if name := Fold(r.Vensim); name != "" {
			vensim[name], inXMILE[name] = r, r
			if r.Stream {
				short := *r
				short.Least--
				inXMILE[name] = &short
			}
		}
		for _, name := range r.xmileNames() {
			xmile[name] = append(xmile[name], r)
		}
	}
	return vensim, inXMILE, xmile
}

// xmileNames are the folded names that only XMILE files have.
func (r *Row) xmileNames() []string {
	names := slices.Clone(r.Stella)
	if r.XMILE != "" {
		names = append(names, r.XMILE)
	}
	for i := range names {
		names[i] = Fold(names[i])
	}
	return names
}

// VensimNames returns the folded names of Vensim's functions that are supported, sorted.
func VensimNames() []string {
	var out []string
	for name, r := range byVensim {
		if r.Grade != document.Unsupported {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// XMILENames returns the folded names of all functions that XMILE files may have and
// that are supported, sorted.
func XMILENames() []string {
	out := VensimNames()
	for name, rows := range byXMILE {
		if slices.ContainsFunc(rows, func(r *Row) bool { return r.Grade != document.Unsupported }) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Title returns the function's name for messages: Vensim's, else the standard's, else
// Stella's.
func (r *Row) Title() string {
	if r.Vensim == "" && r.XMILE == "" && len(r.Stella) > 0 {
		return strings.ToUpper(r.Stella[0])
	}
	return cmp.Or(r.Vensim, r.XMILE)
}

// means are the texts of Row.Means.
func means(texts ...string) []*equation.Template {
	out := make([]*equation.Template, len(texts))
	for i, t := range texts {
		out[i] = equation.NewTemplate(t)
	}
	return out
}
