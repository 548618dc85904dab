package format

import (
	"bytes"
	"path/filepath"
	"strings"
)

// A foreign form is a format that no reader here takes, with the hint for a way out.
type foreign struct{ what, hint string }

const (
	saveModel = "open it in Vensim and save the model as text: File > Save As, type .mdl"
	saveStmx  = "open it in Stella (a free reader does) and save it as .stmx"
	saveData  = "give the model itself, with the results exported as text beside it: in Vensim, Model > Export Dataset"
)

// foreignEndings are forms that hold no text, by the file's ending.
var foreignEndings = map[string]foreign{
	".vmf": {"a binary Vensim model", saveModel}, ".vmfx": {"a binary Vensim model", saveModel},
	".vdf": {"results of Vensim in a binary form", saveData}, ".vdfx": {"results of Vensim in a binary form", saveData},
	".vpm": {"a packaged Vensim model", saveModel}, ".vpmx": {"a packaged Vensim model",
		saveModel}, ".vpx": {"a packaged Vensim model", saveModel},
	".stm": {"a binary model of an early Stella or iThink",
		saveStmx}, ".itm": {"a binary model of an early Stella or iThink", saveStmx},
}

// foreignHeads are forms by their first bytes.
var foreignHeads = []struct {
	head string
	foreign
}{
	{"PK\x03\x04", foreign{"a zip archive, not a model", "unpack it and give the model in it"}},
	{"\x1f\x8b", foreign{"a gzip archive, not a model", "unpack it and give the model in it"}},
	{"\x89PNG", foreign{"a picture (PNG), not a model", ""}},
	{"\xff\xd8\xff", foreign{"a picture (JPEG), not a model", ""}},
	{"GIF8", foreign{"a picture (GIF), not a model", ""}},
	{"%PDF", foreign{"a PDF, not a model", ""}},
	{"\xd0\xcf\x11\xe0", foreign{"an old Office file, not a model", ""}},
}

// foreignByName returns the format that a file's ending names, nil if it may be a model.
func foreignByName(path string) *foreign {
	if f, ok := foreignEndings[ending(path)]; ok {
		return &f
	}
	return nil
}

// foreignByContent returns the format of a file's content if its ending names another, nil if
// the ending may be right.
func foreignByContent(path string, text []byte) *foreign {
	for _, f := range foreignHeads {
		if bytes.HasPrefix(text, []byte(f.head)) {
			return &f.foreign
		}
	}
	start := strings.TrimLeft(string(text[:min(len(text), 200)]), "\ufeff \t\r\n")
	switch isXML := strings.HasPrefix(start, "<?xml") || strings.HasPrefix(start, "<xmile"); {
	case ending(path) == ".mdl" && isXML:
		return &foreign{"XMILE, not Vensim's .mdl", "give it the name " + renamed(path, ".xmile")}
	case ending(path) != ".mdl" && strings.HasPrefix(start, "{UTF-"):
		return &foreign{"Vensim's .mdl, not XMILE", "give it the name " + renamed(path, ".mdl")}
	}
	return nil
}

// renamed returns a file's name with another ending.
func renamed(path, ending string) string {
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base)) + ending
}
