package sim

import (
	"weir/model/resolved"
	"weir/sim/internal/recent"
)

// A Program is a checked model in executable form. But for lane programs, which it keeps when
// ensembles have made them, it never changes after Compile, so any number of runs may share it,
// also at the same time.
type Program struct {
	model        *resolved.Model
	declared     map[string]*resolved.Variable // by folded name
	varying      []bool                        // by variable: may change while running
	open         []bool                        // by variable: see resolved.Model.Open
	equations    [numPhases][]equation
	slot         []int // by variable: its first slot
	named        int   // end of the named slots
	stocks       span
	parameters   []float64 // numbers of constants and decisions, from slot firstNamed on
	code         [numPhases][]instruction
	arrays       []arrayCode
	lookups      []lookupSite
	draws        []drawSite
	wholes       []wholeSite
	indexes      [][]int32
	literals     []float64
	literalAt    int
	slots        int // length of the vector
	passing      int // slots from here on hold several values in turn, each within a phase
	segmentCount int // segments that lookups remember
	tables       directory
	series       []series
	netFlows     []netFlow
	delays       []delayState
	columns      *columns
	segments     []segment
	work         int // numbers computed in one evaluation
	slopes       slopes
	lanePrograms recent.Cache // of ensembles: see lanes_cache.go
	machineCode  recent.Cache // of runs, by nothing: see code_native.go
}

// An equation is one assignment as it is executed, after folding of constants. The
// trees stay in the program: they explain failed numbers and are lowered to
// other machines.
type equation struct {
	v    *resolved.Variable
	part *resolved.Part // Expr is folded
}

// A net is how a stock, or an array of them, changes: the sum of the inflows in
// their order less the outflows in theirs. All are slots of blocks of n.
type netFlow struct {
	v        *resolved.Variable
	stock, n int
	in, out  []int
}

// A delayState is a block of n slots whose values are those of its input some time ago.
type delayState struct {
	v     *resolved.Variable
	at, n int
	input int // slots of its input
	delay int // slots of the delay time; -1: one step
}

// A series is a data series that equations only read at other times: a column of the result.
type series struct {
	table *resolved.Table
	first int // of its rows in the directory of tables
	slot  int
}
