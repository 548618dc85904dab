package macro

import "weir/model/vensim/internal/syntax"

// DELAYP(input, time : pipeline) is DELAY3, and names the content of the delay as a
// variable of its own: the input that has not come out yet, from input * time on.

// Pipelines writes out every DELAYP in the equations, unless a macro of the file has that
// name, and returns the equations with those of the pipelines.
func (ms *Macros) Pipelines(equations []*syntax.Equation) []*syntax.Equation {
	ms.equations = equations
	for _, eq := range equations {
		syntax.Walk(eq.Expr, func(e syntax.Expr) bool {
			c, ok := e.(*syntax.Call)
			if ok && c.Key == "delayp" && len(c.Args) == 2 && len(c.Outs) < 2 && !ms.Defines(c.Key) {
				c.Key = "delay3"
				if len(c.Outs) == 1 {
					ms.pipeline(eq, c, c.Outs[0])
				}
			}
			return true
		})
	}
	return ms.equations
}

// pipeline adds the variable that holds the content of a delay.
func (ms *Macros) pipeline(eq *syntax.Equation, c *syntax.Call, out *syntax.Ref) {
	input, time := c.Args[0], c.Args[1]
	at := out.Span
	net := &syntax.Infix{Span: at, Op: "-", OpSpan: at, X: input,
		Y: &syntax.Call{Span: at, Name: c.Name, Key: "delay3", NameSpan: at, Args: []syntax.Expr{input, time}}}
	ms.equations = append(ms.equations, &syntax.Equation{
		Statement: eq.Unmeasured(), Name: out.Name, Key: out.Key, NameSpan: at, Subs: out.Subs, Derived: true,
		Expr: &syntax.Call{Span: at, Name: "INTEG", Key: "integ", NameSpan: at,
			Args: []syntax.Expr{net, &syntax.Infix{Span: at, Op: "*", OpSpan: at, X: input, Y: time}}},
	})
}
