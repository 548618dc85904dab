package reasons

import (
	"context"
	"errors"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios"
)

const school = `today = 2026
[time]
start = 2020
stop  = 2040
step  = 0.25
unit  = "year"
[stock.children]
initial = "1000"
outflow = ["leaving"]
[flow.leaving]
equation = "children * leaving_share"
[decision.leaving_share]
value = 0.03
range = [0.02, 0.04]
`

const question = `model = "school.toml"
[outcome.children]
variable = "children"
better   = "higher"
[intervention.welcome.change.leaving_share]
to    = 0.02
start = 2027
[scenario.welcome]
interventions = ["welcome"]
`

// readQuestion returns the set that asks about the school.
func readQuestion(t *testing.T) *scenarios.Set {
	t.Helper()
	set, list := scenarios.Parse("question.toml", []byte(question), func(name string, _ model.ImportOptions) (*model.Model, diagnostic.List) {
		return model.Parse(name, []byte(school), nil)
	})
	if list.HasErrors() {
		t.Fatal(list)
	}
	return set
}

func TestEachFormatHoldsItsReasons(t *testing.T) {
	for _, test := range []struct {
		format     string
		why, loops bool
	}{{"csv", false, false}, {"table", false, false}, {"json", true, false}, {"html", true, true}} {
		c, unexplained, err := Compare(context.Background(), readQuestion(t), test.format, scenarios.Options{})
		if err != nil || unexplained != nil {
			t.Fatal(test.format, err, unexplained)
		}
		if (c.Why != nil) != test.why || (c.Loops != nil) != test.loops {
			t.Errorf("%s: reasons %v, loops %v", test.format, c.Why != nil, c.Loops != nil)
		}
	}
}

// A comparison that was stopped is none.
func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	o := scenarios.Options{Progress: func(share float64) {
		if share > 0.3 {
			stop()
		}
	}}
	if _, _, err := Compare(ctx, readQuestion(t), "html", o); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
