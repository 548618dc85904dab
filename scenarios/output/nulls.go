package output

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"reflect"
	"strings"
)

// encodeJSON writes a value as encoding/json does, indented, but for NaN and infinities, which
// JSON has no number for: they are null. Fields of embedded structs stand among those of the
// struct around them, unless that has a field of the same name.
func encodeJSON(w io.Writer, value any) error {
	var compact, out bytes.Buffer
	if err := appendJSON(&compact, reflect.ValueOf(value)); err != nil {
		return err
	}
	if err := json.Indent(&out, compact.Bytes(), "", "  "); err != nil {
		return err
	}
	out.WriteByte('\n')
	_, err := w.Write(out.Bytes())
	return err
}

// appendJSON appends one value. Values that write themselves, maps and all that holds no
// number that could fail go to encoding/json.
func appendJSON(b *bytes.Buffer, v reflect.Value) error {
	switch v.Kind() {
	case reflect.Float64:
		if x := v.Float(); math.IsNaN(x) || math.IsInf(x, 0) {
			b.WriteString("null")
			return nil
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() && !isMarshaler(v) {
			return appendJSON(b, v.Elem())
		}
	case reflect.Array, reflect.Slice:
		if v.Kind() == reflect.Array || !v.IsNil() {
			return appendList(b, v)
		}
	case reflect.Struct:
		if !isMarshaler(v) {
			return appendStruct(b, v)
		}
	}
	text, err := json.Marshal(v.Interface())
	b.Write(text)
	return err
}

// isMarshaler reports whether a value writes itself.
func isMarshaler(v reflect.Value) bool {
	_, is := v.Interface().(json.Marshaler)
	return is
}

// appendList appends the items of an array or slice; one of length 0 is [].
func appendList(b *bytes.Buffer, v reflect.Value) error {
	b.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := appendJSON(b, v.Index(i)); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}

// appendStruct appends the exported fields of a struct in their order, under the names of
// their tags, without those that omitempty leaves out. Other options of tags are not used
// here.
func appendStruct(b *bytes.Buffer, v reflect.Value) error {
	b.WriteByte('{')
	first := true
	for _, f := range reflect.VisibleFields(v.Type()) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		embedded := f.Anonymous && name == ""
		if !f.IsExported() || name == "-" || embedded || hidden(v.Type(), f) {
			continue
		}
		x, err := v.FieldByIndexErr(f.Index)
		if err != nil || strings.Contains(options, "omitempty") && empty(x) {
			continue // behind an embedded nil pointer, or empty
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		if name == "" {
			name = f.Name
		}
		label, _ := json.Marshal(name)
		b.Write(label)
		b.WriteByte(':')
		if err := appendJSON(b, x); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

// hidden reports whether a field is behind one of the same name nearer to the top, or within
// a field with a name of its own.
func hidden(t reflect.Type, f reflect.StructField) bool {
	top, ok := t.FieldByName(f.Name)
	return !ok || len(top.Index) != len(f.Index)
}

// empty reports whether a value is left out by omitempty.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}
