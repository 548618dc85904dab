package source

import (
	"cmp"
	"math"
	"strings"

	"weir/model"
	"weir/model/foreign"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
)

// A Origin is the tool that wrote a file, as its header says: names of functions mean
// different things to different tools.
type Origin struct {
	Weir      bool // names and functions mean the same as here
	Isee      bool // Stella or iThink: functions have the meanings of isee's help
	Simlin    bool
	Ventana   bool // Vensim, or a translator from it
	OwnExport bool // Vensim itself
	// Nowhere is the value of an array beyond its elements: 0, or NaN where the file's
	// options say so (XMILE 1.0, 3.7.1).
	Nowhere float64
}

// ReadHeader returns the tool that wrote a file, and reads the model's name and caption.
func ReadHeader(root *scan.Node, m *model.Model) Origin {
	o := Origin{}
	h := root.Kid("header")
	if h == nil {
		return o
	}
	lower := strings.ToLower(h.Words("vendor") + " " + h.Words("product"))
	o.Isee = strings.Contains(lower, "isee") || strings.Contains(lower, "stella") || strings.Contains(lower, "ithink")
	o.Ventana = strings.Contains(lower, "ventana") || strings.Contains(lower, "vensim")
	o.Weir = naming.Canonical(h.Words("product")) == "weir"
	o.OwnExport = o.Ventana && !strings.Contains(lower, "xmutil")
	o.Simlin = strings.Contains(lower, "simlin")
	m.Imported.Own = o.Weir
	if o.Isee {
		m.Imported.Format = "Stella"
	}
	if options := h.Kid("options"); options != nil {
		if a := options.Kid("uses_arrays"); a != nil && strings.EqualFold(a.Value("invalid_index_value"), "nan") {
			o.Nowhere = math.NaN()
		}
	}
	m.Name = cmp.Or(h.Words("name"), naming.Display(naming.Base(m.File)))
	m.About = strings.Join(strings.Fields(h.Words("caption")), " ")
	return o
}

// NowhereText returns Nowhere for readers.
func (o Origin) NowhereText() string {
	if math.IsNaN(o.Nowhere) {
		return "nan"
	}
	return "0"
}

// Grammar returns the grammar of the equations.
func (o Origin) Grammar() expr.Grammar { return expr.Grammar{LooseMod: o.Isee} }

// Tool returns the tool that wrote the file, as the table of functions knows it.
func (o Origin) Tool() foreign.Tool {
	switch {
	case o.Isee:
		return foreign.ByStella
	case o.OwnExport:
		return foreign.ByVensim
	case o.Ventana:
		return foreign.ByTranslator
	case o.Simlin:
		return foreign.BySimlin
	}
	return foreign.AnyTool
}
