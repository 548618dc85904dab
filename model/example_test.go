package model_test

import (
	"fmt"
	"strings"

	"weir/model"
	"weir/model/structure"
)

// A room cools towards the temperature outside. The gap drives the loss, and the loss
// closes the gap: one balancing loop.
const room = `name = "A cooling room"

[time]
start = 0
stop  = 10
step  = 0.25
unit  = "hour"

[stock.temperature]
initial = 20
outflow = ["loss"]
units   = "degree"

[flow.loss]
equation = "(temperature - outside) / cooling_time"
units    = "degree/hour"

[constant.outside]
value = 5
units = "degree"

[constant.cooling_time]
value = 4
units = "hour"
`

// A model is parsed, checked, and asked for its structure.
func Example() {
	m, list := model.Parse("room.toml", []byte(room), nil)
	r, more := model.Check(m)
	if list = append(list, more...); list.HasErrors() {
		fmt.Println(list)
		return
	}
	for _, v := range r.Variables {
		fmt.Println(v.Kind, v.Name)
	}
	for _, loop := range structure.Of(r, nil).Loops {
		fmt.Println(loop.Polarity, strings.Join(loop.Names(), " → "))
	}
	// Output:
	// stock temperature
	// flow loss
	// constant outside
	// constant cooling_time
	// balancing temperature → loss
}

// A mistake has a code, a place and, if there is one, a way out.
func ExampleCheck() {
	m, _ := model.Parse("room.toml", []byte(strings.Replace(room, "- outside", "- outsde", 1)), nil)
	r, list := model.Check(m)
	fmt.Println(r == nil)
	for _, d := range list {
		if d.Severity.String() == "error" {
			fmt.Println(d.Code, string(m.Files["room.toml"][d.Span.Start:d.Span.End]), d.Message)
			fmt.Println(d.Hint)
		}
	}
	// Output:
	// true
	// unknown-name outsde "outsde" is not declared
	// did you mean outside?
}

// A document is written as TOML again, whatever file it came from.
func ExampleWrite() {
	m, _ := model.Parse("room.toml", []byte(room), nil)
	text, data := model.Write(m)
	fmt.Println(strings.Join(strings.Split(string(text), "\n")[:7], "\n"))
	fmt.Println(len(data), "data files")
	// Output:
	// name = "A cooling room"
	//
	// [time]
	// start = 0
	// stop = 10
	// step = 0.25
	// unit = "hour"
	// 0 data files
}
