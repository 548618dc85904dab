package calibrated

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"weir/model/resolved"
)

// stable finds the words that the printer has for a delay state. Fingerprints of the first version
// have the word of the program that wrote the first files, or these would all be refused.
var stable = regexp.MustCompile(`(?m)^( *)delay state `)

// first returns the fingerprint of the first version, of the printed equations. A change of the
// printer changes it, so it can refuse values that are still right.
func first(r *resolved.Model, without []string) string {
	h := sha256.New()
	var text strings.Builder
	_ = resolved.PrintEquations(&text, blank(r, without)) // a builder takes everything
	h.Write([]byte(stable.ReplaceAllString(text.String(), "${1}memory ")))
	for _, t := range r.Tables {
		fmt.Fprintln(h, t.Name, t.Beyond, t.Points)
	}
	fmt.Fprintln(h, r.Time.Start, r.Time.Stop, r.Time.Step, r.Time.Unit, r.Time.Method)
	return hex.EncodeToString(h.Sum(nil))
}
