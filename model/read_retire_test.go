package model_test

import (
	"testing"
	"testing/fstest"

	"weir/model"
)

const part = `name = "A school alone"
[time]
start = 0
stop  = 10
step  = 0.5
unit  = "year"

[stock.students]
initial = "100"
inflow  = ["arriving"]
outflow = ["leaving"]

[flow.arriving]
equation = "births * share_who_come"

[flow.leaving]
equation = "students * leave_rate"

[stock.memory]
initial = "0"
inflow  = ["remembering"]

[flow.remembering]
equation = "0.1 * students - memory"

[stock.shadow]
initial = "1"
inflow  = ["shading"]

[flow.shading]
equation = "1 - shadow"

[aux.leave_rate]
equation = "leave_share * (1 + shadow)"

[constant.births]
value = 5

[constant.share_who_come]
value = 0.5

[constant.leave_share]
value = 0.1

[aux.remembered]
equation = "memory / students"
`

func TestABoundStockLosesItsFlowsAndWhatServedThemOnly(t *testing.T) {
	files := fstest.MapFS{"part.toml": {Data: []byte(part)}}
	parent := `name = "A city"
[time]
start = 0
stop  = 10
step  = 0.5
unit  = "year"

[module.school]
file = "part.toml"
[module.school.bind]
students = "children"

[stock.children]
initial = "200"
inflow  = ["growing"]

[flow.growing]
equation = "10 + school.leaving"
`
	m, list := model.Parse("city.toml", []byte(parent), files)
	r, more := model.Check(m)
	if list.HasErrors() || more.HasErrors() || r == nil {
		t.Fatal(list, more)
	}
	for name, want := range map[string]model.Kind{
		"school.students":       model.KindAux,      // bound
		"school.leaving":        model.KindAux,      // read by the city
		"school.leave_share":    model.KindConstant, // leaving needs it
		"school.shadow":         model.KindStock,    // and this, through leave_rate
		"school.arriving":       "",                 // nobody reads it
		"school.share_who_come": "",                 // it served arriving only
		"school.memory":         model.KindStock,    // never served students
		"school.remembered":     model.KindAux,      // a result
	} {
		v := m.Variable(name)
		if want == "" && v != nil {
			t.Errorf("%s is still there", name)
		}
		if want != "" && (v == nil || v.Kind != want) {
			t.Errorf("%s is %+v, want %s", name, v, want)
		}
	}
}
