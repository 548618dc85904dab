package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"weir/model"
)

// wordsOf returns the words of a text: letters, digits and underscores.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// In the model of another tool every word of a message may also be the name of a variable in that
// tool's spelling. It stays as it is, unless it stands for the variable.
func TestWordsAreNeverRenamed(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "planted", "mistakes.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range readPlantings(strings.Split(string(text), "\n")) {
		if p.file != "model.toml" {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			m, _ := model.Load(filepath.Join(p.plant(t), "model.toml"))
			if m == nil {
				return
			}
			_, plain := model.Check(m)
			variables := map[string]bool{}
			for _, v := range m.Variables {
				variables[v.Name] = true
			}
			m.Imported = &model.Import{}
			for _, d := range plain {
				for _, w := range wordsOf(d.Message + " " + d.Hint) {
					if !variables[w] {
						m.Imported.Rows = append(m.Imported.Rows, model.ImportRow{Name: "Renamed " + w, Variable: w})
					}
				}
			}
			_, list := model.Check(m)
			for _, d := range list {
				if strings.Contains(d.Message+d.Hint, "Renamed ") {
					t.Errorf("%s: %s (%s)", d.Code, d.Message, d.Hint)
				}
			}
		})
	}
}
