package resolved

import (
	"fmt"
	"io"
	"strings"
)

// PrintEquations writes every variable with its resolved equations, hidden ones
// below those whose equations need them.
func PrintEquations(w io.Writer, m *Model) error {
	var b strings.Builder
	hidden := map[*Variable][]*Variable{}
	for _, v := range m.Variables {
		hidden[v.Owner] = append(hidden[v.Owner], v)
	}
	for _, v := range hidden[nil] {
		printVariable(&b, v, "")
		for _, h := range hidden[v] {
			printVariable(&b, h, "    ")
		}
	}
	for _, t := range m.Tables {
		fmt.Fprintf(&b, "%s %s%s\n", tableKind(t), t.Name, overText(t.Over))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// PrintOrder writes the assignments of the start and those of every evaluation, in order,
// with the elements that each line is for.
func PrintOrder(w io.Writer, m *Model) error {
	var b strings.Builder
	b.WriteString("once, at the start:\n")
	printAssigns(&b, m.Init)
	b.WriteString("at every evaluation:\n")
	printAssigns(&b, m.Flows)
	_, err := io.WriteString(w, b.String())
	return err
}

// printAssigns writes assignments with their number in the order of computation.
func printAssigns(b *strings.Builder, list []Assign) {
	for i, a := range list {
		fmt.Fprintf(b, "%4d  %s = %s\n", i+1, a.Target(), Format(a.Part.Expr))
	}
}

// printVariable writes a variable with its flows and every equation it has.
func printVariable(b *strings.Builder, v *Variable, indent string) {
	fmt.Fprintf(b, "%s%s %s%s%s\n", indent, v.Kind, v.Name, overText(v.Over), flowsText(v))
	for _, p := range v.Parts {
		printPart(b, indent, v.Kind.says(), v, p)
	}
	for _, p := range v.Input {
		printPart(b, indent, "takes in ", v, p)
	}
	for _, p := range v.Delay {
		printPart(b, indent, "late by ", v, p)
	}
}

// printPart writes one equation of a variable, with the elements that it is for.
func printPart(b *strings.Builder, indent, says string, v *Variable, p *Part) {
	fmt.Fprintf(b, "%s    %s%s = %s\n", indent, says, Assign{v, p}.Target(), Format(p.Expr))
}

var kindNames = [...]string{"constant", "decision", "stock", "flow", "aux", "initial", "delay state"}

func (k Kind) String() string { return kindNames[k] }

// says returns the word before an equation of such a variable.
func (k Kind) says() string {
	if k == Stock || k == DelayState {
		return "at first "
	}
	return ""
}

// tableKind returns the word for a table in a listing.
func tableKind(t *Table) string {
	if t.Data {
		return "data"
	}
	return "lookup"
}

// overText returns the dimensions of an array in brackets, "" for a scalar.
func overText(over []*Dimension) string {
	if len(over) == 0 {
		return ""
	}
	names := make([]string, len(over))
	for i, d := range over {
		names[i] = d.Name
	}
	return "[" + strings.Join(names, ", ") + "]"
}

// flowsText returns the flows of a stock, each with the sign that it has there.
func flowsText(v *Variable) string {
	var out string
	for _, f := range v.Inflows {
		out += " + " + f.Name
	}
	for _, f := range v.Outflows {
		out += " - " + f.Name
	}
	if out != "" {
		out = ":" + out
	}
	if v.NonNegative {
		out += ", never below 0"
	}
	return out
}

// Target returns the elements that an assignment sets, such as arrival[sector, 1..12]: a
// dimension's name means all of its elements.
func (a Assign) Target() string {
	if len(a.Part.Loops) == 0 {
		return a.Var.Name
	}
	var out []string
	for _, l := range a.Part.Loops {
		out = append(out, l.String())
	}
	return a.Var.Name + "[" + strings.Join(out, ", ") + "]"
}

// String is the dimension's name, or the elements if they are not all.
func (l *Loop) String() string {
	if len(l.At) == len(l.Dim.Elements) {
		return l.Dim.Name
	}
	return elementsText(l.Dim, l.At)
}

// elementsText lists elements: 1..12 for neighbours, k|3 for others.
func elementsText(d *Dimension, at []int) string {
	var out []string
	for i := 0; i < len(at); {
		j := i
		for j+1 < len(at) && at[j+1] == at[j]+1 {
			j++
		}
		switch {
		case j-i > 1:
			out = append(out, d.Elements[at[i]]+".."+d.Elements[at[j]])
		default:
			for _, k := range at[i : j+1] {
				out = append(out, d.Elements[k])
			}
		}
		i = j + 1
	}
	return strings.Join(out, "|")
}
