package source

import (
	"encoding/json"
	"strings"

	"weir/model"
	"weir/model/xmile/internal/annex"
	"weir/model/xmile/internal/scan"
)

// DecodeOwn reads the instruction that own wrote, in a file that is weir's.
func (im *Model) DecodeOwn(root *scan.Node) {
	n := root.Kid("?" + scan.Target)
	if n == nil || !im.Weir {
		return
	}
	im.AnnexAt = n.Span(im.Sources)
	_, text, _ := strings.Cut(n.Text().Value, "\n") // behind the namespace
	if err := json.Unmarshal([]byte(text), &im.Annex); err != nil {
		im.Annex = annex.Model{}
		im.Warn(scan.Repaired, im.AnnexAt, "", "what weir wrote here cannot be read: %v", err)
	}
}

// IsData reports whether a graphical function of time was a data series.
func (im *Model) IsData(v *Variable) bool {
	return v.HasGraph() && im.Annex.Variables[v.Node.Value("name")].Kind == model.KindData
}
