package prose

import (
	"testing"

	"weir/model"
)

func TestNamesKeepTheirCapitals(t *testing.T) {
	n := NewNames(&model.Model{}, []byte("children in missouri? no: Missouri. families"))
	for label, want := range map[string]string{
		"Children in schools": "children in schools", "SLPS students": "SLPS students", "St. Louis": "St. Louis",
		"Kansas students": "Kansas students", "Families’ confidence": "families’ confidence",
	} {
		if got := n.Inside(label); got != want {
			t.Errorf("%q stands as %q, want %q", label, got, want)
		}
	}
}
