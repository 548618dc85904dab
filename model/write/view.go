package write

import (
	"strings"

	"weir/model/document"
)

// view writes [view.x]: its label, arrows and notes, and then the tables of places.
func (w *writer) view(v *document.View) {
	path := "view." + tomlKey(v.Name)
	if v.Label != "" || len(v.Arrows)+len(v.Notes) > 0 || len(v.Places)+len(v.Boxes) == 0 {
		w.table(path)
	} else {
		w.line("")
	}
	w.text("label", v.Label)
	w.rows("arrows", len(v.Arrows), func(i int) string { return arrowText(v.Arrows[i]) })
	w.rows("notes", len(v.Notes), func(i int) string {
		n := v.Notes[i]
		return "text = " + tomlLine(n.Text) + ", at = " + rectangleText(n.X, n.Y, n.Width, n.Height, "")
	})
	w.placesIn(path+".at", v, false)
	w.placesIn(path+".ghost", v, true)
	w.boxes(path+".module", v, document.BoxModule)
	w.boxes(path+".group", v, document.BoxGroup)
	if len(v.Pipes) > 0 {
		w.line("[%s.pipe]", path)
	}
	for _, p := range v.Pipes {
		w.line("%s = %s", tomlKey(p.Flow), pointsText(p.Points))
	}
}

// rows writes a list of n tables, one per line.
func (w *writer) rows(key string, n int, row func(int) string) {
	if n == 0 {
		return
	}
	w.line("%s = [", key)
	for i := range n {
		w.line("  { %s },", row(i))
	}
	w.line("]")
}

// arrowText returns the keys of an arrow.
func arrowText(a document.Arrow) string {
	keys := []string{"from = " + tomlLine(a.From), "to = " + tomlLine(a.To)}
	if a.Angle != nil {
		keys = append(keys, "angle = "+tomlNumber(*a.Angle))
	}
	if len(a.Points) > 0 {
		keys = append(keys, "through = "+pointsText(a.Points))
	}
	if a.Sign != "" {
		keys = append(keys, "sign = "+tomlLine(a.Sign))
	}
	if a.Delayed {
		keys = append(keys, "delayed = true")
	}
	return strings.Join(keys, ", ")
}

// placesIn writes the table of places, or of ghosts.
func (w *writer) placesIn(table string, v *document.View, ghost bool) {
	head := false
	for _, p := range v.Places {
		if p.Ghost != ghost {
			continue
		}
		if !head {
			w.line("[%s]", table)
			head = true
		}
		w.line("%s = %s", tomlKey(p.Key), rectangleText(p.X, p.Y, p.Width, p.Height, p.Side))
	}
}

// boxes writes the boxes of one kind.
func (w *writer) boxes(table string, v *document.View, kind document.BoxKind) {
	head := false
	for _, b := range v.Boxes {
		if b.Kind != kind {
			continue
		}
		if !head {
			w.line("[%s]", table)
			head = true
		}
		w.line("%s = %s", tomlKey(b.Name), rectangleText(b.X, b.Y, b.Width, b.Height, ""))
	}
}

// rectangleText returns [x, y] with the size and the side that are not zero. A size of which one
// number is 0 is still written whole, since a place has two numbers or four.
func rectangleText(x, y, width, height float64, side string) string {
	out := "[" + tomlNumber(x) + ", " + tomlNumber(y)
	if width != 0 || height != 0 {
		out += ", " + tomlNumber(width) + ", " + tomlNumber(height)
	}
	if side != "" {
		out += ", " + tomlLine(side)
	}
	return out + "]"
}

// pointsText returns [[x, y], …].
func pointsText(points [][2]float64) string {
	out := make([]string, len(points))
	for i, p := range points {
		out[i] = rectangleText(p[0], p[1], 0, 0, "")
	}
	return "[" + strings.Join(out, ", ") + "]"
}
