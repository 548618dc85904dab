package lower

import (
	"regexp"
	"testing"

	"weir/model/equation"
	"weir/model/function"
)

// Whatever a template writes is in weir's table of functions, with as many arguments
// as it takes there.
func TestTemplates(t *testing.T) {
	argument := regexp.MustCompile(`\$[1-9]`)
	for name, r := range calls {
		for i, write := range r.write {
			tree, mistakes := equation.Parse(argument.ReplaceAllString(write, "2"))
			if len(mistakes) > 0 {
				t.Fatalf("%s: %s: %s", name, write, mistakes[0].Message)
			}
			equation.Walk(tree, func(e equation.Expr) bool {
				switch e := e.(type) {
				case *equation.Name:
					if function.Find(e.Name) == nil {
						t.Errorf("%s: there is no %s", name, e.Name)
					}
				case *equation.Call:
					row := function.Find(e.Func)
					if row == nil {
						t.Fatalf("%s: there is no function %s", name, e.Func)
					}
					if least, most := row.Arity(); len(e.Args) < least || most >= 0 && len(e.Args) > most {
						t.Errorf("%s with %d arguments: %s takes %d to %d, not %d", name, r.least+i, e.Func, least, most, len(e.Args))
					}
				}
				return true
			})
		}
	}
}
