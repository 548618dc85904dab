// Package annex holds the part of weir's own files that XMILE has no elements for, as the
// writer writes it and the reader reads it.
//
// The part is JSON in an instruction behind the model. It holds nothing that a run of the
// model depends on in another tool: labels, sources, grades of evidence, decisions, tests,
// the scenario set, and the details of diagrams. Names are those of the file, so that the part
// still fits if the file is edited elsewhere; entries without a counterpart are ignored.
package annex

import "weir/model"

// A Model holds the parts of a model that XMILE has no place for, by the names in the file.
// They are written behind the model in an instruction to weir, which is no element: XMILE 1.0
// lets vendors have elements and attributes in a namespace of their own, but its schema
// has no place for any.
type Model struct {
	Today      *float64             `json:",omitempty"`
	Save       *float64             `json:",omitempty"` // the time between two saved rows, if that is not the step
	Plurals    map[string]string    `json:",omitempty"` // of units
	Dimensions map[string]Dimension `json:",omitempty"`
	Variables  map[string]Variable  `json:",omitempty"`
	Sources    []*model.Source      `json:",omitempty"`
	Tests      []*model.Test        `json:",omitempty"`
	Channels   []*Channel           `json:",omitempty"` // through which effects may pass
	Loops      []*Loop              `json:",omitempty"` // feedback loops with a name
	Views      []*View              `json:",omitempty"` // one for each <view>, in their order
	Set        string               `json:",omitempty"` // a scenario set as TOML
	Modules    map[string]Module    `json:",omitempty"`
	// Bridges are auxiliaries that only give an expression to an input of a module.
	Bridges []string `json:",omitempty"`
}

// A Module holds the properties of a module that XMILE has no attribute for. Its key is its name in
// the file, with those of the modules around it: "farm.nest".
type Module struct {
	Name         string // in the model, without those around it
	File         string // of weir, without its folder and ending
	Title        string `json:",omitempty"` // the name of the file's model
	Label, About string `json:",omitempty"`
}

// A Channel is variables through which effects may pass.
type Channel struct {
	Name          string
	Label, About  string `json:",omitempty"`
	Through       []string
	Higher, Lower string `json:",omitempty"`
}

// A Loop is a feedback loop with a name, by variables that it passes.
type Loop struct {
	Name         string
	Label, About string `json:",omitempty"`
	Through      []string
}

// A Dimension holds the properties of a dimension that XMILE has no attribute for.
type Dimension struct {
	Of, Label string            `json:",omitempty"`
	Ordered   bool              `json:",omitempty"`
	Labels    map[string]string `json:",omitempty"` // of elements
}

// A Variable holds the properties of a variable that XMILE has no element for. Empty fields
// say nothing.
type Variable struct {
	Label, Source, Evidence, Owner string `json:",omitempty"`
	// of a constant, decision or data series, which XMILE takes for an auxiliary, and of an auxiliary
	// whose equation is a number, which a reader of XMILE takes for a constant
	Kind            model.Kind    `json:",omitempty"`
	Distribution    *Distribution `json:",omitempty"`
	Beyond, Between string        `json:",omitempty"` // of a graphical function
	Start           []float64     `json:",omitempty"` // of a conveyor
	// which graphical functions have a point that XMILE needs
	Padded []int `json:",omitempty"`
}

// A Distribution is that of a constant, as in the model file.
type Distribution struct {
	Name   string
	Params map[string]float64 `json:",omitempty"`
}
