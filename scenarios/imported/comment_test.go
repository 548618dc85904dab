package imported

import (
	"bytes"
	"testing"

	"weir/model"
)

// A line break in the name of a file adds nothing to the model that is imported from it.
func TestNameOfAFileStaysInItsComment(t *testing.T) {
	m := &model.Model{File: "x\n[constant.injected]\nvalue = 1\n#.mdl", Imported: &model.Import{Format: "Vensim"}}
	if got := head(m); bytes.Count(got, []byte("\n")) != 1 || got[0] != '#' {
		t.Errorf("the first comment is\n%s", got)
	}
}
