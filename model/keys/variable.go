package keys

import "weir/model/toml/shape"

// variableShape is a variable's shape: the keys that every kind has, and its own.
func variableShape(what string, own ...shape.Key) *shape.Shape {
	return &shape.Shape{What: what, Keys: append(own,
		shape.Key{Name: "label", Form: shape.Text, About: "What readers call it."},
		shape.Key{Name: "about", Form: shape.Text, About: "What a reader should know about it."},
		shape.Key{Name: "units", Form: shape.Name, Of: shape.Units,
			About: "Its unit, such as \"student/year\"; \"1\" for none."},
		shape.Key{Name: "over", Form: shape.Names, Of: shape.Dimension, About: "The dimensions of an array."},
		shape.Key{Name: "source", Form: shape.Name, Of: shape.SourceID, About: "The id of a [source], or a sentence."},
		shape.Key{Name: "evidence", Form: shape.OneWord(EvidenceGrades...),
			About: "How well it is known."},
	)}
}

// byElement is the table of what single elements have instead.
func byElement(form *shape.Form, about string) shape.Key {
	return shape.Key{Name: "at", Form: shape.Each(form), Free: shape.Element, About: about}
}

const elementEquations = "Equations of single elements, such as \"k\" or \"district, *\"."

// Stock has the keys of [stock.x].
var Stock = variableShape("a stock",
	shape.Key{Name: "initial", Form: shape.Equation,
		About:  "Its value at the start.",
		Needed: shape.Add, Unless: []string{"at"}},
	byElement(shape.Equation, elementEquations),
	shape.Key{Name: "inflow", Form: shape.Names, Of: shape.Variable, About: "The flows that fill it."},
	shape.Key{Name: "outflow", Form: shape.Names, Of: shape.Variable,
		About: "The flows that drain it, the first one served first."},
	shape.Key{Name: "non_negative", Form: shape.Flag,
		About: "Limits the outflows to what is there."},
	shape.Key{Name: "conveyor", Form: shape.In(Conveyor),
		About: "What enters leaves after a time of transit."},
)

// Conveyor has the keys of [stock.x.conveyor].
var Conveyor = &shape.Shape{What: "a conveyor", Keys: []shape.Key{
	{Name: "transit", Form: shape.Equation,
		About:  "The time from one end to the other.",
		Needed: shape.Add},
	{Name: "leak", Form: shape.Names, Of: shape.Variable, About: "The outflows that leak on the way."},
	{Name: "exponential", Form: shape.Flag,
		About: "Leaks take a share of what is there, not of what entered."},
	{Name: "capacity", Form: shape.Equation, About: "The most that it holds."},
	{Name: "inflow_limit", Form: shape.Equation, About: "The most that enters per unit of time."},
	{Name: "arrest", Form: shape.Equation, About: "It stands still while this is not 0."},
	{Name: "sample", Form: shape.Equation,
		About: "The transit time stays as it was while this is 0."},
	{Name: "zone", Form: shape.Named(shape.Tuple(shape.Number, shape.Number)),
		About: "Between which fractions of the way a leak leaks."},
	{Name: "start", Form: shape.List(shape.Number),
		About: "What comes out in the first units of time, in proportion."},
}}

// Flow has the keys of [flow.x].
var Flow = variableShape("a flow",
	shape.Key{Name: "equation", Form: shape.Equation, About: "How much flows per unit of time."},
	byElement(shape.Equation, elementEquations),
	shape.Key{Name: "non_negative", Form: shape.Flag, About: "Never flows backwards."},
)

// Aux has the keys of [aux.x].
var Aux = variableShape("an aux",
	shape.Key{Name: "equation", Form: shape.Equation,
		About:  "What it is.",
		Needed: shape.Add, Unless: []string{"at"}},
	byElement(shape.Equation, elementEquations),
)

// fileKeys choose the rows of a file that hold the numbers of a variable.
func fileKeys(file string) []shape.Key {
	return []shape.Key{
		{Name: "file", Form: shape.Name, Of: shape.File, About: file, Needed: shape.Add},
		{Name: "sheet", Form: shape.Name, About: "The sheet of a workbook that has several."},
		{Name: "by", Form: shape.Each(shape.Name), Free: shape.Dimension,
			About: "For an array whose elements stand in rows: the column that names the element, by dimension."},
		{Name: "where", Form: shape.Each(shape.Either(shape.Text, shape.Integer)),
			About: "Takes the rows in which columns hold these texts."},
	}
}

// ValueFile has the keys of value = { file = "…", column = "…" }.
var ValueFile = &shape.Shape{What: "value", Keys: append(
	fileKeys("A CSV file or a workbook (.xlsx) in the model's folder or below it."),
	shape.Key{Name: "column", Form: shape.Name, About: "The column with the numbers.", Needed: shape.Add})}

// numbersOf are the keys of a kind that is a number, or one an element.
func numbersOf(own ...shape.Key) []shape.Key {
	return append([]shape.Key{
		{Name: "value", Form: shape.Either(shape.Numbers, shape.In(ValueFile)),
			About:  "The number; for an array one for all elements, or a list of them; or { file, column } to read them.",
			Needed: shape.Add, Unless: []string{"at"}},
		{Name: "range", Form: shape.Tuple(shape.Number, shape.Number),
			About: "The lowest and the highest that are possible."},
		byElement(shape.Number, "Numbers of single elements."),
	}, own...)
}

// Constant has the keys of [constant.x].
var Constant = variableShape("a constant", numbersOf(
	shape.Key{Name: "distribution", Form: distributionForm(),
		About: "How it is drawn where it is uncertain; uniform over the range if none is named."},
)...)

// Decision has the keys of [decision.x].
var Decision = variableShape("a decision", numbersOf(
	shape.Key{Name: "owner", Form: shape.Name, About: "Who decides."},
)...)

// PointsForm is the form of points: [[x, y], …].
var PointsForm = shape.ListOf(1, shape.Tuple(shape.Number, shape.Number))

// tableKeys are the keys of what has values outside and between its points.
var tableKeys = []shape.Key{
	{Name: "beyond", Form: shape.OneWord(Beyonds...),
		About: "What it gives outside its points; hold if nothing is said."},
	{Name: "between", Form: shape.OneWord(Betweens...),
		About: "What it gives between its points; a line if nothing is said."},
}

// Lookup has the keys of [lookup.x].
var Lookup = variableShape("a lookup", append([]shape.Key{
	{Name: "input", Form: shape.Equation,
		About: "What it is read at; without one it is called as a function."},
	{Name: "points", Form: PointsForm,
		About:  "[[x, y], …], with x increasing.",
		Needed: shape.Add, Unless: []string{"at"}},
	byElement(PointsForm, "Points of single elements."),
	{Name: "shape", Form: shape.Each(shape.In(TableShape)), About: "Other courses that it may have, by name."},
	{Name: "weight", Form: shape.From(0),
		About: "How likely its own points are against its shapes; 1 if nothing is said."},
}, tableKeys...)...)

// TableShape has the keys of [lookup.x.shape.y].
var TableShape = &shape.Shape{What: "a shape", Keys: []shape.Key{
	{Name: "label", Form: shape.Text, About: "What readers call it."},
	{Name: "about", Form: shape.Text, About: "What would have to be true for it to hold."},
	{Name: "source", Form: shape.Name, Of: shape.SourceID, About: "The id of a [source], or a sentence."},
	{Name: "points", Form: PointsForm, About: "[[x, y], …], with x increasing.", Needed: shape.Add},
	{Name: "weight", Form: shape.From(0),
		About: "How likely it is against the other shapes; without one it is not drawn."},
}}

// Data has the keys of [data.x].
var Data = variableShape("a data series", append(append(
	fileKeys("A CSV file or a workbook (.xlsx) in the model's folder or below it."), []shape.Key{
		{Name: "time", Form: shape.Name, About: "The column with the times: numbers, or dates such as 2024-07-01.",
			Needed: shape.Add},
		{Name: "zero", Form: shape.Name,
			About: "The date of the model's time 0, where times are dates; years need none."},
		{Name: "value", Form: shape.Name,
			About:  "The column with the values.",
			Needed: shape.Add, Unless: []string{"at"}},
		byElement(shape.Name, "Columns of single elements."),
	}...), tableKeys...)...)

// evidenceGrades say how well a number is known.
var EvidenceGrades = []string{"measured", "study", "expert", "assumed"}

// beyonds say what a table gives outside its points.
var Beyonds = []string{"hold", "extend", "error", "na"}

// betweenWords say what a table gives between its points.
var Betweens = []string{"line", "previous", "next", "exact"}
