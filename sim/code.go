package sim

import "weir/model/resolved"

//go:generate go run ./internal/kernels

// An op is an operation of the executor: those of package resolved, by the same
// numbers, and the ones that only the compiler makes.
type op uint8

const (
	opCopy       op = op(resolved.NumOps) + iota
	opSelect        // b where a is not 0, else c
	opSquare        // a * a, for a ^ 2
	opReciprocal    // 1 / a, for a ^ -1
	opWhen          // b where a is not 0, else NaN: the input of a lookup in one branch of an if
	opMulAdd        // a*b + c
	opMulSub        // c - a*b
	opMulMul        // a*b*c
	opMulDiv        // a*b/c
	opSubMul        // (a-b)*c
	opSubDiv        // (a-b)/c
	opAddAdd        // a+b+c
	opReduceSum     // d = all n of a, combined from the left; with keep, d takes part first
	opReduceProd
	opReduceMin
	opReduceMax
	opLookup  // d = table at a
	opGather  // d[i] = a[index[i]]
	opScatter // d[index[i]] = a[i]
	opDraw    // d = a random number with parameters a, b, c; only at the start of a step
	opWhole   // d = a function of all of a at once
	opArray   // in scalar code: the array instruction number a
	numOps
)

// opInfo describes an operation to the compiler and the listing.
type opInfo struct {
	name string
	args int // of a, b, c
}

// ops has a row for every operation: those of package resolved by its table, and the
// compiler's own.
var ops = func() [numOps]opInfo {
	all := ownOps
	for o := range resolved.NumOps {
		all[o] = opInfo{o.Name(), o.Arity()}
	}
	all[resolved.Sum].args, all[resolved.Prod].args = 1, 1 // of one array
	return all
}()

var ownOps = [numOps]opInfo{
	opCopy: {"copy", 1}, opSelect: {"select", 3}, opSquare: {"square", 1}, opReciprocal: {"reciprocal", 1}, opWhen: {"when", 2},
	opMulAdd: {"muladd", 3}, opMulSub: {"mulsub", 3}, opMulMul: {"mulmul", 3}, opMulDiv: {"muldiv", 3},
	opSubMul: {"submul", 3}, opSubDiv: {"subdiv", 3}, opAddAdd: {"addadd", 3},
	opReduceSum: {"sum", 1}, opReduceProd: {"prod", 1}, opReduceMin: {"min", 1}, opReduceMax: {"max", 1},
	opLookup: {"lookup", 1}, opGather: {"gather", 1}, opScatter: {"scatter", 1},
	opDraw: {"draw", 3}, opWhole: {"whole", 1}, opArray: {"array", 0},
}

// elementwise reports whether element i of the result depends on element i of the
// arguments only, so that a result may overwrite an argument.
func (o op) elementwise() bool {
	return o <= opAddAdd && o != op(resolved.Sum) && o != op(resolved.Prod)
}

// An instruction works on single slots of the vector: d = op(a, b, c).
type instruction struct {
	op         op
	d, a, b, c uint32
}

// The operands of an array instruction, by position.
const (
	dst = iota
	argA
	argB
	argC
	operands
)

// An arrayCode works on blocks of slots: planes × rows × n elements, row-major. In
// the innermost loop an operand either walks (step 1) or is broadcast (step 0);
// rows and planes have any stride.
type arrayCode struct {
	op       op
	keep     bool // reductions: d holds the beginning already
	n        int
	rows     int
	planes   int
	at       [operands]int
	step     [operands]int
	rowStep  [operands]int
	planStep [operands]int
	kernel   func([]float64, *arrayCode, [operands]int) // all rows; nil if the operation has none
	function rowFunction                                // of long rows, instead of the kernel; nil for most operations
	site     int                                        // lookup, draw, gather, scatter: its row in the program's list
}

// A lookupSite is one call of a lookup: which table for each element, and where it
// remembers the segments that it used last.
type lookupSite struct {
	table   int   // position in the directory of tables
	pick    []int // added to table, one an element; nil if all use the same
	segment int   // of n segment numbers
	fixed   bool  // its input never changes: it is read once, for all steps
}

// row returns the table that element i reads.
func (s *lookupSite) row(i int) int {
	if s.pick == nil {
		return s.table
	}
	return s.table + s.pick[i]
}

// A drawSite is one call of a distribution.
type drawSite struct {
	dist    resolved.Dist
	key     uint64
	element []uint32 // one a result
}

// A phase is a piece of code with its time to run.
type phase uint8

const (
	phaseConst  phase = iota // once a run: all that depends on constants only
	phaseInit                // once: initial values, in order
	phaseStart               // once, after it: all that depends on constants and initial values only
	phaseFlows               // at each evaluation
	phaseInputs              // at each step boundary: the inputs of delay states
	phaseDelays              // once, after the first evaluation: the times of fixed delays
	numPhases
)

var phaseNames = [numPhases]string{"const", "init", "start", "flows", "inputs", "delays"}

// A wholeSite is one call of a function of whole arrays, for each turn of the loops
// around it: its arguments lie one after the other, so many numbers each.
type wholeSite struct {
	fn    resolved.ArrayFunction
	args  []int // numbers of each argument
	width int   // of all together
	out   int   // numbers of a result
	turns int
}

// call computes a function of whole arrays for each turn.
func (w *wholeSite) call(out, in []float64) {
	args := make([][]float64, len(w.args))
	for t := range w.turns {
		w.cut(args, in[t*w.width:])
		w.fn.Of(out[t*w.out:][:w.out], args...)
	}
}

// cut parts the numbers of one call into its arguments.
func (w *wholeSite) cut(args [][]float64, in []float64) {
	for i, n := range w.args {
		args[i], in = in[:n], in[n:]
	}
}
