package model_test

import (
	"strings"
	"testing"

	"weir/model"
	"weir/model/vensim"
)

// Names of a file stand in for ours where a message names a variable, and nowhere else: a
// variable called A does not change the article "a", nor one called Time Units a unit.
func TestWordsOfMessagesAreNotRenamed(t *testing.T) {
	text := "{UTF-8}\n" +
		"A = 3 ~ Widget ~|\n" +
		"Number = 5 ~ Day ~|\n" +
		"Hen House = A + Number ~ Widget ~|\n" +
		"Loop One = Loop Two ~ Widget ~|\n" +
		"Loop Two = Loop One * A ~ Widget ~|\n" +
		"Late = SMOOTH(A, A) ~ Widget ~|\n" +
		"INITIAL TIME = 0 ~ Day ~|\nFINAL TIME = 6 ~ Day ~|\nTIME STEP = 1 ~ Day ~|\nSAVEPER = 1 ~ Day ~|\n"
	m, list := vensim.Parse("m.mdl", []byte(text), nil, model.ImportOptions{})
	_, more := model.Check(m)
	var got []string
	for _, d := range append(list, more...) {
		got = append(got, d.Message)
		for _, r := range d.Related {
			got = append(got, r.Message)
		}
	}
	all := strings.Join(got, "\n")
	for _, want := range []string{
		"simultaneous equations: Loop One → Loop Two → Loop One",
		"Loop Two depends on Loop One",
		"adds Widget (A) and day (Number)",
		"must be in day, but it is in Widget",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	if strings.Contains(all, "A plain") || strings.Contains(all, "plain Number") {
		t.Errorf("words are renamed:\n%s", all)
	}
}
