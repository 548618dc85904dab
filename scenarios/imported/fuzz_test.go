package imported

import (
	"context"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"

	"weir/model"
	"weir/model/xmile"
)

// proofFailed finds a module that is written out since the division had other numbers, or did not
// check: a fault of weir.
var proofFailed = regexp.MustCompile(`written out, since [^\n]*( in the original|not sound|as TOML has)`)

// FuzzModules divides whatever can be read, checked and run: the files are sound, and no module is
// written out because the division would be wrong.
func FuzzModules(f *testing.F) {
	whole, err := os.ReadFile("testdata/town.xmile")
	if err != nil {
		f.Fatal(err)
	}
	body := string(whole[strings.Index(string(whole), "<model>")+len("<model><variables>") : strings.LastIndex(string(whole), "</xmile>")])
	variables, models, _ := strings.Cut(body, "</variables></model>")
	f.Add(strings.ReplaceAll(variables, "Region", ""), models)
	const farm = `<model name="f"><variables><stock name="s"><eqn>a</eqn><inflow>in</inflow><outflow>out</outflow><non_negative/></stock><flow name="in" access="input"/><flow name="out"><eqn>s/2</eqn></flow><aux name="a" access="input"><eqn>3</eqn></aux><module name="g"><connect to="g.a" from="a"/></module></variables></model><model name="g"><variables><aux name="a" access="input"/><aux name="out"><eqn>SMTH1(a, 2)</eqn><gf><xscale min="0" max="4"/><ypts>1,2,4</ypts></gf></aux></variables></model>`
	f.Add(`<module name="f"><connect to="f.a" from="f.g.out"/><connect to="f.in" from=".x"/></module><flow name="x"><eqn>f.s + TIME</eqn></flow><stock name="y"><eqn>1</eqn><inflow>f.out</inflow></stock>`, farm)
	f.Add(`<module name="f" model_name="g"/><module name="h" model_name="g"><connect to="h.a" from="f.out"/></module><aux name="f out"><eqn>1</eqn></aux><aux name="h"><eqn>h.out + f.a</eqn></aux>`, farm)
	f.Add(`<module name="step"/><module name="time"/>`, `<model name="step"><variables><aux name="max"><eqn>time.step</eqn></aux></variables></model><model name="time"><variables><aux name="step"><eqn>TIME</eqn></aux><aux name="x"><eqn>step.max + 1</eqn></aux></variables></model>`)
	f.Fuzz(func(t *testing.T, variables, models string) {
		m, list := xmile.Parse("f.xmile", []byte(flatFile(variables, models)), nil, model.ImportOptions{})
		if list.HasErrors() || len(m.Variables) > 200 || m.Time.Stop-m.Time.Start > 100*m.Time.Step {
			return
		}
		r, list := model.Check(m)
		if r == nil || list.HasErrors() {
			return
		}
		if _, err := runOnce(context.Background(), r); err != nil {
			return
		}
		c, err := Convert(context.Background(), m, r)
		var unsound *Unsound
		if errors.As(err, &unsound) {
			t.Fatalf("%v\n%v", err, unsound.List)
		}
		if err != nil {
			t.Fatal(err)
		}
		if bad := proofFailed.Find(c.Files["import.csv"]); bad != nil {
			t.Fatalf("%s", bad)
		}
	})
}
