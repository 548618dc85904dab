package code

import "weir/model/diagnostic"

// The codes of mistakes in views.
const (
	BadPlace       diagnostic.Code = "bad-place"
	DuplicatePlace diagnostic.Code = "duplicate-place"
	UnknownPlace   diagnostic.Code = "unknown-place"
)

// viewCodes are the mistakes in views.
var viewCodes = []CodeRow{
	{BadPlace, "A place in a view is not two numbers, or four, within a million pixels.", clock + `
[constant.capacity]
value = 100
[view.main.at]
capacity = [100] # ERROR bad-place
`},
	{DuplicatePlace, "One thing has two places of the same key in one view.", clock + `
[constant.capacity]
value = 100
[view.main.at]
capacity = [100, 50]
[view.main.ghost]
capacity = [300, 50] # ERROR duplicate-place
`},
	{UnknownPlace, "A view shows a variable, or an arrow or a pipe joins a place, that is not there.", clock + `
[constant.capacity]
value = 100
[view.main.at]
capacty = [100, 50] # WARNING unknown-place
`},
}
