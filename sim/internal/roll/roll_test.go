package roll

import (
	"slices"
	"testing"

	"weir/model/resolved"
)

var (
	grade  = &resolved.Dimension{Name: "grade", Elements: []string{"g1", "g2", "g3", "g4", "g5"}}
	school = &resolved.Dimension{Name: "school", Elements: []string{"s1", "s2", "s3"}}
	moving = &resolved.Variable{ID: 0, Name: "moving", Over: []*resolved.Dimension{school, grade}}
	rate   = &resolved.Variable{ID: 1, Name: "rate", Over: []*resolved.Dimension{grade}}
	pupils = &resolved.Variable{ID: 2, Name: "pupils", Over: []*resolved.Dimension{school, grade}}
)

func one(d *resolved.Dimension, at int) *resolved.Loop { return &resolved.Loop{Dim: d, At: []int{at}} }

func times(args ...resolved.Expr) resolved.Expr { return &resolved.Apply{Op: resolved.Mul, Args: args} }

// equation is moving[all schools, g] = pupils[school, g-1] * rate[from].
func equation(g, from int) resolved.Assign {
	schools, here := &resolved.Loop{Dim: school, At: []int{0, 1, 2}}, one(grade, g)
	before := []resolved.Pos{{Loop: schools, Map: []int{0, 1, 2}}, {Loop: here, Map: []int{g - 1}}}
	return resolved.Assign{Var: moving, Part: &resolved.Part{Loops: []*resolved.Loop{schools, here}, Expr: times(
		&resolved.Ref{Var: pupils, At: before},
		&resolved.Ref{Var: rate, At: []resolved.Pos{{Fixed: from}}})}}
}

// lines writes every element of equations out: the element, then the positions that it reads.
func lines(list []resolved.Assign) [][]int {
	var out [][]int
	for _, a := range list {
		l := a.Part.Loops
		for i := range l[0].At {
			for j := range l[1].At {
				turn := map[*resolved.Loop]int{l[0]: i, l[1]: j}
				line := []int{l[0].At[i], l[1].At[j]}
				for _, x := range a.Part.Expr.(*resolved.Apply).Args {
					for _, p := range x.(*resolved.Ref).At {
						if p.Loop == nil {
							line = append(line, p.Fixed)
						} else {
							line = append(line, p.Map[turn[p.Loop]])
						}
					}
				}
				out = append(out, line)
			}
		}
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

// assigns returns what is computed in the end.
func assigns(groups []Group) []resolved.Assign {
	var out []resolved.Assign
	for _, g := range groups {
		out = append(out, g.Assign)
	}
	return out
}

func TestUp(t *testing.T) {
	for _, c := range []struct {
		name string
		list []resolved.Assign
		want int // equations in the end
	}{
		{"neighbours", []resolved.Assign{equation(1, 2), equation(2, 2), equation(3, 2)}, 1},
		{"positions that move evenly",
			[]resolved.Assign{equation(1, 4), equation(2, 3), equation(3, 2), equation(4, 1)}, 1},
		{"one that does not move as those before",
			[]resolved.Assign{equation(1, 0), equation(2, 1), equation(3, 4), equation(4, 4)}, 2},
		{"against the order", []resolved.Assign{equation(3, 0), equation(2, 0)}, 2},
		{"a gap", []resolved.Assign{equation(1, 0), equation(2, 0), equation(4, 0)}, 2},
	} {
		before := lines(c.list)
		got := Up(c.list)
		if len(got) != c.want {
			t.Errorf("%s: %d equations, want %d", c.name, len(got), c.want)
		}
		parts := 0
		for _, g := range got {
			parts += len(g.Parts)
		}
		if parts != len(c.list) {
			t.Errorf("%s: they stand for %d, want %d", c.name, parts, len(c.list))
		}
		if after := lines(assigns(got)); !slices.EqualFunc(before, after, slices.Equal) {
			t.Errorf("%s: elements read\n%v, want\n%v", c.name, after, before)
		}
	}
}

// Single elements of a matrix become one equation, dimension by dimension.
func TestUpInTwoDimensions(t *testing.T) {
	var list []resolved.Assign
	for s := range 3 {
		for g := range 5 {
			here := []*resolved.Loop{one(school, s), one(grade, g)}
			list = append(list, resolved.Assign{Var: moving, Part: &resolved.Part{Loops: here, Expr: times(
				&resolved.Ref{Var: pupils, At: []resolved.Pos{{Fixed: s}, {Loop: here[1], Map: []int{4 - g}}}},
				&resolved.Ref{Var: rate, At: []resolved.Pos{{Fixed: g}}})}})
		}
	}
	got := Up(list)
	if len(got) != 1 || len(got[0].Parts) != 15 {
		t.Fatalf("%d equations, want 1 that stands for 15", len(got))
	}
	if after, before := lines(assigns(got)), lines(list); !slices.EqualFunc(before, after, slices.Equal) {
		t.Errorf("elements read\n%v, want\n%v", after, before)
	}
}

// Elements that wait for each other, and equations with other numbers, stay apart.
func TestUpLeavesApart(t *testing.T) {
	own, other := equation(2, 0), equation(2, 0)
	own.Part.Expr.(*resolved.Apply).Args[0].(*resolved.Ref).Var = moving
	other.Part.Expr.(*resolved.Apply).Args[1] = &resolved.Const{Value: 2}
	third := equation(3, 0)
	third.Part.Expr.(*resolved.Apply).Args[1] = &resolved.Const{Value: 3}
	first := equation(1, 0)
	first.Part.Expr.(*resolved.Apply).Args[0].(*resolved.Ref).Var = moving
	for _, list := range [][]resolved.Assign{{first, own}, {other, third}} {
		if got := Up(list); len(got) != 2 {
			t.Errorf("%d equations, want 2", len(got))
		}
	}
}
