package prose

import (
	"regexp"
	"slices"
	"testing"

	"weir/model"

	"pgregory.net/rapid"
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

// The words are those of the pattern that says which they are.
func TestSmallWords(t *testing.T) {
	pattern := regexp.MustCompile(`\p{Ll}\p{L}*`)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("abXYÄßǅʰ_'’ 1é漢\u0301"))).Draw(t, "text")
		want := pattern.FindAllString(text, -1)
		if got := slices.Collect(smallWords(text)); !slices.Equal(got, want) {
			t.Fatalf("%q has %q, want %q", text, got, want)
		}
	})
}
