package start

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"weir/model"
)

const stepModel = `[time]
start = 0
stop = 40
step = 0.25
unit = "year"
method = "%s"
`

// Parts that settle by themselves and that the step makes grow, through whatever they go: a gap of
// two stocks in a circle of 0.08 year (a goal gap through a stock between is no decay that its
// equation shows); a part that becomes fast during the run; the oscillation of a pendulum without
// friction, which Euler's method makes grow by sqrt(1 + (0.25 * 2)²) = 1.118 in each step.
func TestStep(t *testing.T) {
	const gap = `[constant]
tau = { value = 0.02 }
[stock]
goal = { initial = 5, inflow = ["drift"] }
level = { initial = 4, inflow = ["close"] }
[flow]
drift = { equation = "0.01 * level" }
close = { equation = "%s" }
`
	for _, c := range []struct{ name, method, text, says, hint string }{
		{"a product", "euler", fmt.Sprintf(gap, "(goal ^ 2 - level * goal) / tau"), "level changes through close with a time constant of 0.004 year near 0", "stiff"},
		{"a product, steep", "rk4", fmt.Sprintf(gap, "(goal ^ 2 - level * goal) / tau"), "level changes through close", "stiff"},
		{"as slow as the step allows", "rk4", fmt.Sprintf(gap, "(goal ^ 2 - level * goal) / 5"), "", ""},
		{"later", "euler", `[stock]
speed = { initial = 1, inflow = ["rise"] }
level = { initial = 4, outflow = ["fall"] }
[flow]
rise = { equation = "1" }
fall = { equation = "level * speed" }
`, "near 8: each step of 0.25 multiplies its distance from balance by 1.25", "a step under 0.22"},
		{"a pendulum", "euler", `[stock]
x = { initial = 1, inflow = ["f"] }
v = { initial = 0, outflow = ["g"] }
[flow]
f = { equation = "v" }
g = { equation = "4 * x" }
`, "by 1.12, so the run swings ever wider", `"rk4"`},
		{"a pendulum", "rk4", `[stock]
x = { initial = 1, inflow = ["f"] }
v = { initial = 0, outflow = ["g"] }
[flow]
f = { equation = "v" }
g = { equation = "4 * x" }
`, "", ""},
		{"growth is the model's own", "euler", `[stock]
x = { initial = 1, inflow = ["f"] }
[flow]
f = { equation = "9 * x" }
`, "", ""},
		{"a method for it", "stiff", fmt.Sprintf(gap, "(goal ^ 2 - level * goal) / tau"), "", ""},
	} {
		m, list := model.Parse("model.toml", []byte(fmt.Sprintf(stepModel, c.method)+c.text), nil)
		r, more := model.Check(m)
		if r == nil {
			t.Fatal(list, more)
		}
		got, err := Check(context.Background(), m, r, nil)
		if err != nil {
			t.Fatal(err)
		}
		said, hint := "", ""
		for _, d := range got {
			if d.Code == model.StepTooLong {
				said, hint = d.Message, d.Hint
				if d.Span.File == "" {
					t.Errorf("%s: no place", c.name)
				}
			}
		}
		if c.says == "" && said != "" || !strings.Contains(said, c.says) || !strings.Contains(hint, c.hint) {
			t.Errorf("%s by %s: %q, %q", c.name, c.method, said, hint)
		}
	}
}
