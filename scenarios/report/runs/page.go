package runs

import (
	"maps"
	"slices"
	"strings"

	"weir/scenarios/prose"
	"weir/scenarios/report/internal/wire"
	"weir/scenarios/words"
)

// FewCharts is how many charts a page draws at first; a reader adds others.
const FewCharts = fewStocks

// Span returns from when to when the model runs, in words.
func (v *View) Span() string {
	cal := prose.CalendarOf(v.Model.Time.Unit, v.Model.Time.Start)
	times := v.Runs[0].Result.Time
	if len(times) == 0 {
		return cal.Date(v.Model.Time.Start)
	}
	return cal.Date(times[0]) + " to " + cal.Date(times[len(times)-1])
}

// Facts returns what the page says about how it was made, by name.
func (v *View) Facts() [][2]string {
	r := v.Runs[0].Result
	return [][2]string{
		{"Model", v.Title()}, {"Model hash", v.Model.Hash}, {"Time step", words.Exact(r.Step) + " " + v.Model.Time.Unit},
		{"Method", r.Method}, {"weir", v.Version},
	}
}

// Said returns the settings of a variant as they are written in a command.
func (r *Run) Said() string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(r.Set)) {
		list = append(list, name+"="+words.Exact(r.Set[name]))
	}
	return strings.Join(list, ", ")
}

// Data returns the data of the page for its script, with columns by their places in a row of the
// module that computes every variable.
func (v *View) Data(columns []string) (*wire.Runs, error) {
	at := map[string]int{}
	for i, name := range columns {
		at[name] = i
	}
	times := v.Runs[0].Result.Time
	first, last := v.Model.Time.Start, v.Model.Time.Stop
	if n := len(times); n > 1 {
		first, last = times[0], times[n-1]
	}
	cal := prose.CalendarOf(v.Model.Time.Unit, v.Model.Time.Start)
	out := &wire.Runs{Title: v.Title(), File: prose.FileName(v.Title()), Credit: v.Credit(), Charts: []int{},
		Columns: columns, Variants: []wire.Variant{}, Earlier: []wire.Earlier{}, X: prose.TimeAxis(first, last, cal)}
	drawn, _ := v.Drawn(FewCharts)
	for _, c := range drawn {
		if i, ok := at[c.Name()]; ok {
			out.Charts = append(out.Charts, i)
		}
	}
	for i := range v.Runs[1:] {
		if r := &v.Runs[1+i]; r.Result != nil {
			values, err := v.moved(r)
			if err != nil {
				return nil, err
			}
			out.Variants = append(out.Variants, wire.Variant{Name: r.Name, Said: r.Said(), Values: values})
		}
	}
	return out, nil
}

// moved returns the values of constants that a variant has otherwise than the first run, with their
// places among those of the module.
func (v *View) moved(r *Run) ([][2]float64, error) {
	usual, err := v.Program.CodeValues(v.Settings)
	if err != nil {
		return nil, err
	}
	own, err := v.Program.CodeValues(v.settings(r.Set))
	if err != nil {
		return nil, err
	}
	out := [][2]float64{}
	for i, x := range own {
		if x.Value != usual[i].Value {
			out = append(out, [2]float64{float64(i), x.Value})
		}
	}
	return out, nil
}
