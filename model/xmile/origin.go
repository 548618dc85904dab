package xmile

import (
	"cmp"
	"strings"

	"weir/model"
)

// An origin is the tool that wrote a file, as its header says: names of functions mean
// different things to different tools.
type origin struct {
	weir      bool // names and functions mean what they mean here
	isee      bool // Stella or iThink: functions mean what isee's help says
	simlin    bool
	ventana   bool // Vensim, or a translator from it
	ownExport bool // Vensim itself
	// nowhere is the value of an array beyond its elements, as an equation of weir's:
	// 0, or NaN where the file's options say so (XMILE 1.0, 3.7.1).
	nowhere string
}

// readHeader returns the tool that wrote a file, and reads the model's name and caption.
func readHeader(root *node, m *model.Model) origin {
	o := origin{nowhere: "0"}
	h := root.kid("header")
	if h == nil {
		return o
	}
	lower := strings.ToLower(h.words("vendor") + " " + h.words("product"))
	o.isee = strings.Contains(lower, "isee") || strings.Contains(lower, "stella") || strings.Contains(lower, "ithink")
	o.ventana = strings.Contains(lower, "ventana") || strings.Contains(lower, "vensim")
	o.weir = canonical(h.words("product")) == "weir"
	o.ownExport = o.ventana && !strings.Contains(lower, "xmutil")
	o.simlin = strings.Contains(lower, "simlin")
	m.Imported.Own = o.weir
	if o.isee {
		m.Imported.Format = "Stella"
	}
	if options := h.kid("options"); options != nil {
		if a := options.kid("uses_arrays"); a != nil && strings.EqualFold(a.value("invalid_index_value"), "nan") {
			o.nowhere = "0 / 0"
		}
	}
	m.Name = cmp.Or(h.words("name"), display(base(m.File)))
	m.About = strings.Join(strings.Fields(h.words("caption")), " ")
	return o
}

// base is a file's name without its folder and ending.
func base(path string) string {
	path = path[strings.LastIndexAny(path, `/\`)+1:]
	if n := strings.LastIndexByte(path, '.'); n > 0 {
		path = path[:n]
	}
	return path
}
