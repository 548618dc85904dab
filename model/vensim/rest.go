package vensim

import (
	"fmt"
	"strings"

	"weir/model"
)

// reportRest takes the reality checks, and writes a row for the views.
func (im *importer) reportRest(sketch span) {
	im.realityChecks()
	text := im.src[sketch.start:sketch.end]
	if n := strings.Count(text, sketchMark); n > 0 {
		im.row(fmt.Sprintf("%d views", n), "", model.Unsupported, "the drawing; weir draws its own", span{sketch.start, sketch.start})
	}
}
