// Package calibrated warns of fitted values that no longer belong to the model.
package calibrated

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"weir/model/resolved"
)

// stable finds the words that the printer has for a delay state. Fingerprints keep the word
// of the version that wrote the first files, or these would all be refused.
var stable = regexp.MustCompile(`(?m)^( *)delay state `)

// Hash returns a SHA-256, in hexadecimal, of everything that a model computes: equations,
// values, tables and clock, but for the values of the constants named in without. Labels,
// sources, comments, ranges and the interval of saving are not in it. The model is not changed.
// Equal hashes mean equal results with equal fitted values, so a model whose texts alone were
// edited needs no new calibration.
func Hash(r *resolved.Model, without ...string) string {
	copied := *r
	copied.Variables = slices.Clone(r.Variables)
	for i, v := range copied.Variables {
		if v.Kind == resolved.Constant && slices.Contains(without, v.Name) {
			blank := *v
			blank.Parts = nil
			copied.Variables[i] = &blank
		}
	}
	h := sha256.New()
	var text strings.Builder
	_ = resolved.PrintEquations(&text, &copied) // a builder takes everything
	h.Write([]byte(stable.ReplaceAllString(text.String(), "${1}memory ")))
	for _, t := range r.Tables {
		fmt.Fprintln(h, t.Name, t.Beyond, t.Points)
	}
	fmt.Fprintln(h, r.Time.Start, r.Time.Stop, r.Time.Step, r.Time.Unit, r.Time.Method)
	return hex.EncodeToString(h.Sum(nil))
}
