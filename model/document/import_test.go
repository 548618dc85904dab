package document

import "testing"

// Names of imported models may have brackets themselves: the whole name counts first, then
// the name before the last bracket.
func TestOurName(t *testing.T) {
	m := &Model{
		Imported: &Import{Rows: []ImportRow{
			{Name: "cost [USD]", Variable: "cost_usd"}, {Name: "a=b", Variable: "a_b"}, {Name: "Staff", Variable: "staff"},
			{Name: "FINAL TIME", Variable: "stop_time"}, {Name: "share [%]", Variable: "share"},
		}},
		Dimensions: []*Dimension{{Name: "level", Elements: []string{"novice", "old_hand"}, Labels: map[string]string{"old_hand": "Old Hand"}}},
		Variables: []*Variable{
			{Name: "cost_usd"}, {Name: "a_b"}, {Name: "staff", Over: []string{"level"}}, {Name: "share", Over: []string{"level"}},
		},
	}
	for name, want := range map[string]string{
		"cost [USD]": "cost_usd", "Cost_[usd]": "cost_usd", "a=b": "a_b", "staff[Old Hand]": "staff[old_hand]",
		"share [%][novice]": "share[novice]", "final time": "stop_time", "nothing [x]": "nothing [x]", "nothing": "nothing",
	} {
		if got := m.OurName(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}
