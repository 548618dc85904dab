package scan

import (
	"strings"

	"weir/model/diagnostic"
)

// Shift moves an element with all that is in it to another place.
func (n *Node) Shift(by int) {
	n.Start, n.End, n.body.start = n.Start+by, n.End+by, n.body.start+by
	for i := range n.body.breaks {
		n.body.breaks[i].file += by
	}
	for _, a := range n.Attrs {
		for i := range a.Value.breaks {
			a.Value.breaks[i].file += by
		}
	}
	for i := range n.Attrs {
		n.Attrs[i].Value.Start += by
	}
	for _, k := range n.Kids {
		k.Shift(by)
	}
}

// A Node is an element of the XML. Names are as in the file, with their prefix.
type Node struct {
	Name  string
	Attrs []Attr
	Kids  []*Node
	body  Gathered // its text outside of other elements
	Start int      // the offset of its tag
	End   int      // the offset after its tag
}

// An Attr is an attribute. One without a value has an empty text.
type Attr struct {
	Name  string
	Value Text
}

// Text returns the element's text without white space around it. An empty text has the
// place of the element.
func (n *Node) Text() Text {
	t := n.body.text().Trim()
	if t.Value == "" && t.Start == 0 {
		t.Start = n.Start
	}
	return t
}

// Local returns a name without its prefix.
func (n *Node) Local() string { return n.Name[strings.IndexByte(n.Name, ':')+1:] }

// Is reports whether the element has that name, in XMILE's own vocabulary.
func (n *Node) Is(name string) bool { return strings.EqualFold(n.Name, name) }

// Kid returns the first element of that name in it, or nil.
func (n *Node) Kid(name string) *Node {
	for _, k := range n.Kids {
		if k.Is(name) {
			return k
		}
	}
	return nil
}

// All returns the elements of that name in it.
func (n *Node) All(name string) []*Node {
	var out []*Node
	for _, k := range n.Kids {
		if k.Is(name) {
			out = append(out, k)
		}
	}
	return out
}

// Attr returns an attribute's value; ok is false if there is none.
func (n *Node) Attr(name string) (Text, bool) {
	for _, a := range n.Attrs {
		if strings.EqualFold(a.Name, name) {
			return a.Value, true
		}
	}
	return Text{}, false
}

// Value returns an attribute's value, "" if there is none.
func (n *Node) Value(name string) string {
	t, _ := n.Attr(name)
	return t.Value
}

// Words returns the text of the first element of that name, "" if there is none.
func (n *Node) Words(name string) string {
	if k := n.Kid(name); k != nil {
		return k.Text().Value
	}
	return ""
}

// Span returns the place of the element's tag.
func (n *Node) Span(of *Sources) diagnostic.Span { return of.Span(n.Start, n.End) }

// Unprefixed takes the prefix of the root away from all names, if it has one: then it
// stands for XMILE's own vocabulary.
func (n *Node) Unprefixed() {
	if prefix, name, found := strings.Cut(n.Name, ":"); found && strings.EqualFold(name, "xmile") {
		n.strip(prefix + ":")
	}
}

// strip takes a prefix away from the names of an element and of all within it.
func (n *Node) strip(prefix string) {
	n.Name = strings.TrimPrefix(n.Name, prefix)
	for _, k := range n.Kids {
		k.strip(prefix)
	}
}
