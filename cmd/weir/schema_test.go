package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"weir/internal/outfile"
	"weir/model"
	"weir/model/code"
	"weir/model/diagnostic"
	places "weir/model/toml"
	"weir/scenarios"
)

// schemaOf is what weir schema prints for a kind of file, as it is and ready to be used.
func schemaOf(t *testing.T, kind string) (map[string]any, *jsonschema.Schema) {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(context.Background(), &outfile.Files{}, []string{"weir", "schema", kind}, &out, &errs); code != 0 {
		t.Fatal(errs.String())
	}
	var plain map[string]any
	if err := json.Unmarshal(out.Bytes(), &plain); err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("weir.json", plain); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("weir.json")
	if err != nil {
		t.Fatal(err)
	}
	return plain, s
}

// decoded is a TOML text as editors see it: as JSON.
func decoded(text string) (any, error) {
	var tree map[string]any
	if _, err := toml.Decode(text, &tree); err != nil {
		return nil, err
	}
	out, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(out))
}

// readAs reads a text as a model or a set over the model beside it.
func readAs(kind, path, text string) diagnostic.List {
	if kind == "set" {
		_, list := scenarios.Parse(path, []byte(text), func(name string, o model.ImportOptions) (*model.Model, diagnostic.List) {
			return model.Load(filepath.Join(filepath.Dir(path), name))
		})
		return list
	}
	_, list := model.Parse(path, []byte(text), os.DirFS(filepath.Dir(path)))
	return list
}

// kindOf tells models from sets, "" for other files.
func kindOf(text string) string {
	switch tree, err := decoded(text); {
	case err != nil:
	case tree.(map[string]any)["time"] != nil:
		return "model"
	case tree.(map[string]any)["outcome"] != nil:
		return "set"
	}
	return ""
}

// tomlFiles are all TOML texts of the repository, by path, those inside scripts too.
func tomlFiles(t *testing.T) map[string]string {
	out := map[string]string{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && d.Name() == "node_modules" {
				return fs.SkipDir
			}
			return err
		}
		text, err := os.ReadFile(path)
		switch filepath.Ext(path) {
		case ".toml":
			out[path] = string(text)
		case ".txtar":
			for _, f := range txtar.Parse(text).Files {
				if filepath.Ext(f.Name) == ".toml" {
					out[filepath.Join(path, f.Name)] = string(f.Data)
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Every model and every set of the repository that can be read fits its schema.
func TestWhatReadsFitsItsSchema(t *testing.T) {
	checked := map[string]int{}
	for path, text := range tomlFiles(t) {
		kind := kindOf(text)
		if kind == "" || shapeMistakes(readAs(kind, path, text)) != nil {
			continue
		}
		_, schema := schemaOf(t, kind)
		tree, err := decoded(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(tree); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		checked[kind]++
	}
	t.Log(checked)
	if checked["model"] < 30 || checked["set"] < 10 {
		t.Errorf("only %v were checked", checked)
	}
}

// shapeMistakes are the mistakes in a list that a schema can see, as it sees a file and
// not the names and numbers in it.
func shapeMistakes(list diagnostic.List) (out diagnostic.List) {
	for _, d := range list {
		empty := d.Code == code.BadValue && strings.HasSuffix(d.Message, " is empty")
		if empty || slices.Contains([]diagnostic.Code{places.UnknownKey, places.MissingKey, places.WrongType}, d.Code) {
			out = append(out, d)
		}
	}
	return out
}

// Files with keys that are missing, misspelt or of the wrong type do not fit.
func TestWhatHasAWrongShapeDoesNotFit(t *testing.T) {
	checked := 0
	for path, text := range tomlFiles(t) {
		kind := kindOf(text)
		if kind == "" || strings.Contains(text, "[module.") {
			continue
		}
		mistakes := shapeMistakes(readAs(kind, path, text))
		// Elements of a dimension are names of the file's own, which no schema knows.
		mistakes = slices.DeleteFunc(mistakes, func(d diagnostic.Diagnostic) bool {
			return d.Span.File != path || strings.Contains(d.Message, "has no element")
		})
		if len(mistakes) == 0 {
			continue
		}
		_, schema := schemaOf(t, kind)
		tree, _ := decoded(text)
		if schema.Validate(tree) == nil {
			t.Errorf("%s fits although %s", path, mistakes[0].Message)
		}
		checked++
	}
	t.Logf("%d files", checked)
	if checked < 2 {
		t.Errorf("only %d files were checked", checked)
	}
}

// Every key of the schema is one that the reader takes, in every form that the schema
// allows; and no key that is misspelt by a letter fits or is taken.
func TestReaderAndSchemaKnowTheSameKeys(t *testing.T) {
	for kind, least := range map[string]int{"model": 200, "set": 50} {
		plain, schema := schemaOf(t, kind)
		w := &sampler{definitions: plain["definitions"].(map[string]any)}
		samples := w.samples(plain)
		for _, s := range samples {
			text := encoded(t, s.value)
			if mistakes := shapeMistakes(readAs(kind, "made/up.toml", text)); mistakes != nil && !strings.Contains(mistakes[0].Message, "has no element") {
				t.Errorf("%s fits, and the reader says %q of\n%s", s.what, mistakes[0].Message, text)
			}
			tree, _ := decoded(text)
			if err := schema.Validate(tree); err != nil {
				t.Errorf("%s does not fit: %v\n%s", s.what, err, text)
			}
		}
		for _, s := range samples {
			for _, wrong := range misspelt(s.value, plain, w) {
				text := encoded(t, wrong)
				tree, _ := decoded(text)
				if schema.Validate(tree) == nil {
					t.Errorf("a misspelt key fits:\n%s", text)
				}
				if shapeMistakes(readAs(kind, "made/up.toml", text)) == nil {
					t.Errorf("a misspelt key is taken:\n%s", text)
				}
			}
		}
		t.Logf("%d samples of a %s", len(samples), kind)
		if len(samples) < least {
			t.Errorf("only %d samples of a %s", len(samples), kind)
		}
	}
}

func encoded(t *testing.T, tree any) string {
	t.Helper()
	var out bytes.Buffer
	if err := toml.NewEncoder(&out).Encode(tree); err != nil {
		t.Fatalf("%v: %v", err, tree)
	}
	return out.String()
}

// A sample is a value that fits a schema, made to show one key or form of it.
type sample struct {
	what  string
	value any
}

// A sampler makes samples of a schema.
type sampler struct {
	definitions map[string]any
	open        []string // references that are being followed
}

// samples are values of a schema that together show each key and each form once.
func (w *sampler) samples(schema map[string]any) (out []sample) {
	if ref, ok := schema["$ref"].(string); ok {
		if slices.Contains(w.open, ref) {
			return nil
		}
		w.open = append(w.open, ref)
		defer func() { w.open = w.open[:len(w.open)-1] }()
		return w.samples(w.definitions[strings.TrimPrefix(ref, "#/definitions/")].(map[string]any))
	}
	if all, ok := schema["allOf"].([]any); ok && schema["properties"] == nil {
		return w.samples(all[0].(map[string]any))
	}
	if forms := list(schema["anyOf"]); forms != nil {
		for _, s := range forms {
			out = append(out, w.samples(s.(map[string]any))...)
		}
		return out
	}
	switch schema["type"] {
	case "object":
		return w.objects(schema)
	case "array":
		return w.arrays(schema)
	case "string":
		return texts(schema)
	case "boolean":
		return []sample{{"a flag", true}}
	}
	return []sample{{"a number", within(schema)}}
}

// texts are the words of a text, or any text.
func texts(schema map[string]any) (out []sample) {
	words, ok := schema["enum"].([]any)
	if !ok {
		return []sample{{"a text", "x"}}
	}
	for _, word := range words {
		out = append(out, sample{fmt.Sprint(word), word})
	}
	return out
}

// within is a number between the limits of a schema.
func within(schema map[string]any) any {
	x := 0.5
	if low, ok := schema["minimum"].(float64); ok {
		x = low
	}
	if schema["type"] == "integer" {
		return int64(x)
	}
	return x
}

func (w *sampler) arrays(schema map[string]any) (out []sample) {
	if forms, ok := schema["items"].([]any); ok {
		var items []any
		for _, f := range forms {
			items = append(items, w.samples(f.(map[string]any))[0].value)
		}
		return []sample{{"a tuple", items}}
	}
	for _, item := range w.samples(schema["items"].(map[string]any)) {
		items := []any{item.value}
		if least, ok := schema["minItems"].(float64); ok && least > 1 {
			items = append(items, item.value)
		}
		out = append(out, sample{"a list of " + item.what, items})
	}
	return out
}

// objects are tables with what must be there, and each of the keys that may be.
func (w *sampler) objects(schema map[string]any) (out []sample) {
	keys, _ := schema["properties"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		for _, s := range w.samples(keys[name].(map[string]any)) {
			table := w.least(schema, name)
			table[name] = s.value
			out = append(out, sample{name + "." + s.what, table})
		}
	}
	if own, ok := schema["additionalProperties"].(map[string]any); ok {
		for _, s := range w.samples(own) {
			out = append(out, sample{"own." + s.what, map[string]any{"own": s.value}})
		}
	}
	return out
}

// least is a table with nothing but what must be there beside a key.
func (w *sampler) least(schema map[string]any, beside string) map[string]any {
	keys, out := schema["properties"].(map[string]any), map[string]any{}
	need := func(name any) {
		if form := keys[name.(string)].(map[string]any); name != beside {
			out[name.(string)] = w.samples(form)[0].value
		}
	}
	for _, name := range list(schema["required"]) {
		need(name)
	}
	for _, group := range list(schema["allOf"]) {
		group := group.(map[string]any)
		var names []any
		for _, one := range append(list(group["anyOf"]), list(group["oneOf"])...) {
			names = append(names, list(one.(map[string]any)["required"])...)
		}
		if !slices.Contains(names, any(beside)) {
			need(names[0])
		}
	}
	return out
}

func list(x any) []any { out, _ := x.([]any); return out }

// misspelt are copies of a value with a letter more in one of its keys, those aside that
// are names of one's own.
func misspelt(value any, schema map[string]any, w *sampler) (out []any) {
	for ref, ok := schema["$ref"].(string); ok; ref, ok = schema["$ref"].(string) {
		schema = w.definitions[strings.TrimPrefix(ref, "#/definitions/")].(map[string]any)
	}
	if all, ok := schema["allOf"].([]any); ok && schema["properties"] == nil {
		return misspelt(value, all[0].(map[string]any), w)
	}
	table, ok := value.(map[string]any)
	if !ok || schema["type"] != "object" {
		return nil
	}
	keys, _ := schema["properties"].(map[string]any)
	for name, inner := range table {
		form, known := keys[name].(map[string]any)
		if known {
			wrong := maps.Clone(table)
			delete(wrong, name)
			wrong[name+"x"] = inner
			out = append(out, wrong)
		} else {
			form, _ = schema["additionalProperties"].(map[string]any)
		}
		for _, w := range misspelt(inner, form, w) {
			wrong := maps.Clone(table)
			wrong[name] = w
			out = append(out, wrong)
		}
	}
	return out
}
