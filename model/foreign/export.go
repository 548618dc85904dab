package foreign

import (
	"strings"
	"sync"

	"weir/model/equation"
)

// operators are functions of weir that XMILE writes with an operator, or with other
// arguments. The templates are trees in XMILE's words.
var operators = map[string]*equation.Template{
	"mod":   equation.NewTemplate("$1 mod $2"),
	"power": equation.NewTemplate("$1 ^ $2"),
}

// once is a pulse that comes once: Stella would make one at every step of a pulse without
// an interval.
var once = equation.NewTemplate("PULSE($1, $2, 0)")

// Exported returns XMILE's name for a function of weir with so many arguments, or else a
// template in XMILE's words; neither if XMILE has no such function.
func Exported(function string, args int) (name string, as *equation.Template) {
	switch {
	case operators[function] != nil:
		return "", operators[function]
	case function == "pulse" && args == 2:
		return "", once
	case function == "ramp" && args > 2: // XMILE's has no end
		return "", nil
	}
	return exported()[function], nil
}

var exported = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for i := range Table {
		if r := &Table[i]; r.Exports != "" && r.By == AnyTool {
			out[r.Exports] = strings.ToUpper(r.XMILE)
		}
	}
	return out
})
