package foreign

import "weir/model/document"

// money are functions of streams of money.
// The last argument of pmt and pv is the future value and that of fv the present one; it is 0 if it
// is not given.
var money = []Row{
	{Vensim: "NPV", Least: 4, Most: 4, Means: means("npv($1, $2, $3, $4)")},
	{XMILE: "NPV", Least: 2, Most: 4, Means: means("npv($1, $2, $3, $4)"), Exports: "npv"},
	{Vensim: "NPVE", Least: 4, Most: 4, Means: means("npve($1, $2, $3, $4)")},
	{
		Vensim: "DEPRECIATE STRAIGHTLINE", Least: 4, Most: 4,
		Means: means("depreciate_straightline($1, $2, $3, $4)"),
	},
	{
		Stella: []string{"cgrowth"}, Least: 1, Most: 1,
		Means: means("((1 + $1 / 100) ^ dt - 1) / dt"), Special: CompoundGrowth,
	},
	{
		Stella: []string{"pmt"}, Least: 3, Most: 4,
		Means: means(payment("0"), payment("$4")), Grade: document.Equivalent, Note: annuity,
	},
	{
		Stella: []string{"pv"}, Least: 3, Most: 4,
		Means: means(presentValue("0"), presentValue("$4")), Grade: document.Equivalent,
		Note: annuity,
	},
	{
		Stella: []string{"fv"}, Least: 3, Most: 4,
		Means: means(futureValue("0"), futureValue("$4")), Grade: document.Equivalent, Note: annuity,
	},
}
