package resolve

import (
	"slices"

	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
	"weir/model/table"
)

// readers are the tables behind each way of reading: their names, and the shape that makes
// their points from those of the table that is read.
var readers = map[function.Reader]struct {
	name  string
	shape table.Reading
}{
	function.Next: {"next", table.Next}, function.Previous: {"previous", table.Previous},
	function.Extended: {"extended", table.Straight},
	function.Slope:    {"slope", table.Slopes}, function.Inverse: {"inverse", table.Inverse},
}

// reading reads a table in another way than by its straight lines. The table must be named itself,
// since its points are needed here and not its value. The area between two limits is the difference
// of two areas from the first point on.
func (s *Scope) reading(e *equation.Call, row *function.Row) resolved.Expr {
	name, ok := e.Args[0].(*equation.Name)
	v := (*document.Variable)(nil)
	if ok {
		v = s.Names[name.Name]
	}
	if v == nil || !v.IsTable() {
		return s.mistake(code.LookupNotCalled, e.Args[0].Pos(),
			"name the table itself, as in "+row.Name+"(table, …)",
			"the first argument of %s must be a lookup or a data series", row.Name)
	}
	at, ok := s.positions(name.Name, name.Span, name.Index, s.DomainsOf(v.Over))
	var args []resolved.Expr
	for _, a := range e.Args[1:] {
		args = append(args, s.Expr(a))
	}
	table := s.tables[v]
	if !ok || table == nil || s.Bad[v] {
		return tree.Nothing
	}
	if row.Read == function.Area {
		return tree.Apply(resolved.Sub, s.area(table, at, args[1]), s.area(table, at, args[0]))
	}
	way := readers[row.Read]
	return &resolved.Lookup{Table: s.reshaped(table, way.name, way.shape), At: at, X: args[0]}
}

// area returns the area under a table up to x, from its first point on: the area up to the
// point before x, and a trapezoid. The jumps of its parts cancel, so that the area has none.
func (s *Scope) area(t *resolved.Table, at []resolved.Pos, x resolved.Expr) resolved.Expr {
	read := func(name string, shape table.Reading) *resolved.Lookup {
		part := s.reshaped(t, name, shape)
		s.inArea[part] = true
		return &resolved.Lookup{Table: part, At: at, X: x}
	}
	here := &resolved.Lookup{Table: t, At: at, X: x}
	if slices.ContainsFunc(t.Points, table.Jumps) {
		here = read("y", table.Straight)
		here.Table.Beyond = t.Beyond
	}
	width := tree.Apply(resolved.Sub, x, read("x before", table.XBefore))
	height := tree.Apply(resolved.Div, tree.Apply(resolved.Add, read("y before", table.Previous), here),
		&resolved.Const{Value: 2})
	return tree.Apply(resolved.Add, read("area before", table.AreaBefore), tree.Apply(resolved.Mul, width, height))
}

// A derivedTable is a table in another shape.
type derivedTable struct {
	// Tables are told apart by their address: two elements of one lookup share a table.
	of   *resolved.Table
	name string
}

// reshaped returns a table in another shape, made once. It has the same dimensions and one list of
// points per element. Its name, such as prices#slope, is that of the table and of the shape.
func (r *Resolver) reshaped(t *resolved.Table, name string, shape table.Reading) *resolved.Table {
	key := derivedTable{t, name}
	if r.derived[key] == nil {
		out := &resolved.Table{ID: len(r.Out.Tables), Name: t.Name + "#" + name, Over: t.Over, Span: t.Span}
		if name == "extended" {
			out.Beyond = resolved.Extend
		}
		slack := 0.0
		if t.Data {
			slack = clockSlack * r.Model.Time.Step
		}
		for _, points := range t.Points {
			if len(points) > 0 {
				points = shape(points, slack)
			}
			out.Points = append(out.Points, points)
		}
		r.Out.Tables = append(r.Out.Tables, out)
		r.derived[key] = out
	}
	return r.derived[key]
}
