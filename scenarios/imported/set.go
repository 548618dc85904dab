package imported

import (
	"errors"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/toml"
	"weir/scenarios"
)

// addSet puts the scenario set that came with a model among the model's files, as
// scenarios.toml. The error is the first mistake of the two together; the set is then left
// out. A text of "" is no set.
func addSet(files map[string][]byte, text string) error {
	if text == "" {
		return nil
	}
	const name = "scenarios.toml"
	set, all := withModel(name, text), folder(files)
	_, list := scenarios.Parse(name, set, func(file string, _ model.ImportOptions) (*model.Model, diagnostic.List) {
		return model.Parse(file, files[file], all)
	})
	if mistakes := errorsOf(list); mistakes != nil {
		return errors.New(mistakes[0])
	}
	files[name] = set
	return nil
}

// withModel returns a set's text with model.toml for its model.
func withModel(file, text string) []byte {
	doc, _ := toml.Parse(file, []byte(text))
	if doc == nil || !doc.Root.Has("model") {
		return []byte(text)
	}
	at := doc.Root.At("model")
	return []byte(text[:at.Start] + `"model.toml"` + text[at.End:])
}
