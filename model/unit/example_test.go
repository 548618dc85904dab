package unit_test

import (
	"fmt"

	"weir/model/unit"
)

func ExampleSystem_Parse() {
	var s unit.System
	s.Declare("student", "students")
	leaving, _ := s.Parse("students/year")
	years, _ := s.Parse("years")
	fmt.Println(leaving.Mul(years))

	_, err := s.Parse("students per year")
	fmt.Println(err)
	// Output:
	// student
	// per is written /
}
