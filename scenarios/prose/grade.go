package prose

import (
	"slices"

	"weir/model"
)

// A Grade is how well something is known. ID is the model's word for it, "" if the model
// does not say; Words describe one thing of that grade, Count several.
type Grade struct{ ID, Words, Count string }

// Grades are the grades of evidence, the best first.
var Grades = []Grade{
	{"measured", "measured here", "measured"},
	{"study", "from a study elsewhere", "from studies elsewhere"},
	{"expert", "an expert’s judgement", "by an expert’s judgement"},
	{"assumed", "assumed: nobody has measured this", "assumed"},
	{"", "no evidence is given", "without any evidence given"},
}

// GradeRank returns the position of a variable's grade in Grades. A record without a
// grade is measured; a word that is no grade counts as none given.
func GradeRank(v *model.Variable) int {
	id := v.Evidence
	if v.Kind == model.KindData && id == "" {
		id = "measured"
	}
	if i := slices.IndexFunc(Grades, func(g Grade) bool { return g.ID == id }); i >= 0 {
		return i
	}
	return len(Grades) - 1
}

// GradeOf returns the grade of a variable's evidence.
func GradeOf(v *model.Variable) Grade { return Grades[GradeRank(v)] }

// Unmeasured reports whether a grade, by its ID, means that nobody has measured.
func Unmeasured(grade string) bool { return grade == "assumed" || grade == "" }
