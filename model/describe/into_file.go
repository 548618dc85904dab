package describe

import (
	"bytes"
	"fmt"
	"os"

	"weir/internal/outfile"
	"weir/model/document"
	"weir/model/structure"
)

// IntoFile is Into for a file; it reports whether the text differs from the file's.
func IntoFile(path string, m *document.Model, g *structure.Graph) (text []byte, changed bool, err error) {
	old, err := os.ReadFile(path)
	if err != nil {
		return nil, false, fmt.Errorf("cannot read %s: %w", path, outfile.Cause(err))
	}
	if text, err = Into(old, m, g); err != nil {
		return nil, false, fmt.Errorf("%s: %w", path, err)
	}
	return text, !bytes.Equal(text, old), nil
}
