package xmile_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"weir/model"
	"weir/model/xmile/validate"
)

// sound checks a file against the schema of XMILE 1.0, as far as it is about what weir
// writes, and that references lead somewhere.
func sound(t *testing.T, text string) {
	t.Helper()
	for _, fault := range faults(text) {
		t.Error(fault)
	}
}

// A part is what the schema says of an element. Attributes are words such as name! for
// one that must be there, with a type behind a colon or its values behind an equals sign.
// Children are words, too: ? for none or one, * for any number, and else exactly one.
// Before them stands how they may follow each other: , in this order, & in any, and | for
// any of them, each as often as it likes, + for at least one in all. Without children
// there is text, of a type, or nothing.
type part struct{ attrs, kids, text string }

// placed are the attributes of what has a place.
const placed = "x:double y:double width:double height:double label_side=top|left|center|bottom|right"

var schema = map[string]part{
	"xmile":         {"version!=1.0", ", header sim_specs? model_units? dimensions? model*", ""},
	"header":        {"", "& options? name? caption? vendor? product?", ""},
	"options":       {"namespace", "& uses_conveyor? uses_queue? has_model_view? uses_arrays?", ""},
	"uses_conveyor": {"arrest:boolean leak:boolean", "", ""}, "uses_queue": {"overflow:boolean", "", ""}, "has_model_view": {},
	"uses_arrays": {"max_dimensions!:integer", "", ""},
	"name":        {"", "", "string"}, "caption": {"", "", "string"}, "vendor": {"", "", "string"}, "product": {"version! lang", "", "string"},
	"sim_specs": {"method time_units", "& start stop dt?", ""}, "start": {"", "", "double"}, "stop": {"", "", "double"}, "dt": {"reciprocal:boolean", "", "double"},
	"model_units": {"", ", unit*", ""}, "unit": {"name!", ", alias*", ""}, "alias": {"", "", "string"},
	"dimensions": {"", ", dim*", ""}, "dim": {"name!", ", elem*", ""}, "elem": {"name!", "", ""},
	"model": {"name", ", variables views?", ""}, "variables": {"", "| stock flow aux gf group module", ""},
	// Modules after the text of the standard (2.9, 4.7) and files of Stella.
	"module": {"name!", "| connect", ""}, "connect": {"to! from!", "", ""}, "view/module": {"name! " + placed, "", ""},
	"stock":   {"name access=input|output", "| doc dimensions eqn element inflow outflow non_negative conveyor queue range units", ""},
	"flow":    {"name access=input|output leak_start:double leak_end:double", "| doc dimensions eqn element gf non_negative leak leak_integers overflow range units", ""},
	"aux":     {"name access=input|output", "| doc dimensions eqn element gf range units", ""},
	"element": {"subscript!", "| eqn gf", ""},
	"gf":      {"name type=continuous|extrapolate|discrete", "& xscale? yscale? xpts? ypts", ""},
	"group":   {"name!", "| doc entity", ""}, "entity": {"name!", "", ""},
	"xscale": {"min:double max:double", "", ""}, "yscale": {"min:double max:double", "", ""}, "range": {"min:double max:double", "", ""},
	"xpts": {"sep", "", "string"}, "ypts": {"sep", "", "string"}, "doc": {"", "", "string"}, "eqn": {"", "", "string"}, "units": {"", "", "string"},
	"inflow": {"", "", "string"}, "outflow": {"", "", "string"}, "non_negative": {}, "leak": {}, "leak_integers": {}, "overflow": {}, "queue": {},
	"conveyor": {"discrete:boolean batch_integrity:boolean one_at_a_time:boolean exponential_leak:boolean", "& len? capacity? in_limit? sample? arrest?", ""},
	"len":      {"", "", "string"}, "capacity": {"", "", "string"}, "in_limit": {"", "", "string"}, "sample": {"", "", "string"}, "arrest": {"", "", "string"},
	"views": {"", "| view", ""}, "view": {"type=stock_flow|interface|popup", "| stock flow aux module alias connector text_box group", ""},
	"view/stock": {"name " + placed, "", ""}, "view/aux": {"name " + placed, "", ""}, "view/flow": {"name " + placed, "& pts", ""},
	"view/alias": {"uid:integer " + placed, "& of", ""}, "of": {"", "", "string"}, "view/group": {"name " + placed, "| item", ""}, "text_box": {"uid:integer " + placed, "", "string"},
	"pts": {"", "+ pt", ""}, "pt": {"x:double y:double", "", ""},
	"connector": {"uid:integer angle:double delay_mark:boolean", "& from to", ""}, "from": {"", "& alias?", "string"}, "to": {"", "", "string"}, "from/alias": {"uid:integer x:double y:double", "", ""},
}

// faults are what is wrong with a file.
func faults(text string) []string {
	root, err := elements(text)
	if err != nil {
		return []string{"it is not well formed: " + err.Error()}
	}
	f := &found{names: map[string]bool{}}
	if root.name != "xmile" {
		f.fault("it begins with <%s>", root.name)
	}
	f.visit(root, "")
	for _, ref := range f.refs {
		if !f.names[ref] {
			f.fault("%q is named, but there is no such variable", ref)
		}
	}
	return f.faults
}

// An elem is an element of XML, read by the standard library. Names of other namespaces
// than the standard's have theirs before them.
type elem struct {
	name  string
	attrs map[string]string
	text  string
	kids  []*elem
}

func elements(text string) (*elem, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	top := &elem{}
	stack := []*elem{top}
	for {
		token, err := d.Token()
		if err == io.EOF && len(top.kids) > 0 {
			return top.kids[0], nil
		}
		if err != nil {
			return nil, err
		}
		last := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &elem{name: token.Name.Space + "/" + token.Name.Local, attrs: map[string]string{}}
			e.name = strings.TrimPrefix(e.name, "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0/")
			for _, a := range token.Attr {
				if a.Name.Local != "xmlns" && a.Name.Space != "xmlns" {
					e.attrs[strings.TrimPrefix(a.Name.Space+"/"+a.Name.Local, "/")] = a.Value
				}
			}
			last.kids = append(last.kids, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			last.text += string(token)
		}
	}
}

// found are the variables of a file, what names them, and what is wrong.
type found struct {
	names  map[string]bool
	refs   []string
	faults []string
}

func (f *found) fault(format string, args ...any) {
	f.faults = append(f.faults, fmt.Sprintf(format, args...))
}

func (f *found) visit(e *elem, in string) {
	p, ok := schema[in+"/"+e.name]
	if !ok {
		p, ok = schema[e.name]
	}
	if !ok {
		f.fault("<%s> in <%s> is not XMILE", e.name, in)
		return
	}
	f.attributes(e, strings.Fields(p.attrs))
	f.children(e, strings.Fields(p.kids))
	switch {
	case p.text == "" && strings.TrimSpace(e.text) != "":
		f.fault("<%s> has the text %q", e.name, strings.TrimSpace(e.text))
	case p.text != "":
		f.typed("<"+e.name+">", strings.TrimSpace(e.text), p.text)
	}
	for _, k := range e.kids {
		f.visit(k, e.name)
	}
	switch {
	case in == "variables" && e.attrs["name"] != "":
		f.names[plainly(e.attrs["name"])] = true
	case in == "view" && e.name != "group" && e.attrs["name"] != "":
		f.refs = append(f.refs, plainly(e.attrs["name"]))
	case e.name == "inflow" || e.name == "outflow" || (e.name == "from" || e.name == "to") && len(e.kids) == 0 || e.name == "of":
		f.refs = append(f.refs, plainly(e.text))
	}
}

func plainly(name string) string { return fold(strings.Trim(name, `"`)) }

func (f *found) attributes(e *elem, rules []string) {
	may := map[string]bool{}
	for _, rule := range rules {
		name, values, listed := strings.Cut(rule, "=")
		name, kind, _ := strings.Cut(name, ":")
		name, must := strings.CutSuffix(name, "!")
		may[name] = true
		value, there := e.attrs[name]
		if !there && must {
			f.fault("<%s> needs the attribute %s", e.name, name)
		}
		if there && listed && !slices.Contains(strings.Split(values, "|"), value) {
			f.fault("<%s> cannot have %s=%q", e.name, name, value)
		}
		if there {
			f.typed("the attribute "+name, value, kind)
		}
	}
	for name := range e.attrs {
		if !may[name] {
			f.fault("<%s> cannot have the attribute %s", e.name, name)
		}
	}
}

// typed checks a value against a type of XML Schema.
func (f *found) typed(what, value, kind string) {
	ok := true
	switch kind {
	case "double":
		_, err := strconv.ParseFloat(value, 64)
		ok = err == nil && !strings.ContainsAny(value, "xX_") && (strings.Trim(value, "0123456789.eE+-") == "" || slices.Contains([]string{"INF", "-INF", "NaN"}, value))
	case "integer":
		_, err := strconv.Atoi(value)
		ok = err == nil
	case "boolean":
		ok = slices.Contains([]string{"true", "false", "0", "1"}, value)
	}
	if !ok {
		f.fault("%s is %q, which is no %s", what, value, kind)
	}
}

func (f *found) children(e *elem, rules []string) {
	if len(rules) == 0 {
		for _, k := range e.kids {
			f.fault("<%s> cannot have <%s>", e.name, k.name)
		}
		return
	}
	how, place, count := rules[0], map[string]int{}, map[string]int{}
	for i, rule := range rules[1:] {
		place[strings.TrimRight(rule, "?*")] = i + 1
	}
	last := 0
	for _, k := range e.kids {
		at := place[k.name]
		if at == 0 || how == "," && at < last {
			f.fault("<%s> cannot have <%s> here", e.name, k.name)
		}
		last = max(last, at)
		count[k.name]++
	}
	if how == "+" && len(e.kids) == 0 {
		f.fault("<%s> is empty", e.name)
	}
	if how != "," && how != "&" {
		return
	}
	for _, rule := range rules[1:] {
		name := strings.TrimRight(rule, "?*")
		if n := count[name]; n == 0 && name == rule || n > 1 && !strings.HasSuffix(rule, "*") {
			f.fault("<%s> has <%s> %d times", e.name, name, n)
		}
	}
}

// mistakes are what the schema does not allow, and most of it is what weir once wrote.
var mistakes = []struct{ what, old, new string }{
	{"another version", `<xmile version="1.0"`, `<xmile version="1.5"`},
	{"an attribute that is the text's, not the schema's", `max_dimensions="1"`, `maximum_dimensions="1"`},
	{"an attribute that must be there", `<uses_arrays max_dimensions="1"/>`, `<uses_arrays/>`},
	{"an option that is the text's", "<has_model_view/>", "<has_model_views/>"},
	{"a view with another attribute", `<view type=`, `<view view_type=`},
	{"an attribute of a vendor", `<stock name=`, `<stock xmlns:v="urn:v" v:label="Pupils" name=`},
	{"an element of a vendor", `</variables>`, `<v:more xmlns:v="urn:v"/></variables>`},
	{"an element of a vendor at the top", `</model>`, `</model><v:more xmlns:v="urn:v"/>`},
	{"words on a graphical function", `<gf type="extrapolate">`, `<gf type="extrapolate"><doc>about it</doc>`},
	{"units of a graphical function", `<gf type="extrapolate">`, `<gf type="extrapolate"><units>1</units>`},
	{"a graphical function of no known kind", `<gf type="extrapolate">`, `<gf type="stepwise">`},
	{"a graphical function without values", "<ypts>1,2</ypts>", ""},
	{"a whole number with an exponent", `<connector uid="1"`, `<connector uid="1e+06"`},
	{"infinity as Go writes it", `<range min="5"`, `<range min="-Inf"`},
	{"a clock without a stop", "<stop>4</stop>", ""},
	{"a clock that starts at a word", "<start>0</start>", "<start>now</start>"},
	{"yes for true", `reciprocal="true"`, `reciprocal="yes"`},
	{"a product without its version", `<product version="1.0"`, `<product`},
	{"the clock before the header", "<header>", "<sim_specs><start>0</start><stop>1</stop></sim_specs><header>"},
	{"two headers", "<header>", "<header/><header>"},
	{"the picture before the variables", "<model>", "<model><views/>"},
	{"two pictures", "</model>", "<views/></model>"},
	{"no variables", "<model>", "<model/><model>"},
	{"an element of an array without its place", `<element subscript="k">`, "<element>"},
	{"a word where there is nothing to say", "<non_negative/>", "<non_negative>true</non_negative>"},
	{"text between variables", "<variables>", "<variables>and now"},
	{"a pipe without a point", "<pts>", "<pts/><pts>"},
	{"a unit without a name", `<unit name="pupil">`, `<unit>`},
	{"an element with a label", `<elem name="k"/>`, `<elem name="k" label="Kindergarten"/>`},
	{"an arrow without an end", "<to>", "<towards/><to>"},
	{"a pipe with two courses", "</pts>", `</pts><pts><pt x="0" y="0"/></pts>`},
}

// The rules of this file find each of them.
func TestMistakesAreFound(t *testing.T) {
	text, _ := written(t, everythingModel(t))
	sound(t, text)
	for _, m := range mistakes {
		if bad := strings.Replace(text, m.old, m.new, 1); bad == text {
			t.Errorf("%s: there is no %q to change", m.what, m.old)
		} else if len(faults(bad)) == 0 {
			t.Errorf("%s is not found", m.what)
		}
	}
}

// The schema itself finds nothing wrong with what is written, and finds each of the
// mistakes: the rules above are no stricter than it.
func TestSchema(t *testing.T) {
	validate.Need(t)
	folder := t.TempDir()
	n := 0
	file := func(text string) string {
		n++
		path := filepath.Join(folder, strconv.Itoa(n)+".xmile")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := []string{}
	write := func(m *model.Model) {
		text, _ := written(t, m)
		good = append(good, file(text))
	}
	for _, c := range features {
		m, _ := parse(t, c.file.text())
		write(m)
	}
	for _, path := range ownModels(t) {
		write(load(t, path))
	}
	if err := validate.Files(good...); err != nil {
		t.Error(err)
	}
	text, _ := written(t, everythingModel(t))
	for _, m := range mistakes {
		if validate.Files(file(strings.Replace(text, m.old, m.new, 1))) == nil {
			t.Errorf("the schema allows %s", m.what)
		}
	}
}
