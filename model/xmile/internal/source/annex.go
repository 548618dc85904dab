package source

import (
	"encoding/json"
	"strings"

	"weir/model"
	"weir/model/xmile/internal/annex"
	"weir/model/xmile/internal/scan"
)

// DecodeOwn reads the instruction that own wrote, in a file that is weir's.
// An instruction that cannot be read is left out with a warning, since the rest of the file is a
// sound model without it.
func (im *Model) DecodeOwn(root *scan.Node) {
	n := root.Kid("?" + scan.Target)
	if n == nil || !im.Weir {
		return
	}
	im.AnnexAt = n.Span(im.Sources)
	_, text, _ := strings.Cut(n.Text().Value, "\n") // behind the namespace
	if err := json.Unmarshal([]byte(text), &im.Annex); err != nil {
		// Unmarshal may have filled in a part before the mistake.
		im.Annex = annex.Model{}
		im.Warn(scan.Repaired, im.AnnexAt, "", "what weir wrote here cannot be read: %v", err)
	}
}

// IsData reports whether a graphical function of time was a data series.
// Only weir's own part of the file can say so; XMILE has no data variables.
func (im *Model) IsData(v *Variable) bool {
	return v.HasGraph() && im.Annex.Variables[v.OwnKey()].Kind == model.KindData
}

// OwnKey returns the name of a variable in weir's own part of a file: as the file has it, with
// those of its modules.
func (v *Variable) OwnKey() string { return v.Space.Path + v.Node.Value("name") }

// OwnModule returns weir's own part about a use of a model, whose path ends with a point.
func (im *Model) OwnModule(path string) annex.Module {
	return im.Annex.Modules[strings.TrimSuffix(path, ".")]
}
