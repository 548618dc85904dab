package runs

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"weir/scenarios/internal/pack"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/wire"
	"weir/scenarios/words"
	"weir/sim"
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
		{"Model", v.Title()}, {"Model hash", v.Model.Hash}, {"Time step", words.Exact(r.Step) + " " +
			v.Model.Time.Unit},
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
	out := &wire.Runs{Title: v.Title(), File: prose.FileName(v.Title()), Credit: v.Credit(),
		Charts:  []int{},
		Columns: columns, Variants: []wire.Variant{}, Earlier: []wire.Earlier{},
		X: prose.TimeAxis(first, last, cal)}
	drawn, _ := v.Drawn(FewCharts)
	for _, c := range drawn {
		if i, ok := at[c.Name()]; ok {
			out.Charts = append(out.Charts, i)
		}
	}
	var err error
	if out.Set, err = v.set(); err != nil {
		return nil, err
	}
	// Variants come before earlier results, as in Runs: the script gives slots in this order.
	for i := range v.Runs[1:] {
		r := &v.Runs[1+i]
		if r.Result == nil {
			e, err := v.earlier(r, at)
			if err != nil {
				return nil, err
			}
			out.Earlier = append(out.Earlier, e)
			continue
		}
		values, err := v.moved(r)
		if err != nil {
			return nil, err
		}
		out.Variants = append(out.Variants, wire.Variant{Name: r.Name, Said: r.Said(), Values: values})
	}
	return out, nil
}

// mostEarlier bounds the numbers of an earlier result that the page carries: about a megabyte.
const mostEarlier = 200_000

// earlier returns the columns of a result from a file, those that are drawn at first before the
// others. Of a large file not all are carried, and the words say so. at has the columns' places.
func (v *View) earlier(r *Run, at map[string]int) (wire.Earlier, error) {
	out := wire.Earlier{Name: r.Name, Columns: []wire.EarlierColumn{}}
	// The page shows what is drawn at first even where the file is too large for the rest.
	drawn, _ := v.Drawn(FewCharts)
	numbers, left, seen := 0, 0, map[int]bool{}
	for _, c := range append(drawn, v.Runs[0].Result.Columns...) {
		place, known := at[c.Name()]
		times, values := r.Of(c)
		if !known || times == nil || seen[place] {
			continue
		}
		seen[place] = true
		if numbers += 2 * len(times); numbers > mostEarlier {
			left++
			continue
		}
		var data bytes.Buffer
		if err := binary.Write(&data, binary.LittleEndian, append(slices.Clone(times),
			values...)); err != nil {
			return out, err
		}
		text, err := pack.Base64(data.Bytes())
		if err != nil {
			return out, err
		}
		out.Columns = append(out.Columns, wire.EarlierColumn{Column: place, Data: text})
	}
	if left > 0 {
		out.Said = fmt.Sprintf("%d of its columns are not in the page, which would be too large", left)
	}
	return out, nil
}

// set returns the constants and decisions that the first run has otherwise than the model's file, in
// the order of the module. A scenario set must name them to give the same numbers.
func (v *View) set() ([]wire.Setting, error) {
	file, err := v.Program.CodeValues(sim.Settings{})
	if err != nil {
		return nil, err
	}
	own, err := v.Program.CodeValues(v.Settings)
	if err != nil {
		return nil, err
	}
	variable := func(name string) string { base, _, _ := strings.Cut(name, "["); return base }
	touched := map[string]bool{}
	for i, x := range own {
		touched[variable(x.Name)] = touched[variable(x.Name)] || x.Value != file[i].Value
	}
	out := []wire.Setting{}
	for i, x := range own {
		if touched[variable(x.Name)] {
			out = append(out, wire.Setting{Place: i, Name: x.Name, Value: x.Value, Decision: x.Decision})
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
	// Values are compared and not names: a setting of a whole array is one of each element.
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
