package scenarios

import "testing"

// FuzzLevers: every change of a set without mistakes can be listed.
func FuzzLevers(f *testing.F) {
	for _, row := range Codes {
		f.Add(row.Example)
	}
	f.Add(decline)
	f.Fuzz(func(_ *testing.T, text string) {
		if set, list := parse(text); !list.HasErrors() {
			levers(set)
		}
	})
}
