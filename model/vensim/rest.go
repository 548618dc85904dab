package vensim

import (
	"fmt"
	"strings"

	"weir/model"
)

// reportRest writes rows for what is no variable: reality checks and views.
func (im *importer) reportRest(sketch span) {
	for _, eq := range im.checks {
		im.row(eq.name, "", model.Unsupported, "a reality check; no number of the model depends on it", eq.nameSpan)
	}
	text := im.src[sketch.start:sketch.end]
	if n := strings.Count(text, sketchMark); n > 0 {
		im.row(fmt.Sprintf("%d views", n), "", model.Unsupported, "the drawing; weir draws its own", span{sketch.start, sketch.start})
	}
}
