package shape

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// schemaDraft is the draft of JSON Schema that editors of TOML read.
const schemaDraft = "http://json-schema.org/draft-07/schema#"

// Schema is the JSON Schema of files of this shape, for editors.
func (s *Shape) Schema() ([]byte, error) {
	w := &schemaWriter{definitions: map[string]any{}, names: map[any]string{}}
	root := w.shape(s)
	root["$schema"], root["title"], root["definitions"] = schemaDraft, s.What, w.definitions
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(root)
	return out.Bytes(), err
}

// A schemaWriter collects the shapes and forms that are written once and named.
type schemaWriter struct {
	definitions map[string]any
	names       map[any]string // by *Shape, or *Form for those that hold themselves
}

// shape returns the schema of a table: its keys, those that are needed, and those that exclude
// each other.
func (w *schemaWriter) shape(s *Shape) map[string]any {
	keys, needed, all := map[string]any{}, []string{}, []any{}
	for _, k := range s.Keys {
		form := w.form(k.Form)
		if k.About != "" {
			form = described(form, k.About)
		}
		keys[k.Name] = form
		switch {
		case k.Needed == "":
		case k.Unless == nil:
			needed = append(needed, k.Name)
		default:
			all = append(all, map[string]any{"anyOf": required(append([]string{k.Name}, k.Unless...)...)})
		}
	}
	out := map[string]any{"type": "object", "properties": keys, "additionalProperties": false}
	if s.About != "" {
		out["description"] = s.About
	}
	if len(needed) > 0 {
		out["required"] = needed
	}
	for _, list := range s.Must {
		all = append(all, map[string]any{"oneOf": required(list...)})
	}
	if len(all) > 0 {
		out["allOf"] = all
	}
	return out
}

// required returns one schema per name, for a choice between keys.
func required(names ...string) (out []any) {
	for _, n := range names {
		out = append(out, map[string]any{"required": []string{n}})
	}
	return out
}

// described adds a description; beside a $ref nothing counts, so the two stand in a list.
func described(form map[string]any, about string) map[string]any {
	if form["$ref"] != nil {
		return map[string]any{"allOf": []any{form}, "description": about}
	}
	form["description"] = about
	return form
}

// form returns the schema of a value.
func (w *schemaWriter) form(f *Form) map[string]any {
	switch f.kind {
	case text:
		out := map[string]any{"type": "string"}
		if f.words != nil {
			out["enum"] = f.words
		}
		if f.least > 0 {
			out["minLength"] = f.least
		}
		return out
	case flag:
		return map[string]any{"type": "boolean"}
	case number, whole:
		return f.numberSchema()
	case list:
		out := map[string]any{"type": "array", "items": w.form(f.inner)}
		if f.least > 0 {
			out["minItems"] = f.least
		}
		return out
	case tuple:
		items := w.forms(f.forms)
		return map[string]any{"type": "array", "items": items, "minItems": len(items), "maxItems": len(items)}
	case either:
		return map[string]any{"anyOf": w.forms(f.forms)}
	case table:
		return w.named(f.shape, f.shape.What, func(string) any { return w.shape(f.shape) })
	case each:
		return map[string]any{"type": "object", "additionalProperties": w.form(f.inner)}
	case nested:
		return w.named(f, "numbers", func(self string) any {
			again := map[string]any{"type": "array", "items": map[string]any{"$ref": self}}
			return map[string]any{"anyOf": []any{w.form(Number), again}}
		})
	case named:
		return w.named(f, "named", func(self string) any {
			inner := map[string]any{"anyOf": []any{w.form(f.inner), map[string]any{"$ref": self}}}
			return map[string]any{"type": "object", "additionalProperties": inner}
		})
	}
	return map[string]any{}
}

// forms returns the schemas of values.
func (w *schemaWriter) forms(list []*Form) (out []any) {
	for _, f := range list {
		out = append(out, w.form(f))
	}
	return out
}

// named refers to a definition, which is made the first time.
func (w *schemaWriter) named(of any, like string, make func(self string) any) map[string]any {
	name, known := w.names[of]
	if !known {
		like = strings.Trim(strings.TrimPrefix(strings.TrimPrefix(like, "an "), "a "), "[]")
		name = strings.ReplaceAll(like, " ", "_")
		for n := 2; w.definitions[name] != nil; n++ {
			name = fmt.Sprintf("%s_%d", strings.ReplaceAll(like, " ", "_"), n)
		}
		w.names[of], w.definitions[name] = name, true // taken
		w.definitions[name] = make("#/definitions/" + name)
	}
	return map[string]any{"$ref": "#/definitions/" + name}
}

// numberSchema returns the schema of a number with its bounds.
func (f *Form) numberSchema() map[string]any {
	out := map[string]any{"type": "number"}
	if f.kind == whole {
		out["type"] = "integer"
	}
	limit(out, "minimum", "exclusiveMinimum", f.low, f.lowOpen)
	limit(out, "maximum", "exclusiveMaximum", f.high, f.highOpen)
	return out
}

// limit adds a bound to the schema of a number; an open bound is excluded itself.
func limit(out map[string]any, closed, open string, at *float64, isOpen bool) {
	switch {
	case at == nil:
	case isOpen:
		out[open] = *at
	default:
		out[closed] = *at
	}
}
