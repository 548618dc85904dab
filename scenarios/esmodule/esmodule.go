// Package esmodule writes a model as an ECMAScript module with types, for pages and programs of
// others: a browser, Node or Deno runs it with the bits of weir, and fetches nothing.
package esmodule

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"

	"weir/model"
	"weir/scenarios/internal/pack"
	"weir/sim"
	"weir/sim/wasm"
)

//go:embed runtime.js
var runtime string

//go:embed types.d.ts
var types string

//go:embed example.html
var example string

// data is what the script knows of a model.
type data struct {
	Layout   wasm.Layout    `json:"layout"`
	Status   map[string]int `json:"status"`
	Time     clock          `json:"time"`
	Inputs   []input        `json:"inputs"`
	Elements []string       `json:"elements"` // by place of the module's values
	Of       []int          `json:"of"`       // by place: the input that it belongs to
	Outputs  []output       `json:"outputs"`
}

type clock struct {
	Start float64 `json:"start"`
	Stop  float64 `json:"stop"`
	Step  float64 `json:"step"`
	Save  float64 `json:"save"`
	Unit  string  `json:"unit"`
}

// An input is a constant or decision, an array whole.
type input struct {
	Name     string      `json:"name"`
	Label    string      `json:"label"`
	Unit     string      `json:"unit"`
	About    string      `json:"about,omitempty"`
	Value    float64     `json:"value"` // of an array, its first element's
	Range    *[2]float64 `json:"range,omitempty"`
	Decision bool        `json:"decision"`
	Moves    bool        `json:"moves"` // may change in a run
	At       []int       `json:"at"`
}

type output struct {
	Name  string `json:"name"` // name, or name[a,b]
	Label string `json:"label"`
	Unit  string `json:"unit"`
}

// Files returns the module, its types, an example page and a description by file name. The error is
// one of a model that no page can run: one whose method chooses its own step, or that ends itself.
func Files(m *model.Model, p *sim.Program, s sim.Settings, version string) (map[string][]byte, error) {
	if method, err := p.Method(s); err == nil && method.Adaptive() {
		return nil, fmt.Errorf("its method (%s) chooses the length of each step; "+
			"a module runs steps of one length: say --method rk4", method.Name)
	}
	x, err := wasm.EmitWith(p, s, wasm.Options{})
	if err != nil {
		return nil, err
	}
	d := dataOf(m, x)
	if len(d.Inputs) == 0 || len(d.Outputs) == 0 {
		return nil, errors.New("it has no constants or no variables")
	}
	text, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	packed, err := pack.Base64(slices.Concat(text, []byte("\n"), x.Code))
	if err != nil {
		return nil, err
	}
	name := strings.Join(strings.Fields(m.Name), " ") // of one line, since it stands in a comment
	script := strings.NewReplacer("VERSION", version, "MODELNAME", name, "PACKED", packed).Replace(runtime)
	return map[string][]byte{
		"model.js":     []byte(script),
		"model.d.ts":   []byte(typesOf(d)),
		"example.html": []byte(exampleOf(m, d)),
	}, nil
}

// dataOf returns what the script knows of a module.
func dataOf(m *model.Model, x *wasm.Module) *data {
	y := x.Layout
	d := &data{
		Status: map[string]int{"running": wasm.Running, "complete": wasm.Complete, "nonFinite": wasm.NonFinite,
			"outside":    wasm.Outside,
			"shortDelay": wasm.ShortDelay, "noDelay": wasm.NoDelay, "longDelay": wasm.LongDelay},
		Time: clock{y.Start, y.Stop, y.Step, y.Save, m.Time.Unit}}
	for i, q := range y.Parameters {
		base, _, _ := strings.Cut(q.Name, "[")
		k := slices.IndexFunc(d.Inputs, func(in input) bool { return in.Name == base })
		if k < 0 {
			k = len(d.Inputs)
			d.Inputs = append(d.Inputs, inputOf(m, base, q))
		}
		d.Inputs[k].At = append(d.Inputs[k].At, i)
		d.Elements, d.Of = append(d.Elements, q.Name), append(d.Of, k)
	}
	for _, name := range y.Columns {
		base, _, _ := strings.Cut(name, "[")
		o := output{Name: name, Label: name}
		if v := m.Variable(base); v != nil {
			o.Unit = v.Units
			if v.Label != "" {
				o.Label = v.Label + name[len(base):]
			}
		}
		d.Outputs = append(d.Outputs, o)
	}
	y.Columns, y.Parameters = nil, nil // Outputs and Elements have them
	d.Layout = y
	return d
}

// inputOf returns the input of a parameter, without its places.
func inputOf(m *model.Model, base string, q wasm.Parameter) input {
	in := input{Name: base, Label: base, Value: q.Value, Decision: q.Decision, Moves: q.Varying}
	if v := m.Variable(base); v != nil {
		in.Unit, in.About, in.Range = v.Units, v.About, v.Range
		if v.Label != "" {
			in.Label = v.Label
		}
	}
	return in
}

// typesOf returns the types of a module: its names are literal types, so that an editor knows them.
func typesOf(d *data) string {
	var inputs, outputs []string
	for _, in := range d.Inputs {
		inputs = append(inputs, in.Name)
	}
	inputs = append(inputs, slices.DeleteFunc(slices.Clone(d.Elements),
		func(e string) bool { return slices.Contains(inputs, e) })...)
	for _, o := range d.Outputs {
		outputs = append(outputs, o.Name)
	}
	return strings.NewReplacer("INPUTNAMES", union(inputs), "OUTPUTNAMES", union(outputs)).Replace(types)
}

// union returns names as a type of TypeScript, a line each.
func union(names []string) string {
	var out strings.Builder
	for _, name := range names {
		text, _ := json.Marshal(name) // a string is always JSON
		out.WriteString("\n  | " + string(text))
	}
	return out.String()
}

// exampleOf returns a page that moves the first input with a range and draws the first output.
func exampleOf(m *model.Model, d *data) string {
	in := d.Inputs[max(0, slices.IndexFunc(d.Inputs, func(in input) bool { return in.Range != nil }))]
	low, high := min(0, 2*in.Value), max(1, 2*in.Value)
	if in.Range != nil {
		low, high = in.Range[0], in.Range[1]
	}
	first := d.Outputs[0]
	for _, o := range d.Outputs {
		base, _, _ := strings.Cut(o.Name, "[")
		if v := m.Variable(base); v != nil && v.Kind == model.KindStock {
			first = o
			break
		}
	}
	quoted := func(s string) string {
		text, _ := json.Marshal(s)
		return string(text)
	}
	return strings.NewReplacer("TITLE", html.EscapeString(m.Name), "INPUTLABEL", html.EscapeString(in.Label),
		"OUTPUTLABEL", html.EscapeString(first.Label),
		"INPUTNAME", quoted(in.Name), "OUTPUTNAME", quoted(first.Name), "LOW", fmt.Sprint(low), "HIGH", fmt.Sprint(high),
		"STEP", fmt.Sprint((high-low)/100), "VALUE", fmt.Sprint(in.Value)).Replace(example)
}
