package diagnostic_test

import (
	"os"

	"weir/model/diagnostic"
)

func ExampleRender() {
	const text = "[flow.births]\nequation = \"prey * birth_rat\"\n"
	names := []string{"prey", "birth_rate"}
	list := diagnostic.List{{
		Code:    "unknown-name",
		Span:    diagnostic.Span{File: "model.toml", Start: 33, End: 41},
		Message: "birth_rat is not declared",
		Hint:    diagnostic.DidYouMean("birth_rat", names),
	}}
	diagnostic.Render(os.Stdout, list, map[string][]byte{"model.toml": []byte(text)})
	// Output:
	// model.toml:2:20: error unknown-name: birth_rat is not declared
	//     equation = "prey * birth_rat"
	//                        ^^^^^^^^
	//     hint: did you mean birth_rate?
}
