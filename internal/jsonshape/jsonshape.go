// Package jsonshape returns the JSON Schema of what a Go type is written as.
package jsonshape

import (
	"encoding/json"
	"reflect"
	"strings"
)

type object = map[string]any

// Schema returns the JSON Schema (draft 2020-12) of a type as encoding/json writes it, but that a number
// may be null: JSON has none for NaN and infinities. Keys that omitempty leaves out are not required,
// and there are no keys beside those of the type.
func Schema(t reflect.Type, title, description string) ([]byte, error) {
	d := definitions{}
	s := object{"allOf": []object{d.of(t)}}
	if len(d) > 0 {
		s["$defs"] = d
	}
	s["$schema"], s["title"], s["description"] = "https://json-schema.org/draft/2020-12/schema", title, description
	text, err := json.MarshalIndent(s, "", "  ")
	return append(text, '\n'), err
}

// definitions has the schemas of structs with a name, which may hold themselves.
type definitions map[string]object

// of returns the schema of a type.
func (d definitions) of(t reflect.Type) object {
	switch t.Kind() {
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.String:
		return object{"type": "string"}
	case reflect.Float32, reflect.Float64:
		return object{"type": []string{"number", "null"}}
	case reflect.Slice, reflect.Array:
		s := object{"type": []string{"array", "null"}, "items": d.of(t.Elem())}
		if t.Kind() == reflect.Array {
			s["type"], s["minItems"], s["maxItems"] = "array", t.Len(), t.Len()
		}
		return s
	case reflect.Map:
		return object{"type": []string{"object", "null"}, "additionalProperties": d.of(t.Elem())}
	case reflect.Pointer:
		return object{"anyOf": []object{d.of(t.Elem()), {"type": "null"}}}
	case reflect.Struct:
		if t.Name() == "" {
			return d.fields(t)
		}
		name := strings.ReplaceAll(t.String(), "[", "_")
		if d[name] == nil {
			d[name] = object{} // it may hold itself
			d[name] = d.fields(t)
		}
		return object{"$ref": "#/$defs/" + name}
	case reflect.Interface:
		return object{}
	}
	return object{"type": "integer"}
}

// fields returns the schema of a struct: the exported fields under the names of their tags, those of
// embedded structs among them unless one nearer to the top has the same name.
func (d definitions) fields(t reflect.Type) object {
	properties, required := object{}, []string{}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		top, ok := t.FieldByName(f.Name)
		if !f.IsExported() || name == "-" || f.Anonymous && name == "" || !ok || len(top.Index) != len(f.Index) {
			continue
		}
		if name == "" {
			name = f.Name
		}
		properties[name] = d.of(f.Type)
		if !strings.Contains(options, "omit") && !behindPointer(t, f.Index) {
			required = append(required, name)
		}
	}
	return object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// behindPointer reports whether a field is of an embedded pointer, which may be nil.
func behindPointer(t reflect.Type, index []int) bool {
	for _, i := range index[:len(index)-1] {
		if t = t.Field(i).Type; t.Kind() == reflect.Pointer {
			return true
		}
	}
	return false
}
