package model_test

import (
	"testing"

	"weir/model"
	"weir/model/diagnostic"
)

// Stocks, flows, dimensions and names: what is wrong, and the way out.
func TestNames(t *testing.T) {
	const flow = "[flow.hiring]\nequation = \"1\"\n"
	const arrays = "[dimension.sector]\nelements = [\"district\", \"charter\"]\n"
	stock := func(rest string) string { return "[stock.teachers]\ninitial = \"1\"\n" + rest }
	for _, c := range []struct {
		text string
		code diagnostic.Code
		want string
	}{
		{stock(""), model.StockWithoutFlows, `[stock.teachers]: the stock teachers has no flows, so it never changes (make it [constant.teachers], or add inflow or outflow)`},
		{stock("inflow = [\"hirin\"]\n") + flow, model.UnknownFlow, `["hirin"]: inflow of teachers: "hirin" is not declared (did you mean hiring?)`},
		{stock("outflow = [\"pay\"]\n") + "[aux.pay]\nequation = \"1\"\n", model.UnknownFlow, `["pay"]: outflow of teachers: pay is not a flow but an auxiliary (make it [flow.pay])`},
		{stock("inflow = [\"hiring\"]\noutflow = [\"hiring\"]\n") + flow, model.FlowUsedTwice, `["hiring"]: hiring flows into teachers and out of it (a flow leads from one stock to another, or from or to outside)`},
		{stock("inflow = [\"hiring\", \"hiring\"]\n") + flow, model.FlowUsedTwice, `["hiring", "hiring"]: hiring is named twice in the inflow of teachers (name it once)`},
		{arrays + stock("over = [\"sector\"]\ninflow = [\"hiring\"]\n") + flow, model.FlowDimensions,
			`["hiring"]: teachers is over sector, but its inflow hiring is a single number (a flow has the dimensions of its stock, in the same order)`},
		{flow, model.UnusedFlow, `[flow.hiring]: the flow hiring fills and drains no stock (make it [aux.hiring], or name it in a stock's inflow or outflow)`},
		{arrays + "[aux.sector]\nequation = \"1\"\n", model.DuplicateName, `[aux.sector]: "sector" is declared twice (give one of them another name)`},
		{arrays + "[dimension.kind]\nelements = [\"sector\"]\n", model.DuplicateName, `[dimension.kind]: the dimension kind has an element "sector", which is also a dimension (give one of them another name)`},
		{"[aux.smooth3]\nequation = \"1\"\n", model.ReservedName, `[aux.smooth3]: "smooth3" is the function smooth3(input, averaging_time, initial?) (choose another name)`},
		{"[aux.dt]\nequation = \"1\"\n", model.ReservedName, `[aux.dt]: "dt" is a built-in name: the length of a step (choose another name)`},
		{arrays + "[dimension.some]\nof = \"sector\"\nelements = [\"charterr\"]\n", model.UnknownElement, `[dimension.some]: some has the element "charterr", but sector, of which it is a part, has not (did you mean charter?)`},
	} {
		t.Run(c.want, func(t *testing.T) {
			equal(t, complaint(t, clock+c.text, c.code), c.want)
		})
	}
}

// A stock with only an inflow, or only an outflow, is sound, and a flow may lead from
// one stock to another.
func TestFlowsThatAreSound(t *testing.T) {
	resolve(t, clock+`
[stock.novices]
initial = "10"
outflow = ["maturing"]
[stock.veterans]
initial = "0"
inflow = ["maturing"]
[flow.maturing]
equation = "novices / 5"
`)
}

// The consequences of a mistake are not reported: x has no dimension to speak of,
// and what uses it is not to blame.
func TestUnknownDimensionHasNoConsequences(t *testing.T) {
	_, list := tryResolve(t, clock+`
[aux.x]
over = ["sektor"]
equation = "nothing + (1"
[aux.y]
equation = "x[district] * 2 + x"
[aux.z]
equation = "y + x * sum(x)"
`)
	var codes []diagnostic.Code
	for _, d := range list {
		if d.Severity == diagnostic.Error {
			codes = append(codes, d.Code)
		}
	}
	equal(t, codes, []diagnostic.Code{model.UnknownDimension, model.Syntax})
}
