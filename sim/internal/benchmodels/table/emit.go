package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"weir/model/resolved"
)

// An emitter writes a model as a C program by Euler's method, one array a variable and one loop a
// dimension, as somebody would who writes C for this model alone.
type emitter struct {
	out  strings.Builder
	maps map[string]string         // names of index tables, by their text
	loop map[*resolved.Loop]string // names of the variables of loops
	next int                       // by which names differ
	err  error                     // the first part of the model that has no C here
}

// emit returns the program. It runs the model as often as its argument says, prints the nanoseconds of
// processor time of the fastest run, and then the last row of the columns. The error says what of the
// model has no C here.
func emit(r *resolved.Model, columns []string) (string, error) {
	e := &emitter{maps: map[string]string{}, loop: map[*resolved.Loop]string{}}
	var body strings.Builder // written first: it finds the index tables that are declared before it
	e.constants(r)
	e.printf("for (int i = 0; ; i++) {\nnow = start + i * dt;\nif (i == 0) {\n")
	for _, a := range r.Init {
		e.assign(a)
	}
	e.printf("}\n")
	for _, a := range r.Flows {
		e.assign(a)
	}
	every := int(math.Round(r.Time.Save / r.Time.Step)) // steps between rows
	e.printf("if (i %% %d == 0) {\n", every)
	for i, name := range columns {
		e.printf("row[%d] = %s;\n", i, e.column(r, name))
	}
	e.printf("rows[i / %d][0] = row[0];\n}\nif (i == %d) break;\n", every,
		int(math.Round((r.Time.Stop-r.Time.Start)/r.Time.Step)))
	e.stocks(r)
	e.printf("}\n")
	body.WriteString(e.out.String())
	e.out.Reset()
	e.declare(r, len(columns), every)
	return e.out.String() + "static void run(void) {\n" + body.String() + "}\n" + fmt.Sprintf(host, len(columns)), e.err
}

// host times runs.
const host = `
static double clock_ns(void) {
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}
int main(int n, char **arg) {
	double best = 1e300;
	for (int i = 0; i < atoi(arg[1]); i++) {
		double begin = clock_ns();
		run();
		double took = clock_ns() - begin;
		if (took < best) best = took;
	}
	printf("%%.0f\n", best);
	for (int i = 0; i < %d; i++) printf("%%.17g\n", row[i]);
}
`

func (e *emitter) printf(format string, args ...any) { fmt.Fprintf(&e.out, format, args...) }

// declare writes the variables, the tables and the functions of the program.
func (e *emitter) declare(r *resolved.Model, columns, every int) {
	e.printf("#include <math.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <time.h>\n")
	e.printf("static double now, row[%d], rows[%d][1];\n", columns,
		int(math.Round((r.Time.Stop-r.Time.Start)/r.Time.Step))/every+1)
	e.printf("static const double start = %s, stop = %s, dt = %s;\n", number(r.Time.Start), number(r.Time.Stop),
		number(r.Time.Step))
	for _, v := range r.Variables {
		e.printf("static double v%d[%d];\n", v.ID, v.Size())
	}
	for _, text := range slices.Sorted(maps.Keys(e.maps)) {
		e.printf("static const int %s[] = {%s};\n", e.maps[text], text)
	}
	e.printf(`typedef struct { int n; const double *x, *y; } table;
static double look(const table *t, double x) {
	if (x <= t->x[0]) return t->y[0];
	for (int i = 1; i < t->n; i++)
		if (x < t->x[i])
			return t->y[i-1] + (x - t->x[i-1]) * (t->y[i] - t->y[i-1]) / (t->x[i] - t->x[i-1]);
	return t->y[t->n-1];
}
static double least(double a, double b) { return a < b ? a : b; }
static double most(double a, double b) { return a > b ? a : b; }
`)
	for _, t := range r.Tables {
		var rows []string
		for i, points := range t.Points {
			var x, y []string
			for _, p := range points {
				x, y = append(x, number(p.X)), append(y, number(p.Y))
			}
			e.printf("static const double x%d_%d[] = {%s}, y%d_%d[] = {%s};\n", t.ID, i, strings.Join(x, ","), t.ID, i,
				strings.Join(y, ","))
			rows = append(rows, fmt.Sprintf("{%d, x%d_%d, y%d_%d}", len(points), t.ID, i, t.ID, i))
		}
		e.printf("static const table t%d[] = {%s};\n", t.ID, strings.Join(rows, ","))
	}
}

// constants writes the values of constants and decisions.
func (e *emitter) constants(r *resolved.Model) {
	for _, v := range r.Variables {
		if v.Kind == resolved.Constant || v.Kind == resolved.Decision {
			for _, p := range v.Parts {
				e.assign(resolved.Assign{Var: v, Part: p})
			}
		}
	}
}

// stocks writes how stocks move.
func (e *emitter) stocks(r *resolved.Model) {
	for _, v := range r.Variables {
		switch {
		case v.Kind == resolved.DelayState:
			e.err = fmt.Errorf("%s is a fixed delay, which has no C here", v.Name)
		case v.Kind == resolved.Stock && len(v.Inflows)+len(v.Outflows) > 0:
			e.printf("for (int k = 0; k < %d; k++) v%d[k] += dt * (0", v.Size(), v.ID)
			for _, f := range v.Inflows {
				e.printf(" + v%d[k]", f.ID)
			}
			for _, f := range v.Outflows {
				e.printf(" - v%d[k]", f.ID)
			}
			e.printf(");\n")
		}
	}
}

// assign writes an equation in the loops of its part.
func (e *emitter) assign(a resolved.Assign) {
	if len(a.Part.Loops) == 0 {
		e.printf("v%d[0] = %s;\n", a.Var.ID, e.expression(a.Part.Expr))
		return
	}
	at := make([]resolved.Pos, len(a.Part.Loops))
	for i, l := range a.Part.Loops {
		e.open(l)
		at[i] = resolved.Pos{Loop: l, Map: l.At}
	}
	value := e.expression(a.Part.Expr)
	e.printf("v%d[%s] = %s;\n%s\n", a.Var.ID, e.place(a.Var.Over, at), value, strings.Repeat("}", len(at)))
}

// open begins a loop.
func (e *emitter) open(l *resolved.Loop) {
	e.next++
	e.loop[l] = fmt.Sprintf("i%d", e.next)
	e.printf("for (int %[1]s = 0; %[1]s < %[2]d; %[1]s++) {\n", e.loop[l], len(l.At))
}

// place returns the index of an element.
func (e *emitter) place(over []*resolved.Dimension, at []resolved.Pos) string {
	out := "0"
	for i, p := range at {
		out = fmt.Sprintf("(%s) * %d + %s", out, len(over[i].Elements), e.position(p))
	}
	return out
}

// position returns an index in one dimension: a number, the turn of a loop, or what a table says of it.
func (e *emitter) position(p resolved.Pos) string {
	if p.Loop == nil {
		return strconv.Itoa(p.Fixed)
	}
	// Most dimensions are walked as they are, and need no table.
	straight := true
	var list []string
	for i, x := range p.Map {
		straight = straight && x == p.Map[0]+i
		list = append(list, strconv.Itoa(x))
	}
	if straight && len(p.Map) > 0 {
		return fmt.Sprintf("(%s + %d)", e.loop[p.Loop], p.Map[0])
	}
	text := strings.Join(list, ",")
	if e.maps[text] == "" {
		e.maps[text] = fmt.Sprintf("m%d", len(e.maps))
	}
	return fmt.Sprintf("%s[%s]", e.maps[text], e.loop[p.Loop])
}

// column returns the element of a column "x" or "x[a,b]".
func (e *emitter) column(r *resolved.Model, name string) string {
	base, rest, _ := strings.Cut(strings.TrimSuffix(name, "]"), "[")
	for _, v := range r.Variables {
		if v.Hidden || v.Name != base {
			continue
		}
		place := 0
		for i, label := range strings.Split(rest, ",") {
			for k := 0; i < len(v.Over) && k < len(v.Over[i].Elements); k++ {
				if v.Over[i].Elements[k] == label {
					place = place*len(v.Over[i].Elements) + k
				}
			}
		}
		return fmt.Sprintf("v%d[%d]", v.ID, place)
	}
	e.err = fmt.Errorf("there is no column %s", name)
	return "0"
}

// infix and calls are the operations of C.
var (
	infix = map[resolved.Op]string{resolved.Add: "+", resolved.Sub: "-", resolved.Mul: "*", resolved.Div: "/",
		resolved.Lt: "<", resolved.Le: "<=", resolved.Gt: ">", resolved.Ge: ">=", resolved.Eq: "==", resolved.Ne: "!=",
		resolved.And: "&&", resolved.Or: "||"}
	calls = map[resolved.Op]string{resolved.Pow: "pow", resolved.Exp: "exp", resolved.Ln: "log", resolved.Sqrt: "sqrt",
		resolved.Abs: "fabs", resolved.Min: "least", resolved.Max: "most", resolved.Sin: "sin", resolved.Cos: "cos",
		resolved.Neg: "-", resolved.Not: "!"}
)

// expression returns an expression. Of an If, C evaluates the taken branch only.
func (e *emitter) expression(x resolved.Expr) string {
	switch x := x.(type) {
	case *resolved.Const:
		return number(x.Value)
	case *resolved.Clock:
		return []string{"now", "now", "dt", "start", "stop"}[x.Kind]
	case *resolved.Ref:
		return fmt.Sprintf("v%d[%s]", x.Var.ID, e.place(x.Var.Over, x.At))
	case *resolved.If:
		return fmt.Sprintf("(%s ? %s : %s)", e.expression(x.Cond), e.expression(x.Then), e.expression(x.Else))
	case *resolved.Lookup:
		return fmt.Sprintf("look(&t%d[%s], %s)", x.Table.ID, e.place(x.Table.Over, x.At), e.expression(x.X))
	case *resolved.Reduce:
		return e.reduce(x)
	case *resolved.Apply:
		return e.apply(x)
	}
	e.err = fmt.Errorf("a %T has no C here", x)
	return "0"
}

// apply returns an operation; more arguments than it takes are combined from the left.
func (e *emitter) apply(x *resolved.Apply) string {
	text := e.expression(x.Args[0])
	switch {
	case len(x.Args) == 1:
		return fmt.Sprintf("%s(%s)", calls[x.Op], text)
	case x.Op == resolved.SafeDiv:
		b := e.expression(x.Args[1])
		return fmt.Sprintf("(%s == 0 ? %s : %s / %s)", b, e.expression(x.Args[2]), text, b)
	}
	for _, y := range x.Args[1:] {
		switch {
		case infix[x.Op] != "":
			text = fmt.Sprintf("(%s %s %s)", text, infix[x.Op], e.expression(y))
		case calls[x.Op] != "":
			text = fmt.Sprintf("%s(%s, %s)", calls[x.Op], text, e.expression(y))
		default:
			e.err = fmt.Errorf("operation %v has no C here", x.Op)
		}
	}
	return text
}

// reduce writes a loop before the equation and returns the variable with its result.
func (e *emitter) reduce(x *resolved.Reduce) string {
	e.next++
	name, first := fmt.Sprintf("s%d", e.next), map[resolved.Op]string{resolved.Sum: "0", resolved.Prod: "1",
		resolved.Min: "INFINITY", resolved.Max: "-INFINITY"}[x.Op]
	e.printf("double %s = %s;\n", name, first)
	for _, l := range x.Loops {
		e.open(l)
	}
	value := e.expression(x.X)
	e.printf(map[resolved.Op]string{resolved.Sum: "%[1]s += %[2]s;", resolved.Prod: "%[1]s *= %[2]s;",
		resolved.Min: "%[1]s = least(%[1]s, %[2]s);", resolved.Max: "%[1]s = most(%[1]s, %[2]s);"}[x.Op], name, value)
	e.printf("%s\n", strings.Repeat("}", len(x.Loops)))
	return name
}

// number returns a number as C reads it.
func number(x float64) string {
	text := strconv.FormatFloat(x, 'g', -1, 64)
	if !strings.ContainsAny(text, ".eIN") {
		text += ".0"
	}
	return "(" + text + ")"
}
