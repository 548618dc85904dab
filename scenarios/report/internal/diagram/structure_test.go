package diagram

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"weir/model/describe"
	"weir/model/structure"
	"weir/model/xmile"
	"weir/scenarios"
	"weir/scenarios/report/internal/reading"
)

// schoolsOfStLouis is the set of the example, compared without futures.
func schoolsOfStLouis(t *testing.T) *scenarios.Comparison {
	t.Helper()
	set, list := scenarios.Load("../../../../examples/st-louis/scenarios.toml")
	if list.HasErrors() {
		t.Fatal(list)
	}
	set.Uncertainty = nil
	c, err := scenarios.Compare(context.Background(), set, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// There is one structure: the page shows the links, signs and polarities that weir inspect
// prints for the model, and an export to XMILE draws the same links. (Connectors carry no
// sign in the schema of XMILE 1.0, so there is none to compare.)
func TestOneStructure(t *testing.T) {
	c := schoolsOfStLouis(t)
	b := New(reading.New(c))
	inspected := scenarios.Structure(context.Background(), c.Set.Resolved)
	page, terminal := signsOf(b.Graph), signsOf(inspected)
	if len(page) != len(terminal) || len(page) < 700 {
		t.Fatalf("%d links and loops on the page, %d in the terminal", len(page), len(terminal))
	}
	for key, sign := range page {
		if terminal[key] != sign {
			t.Errorf("%s is %q on the page and %q in the terminal", key, sign, terminal[key])
		}
	}
	words := map[string]string{}
	for _, r := range b.Chains().Rows {
		words[r.Cells[0].Text] += r.Cells[2].Text // two variables may have one label
	}
	for _, l := range inspected.Links {
		if k := l.To.Kind; l.Initial || k == structure.NodeConstant || k == structure.NodeData || k == structure.NodeDecision {
			continue
		}
		if want := b.Names.Of(l.From.Name) + inWords(l); !strings.Contains(words[b.Names.Of(l.To.Name)], want) {
			t.Errorf("the page does not say that %q acts on %s", want, l.To.Name)
		}
	}
	var text bytes.Buffer
	if err := describe.Write(&text, c.Set.Model, inspected, "loops"); err != nil || !strings.Contains(text.String(), "**Balancing**") {
		t.Errorf("no loops in the documentation: %v", err)
	}
	exported := connectors(t, c)
	for _, l := range inspected.Links {
		if !l.Material && !exported[xmileKey(l.From.Name, l.To.Name)] {
			t.Errorf("no connector from %s to %s in the export", l.From.Name, l.To.Name)
		}
		delete(exported, xmileKey(l.From.Name, l.To.Name))
	}
	for k := range exported {
		t.Errorf("the export has a connector %s, which is no link", k)
	}
}

// signsOf are the signs of links and the polarities of loops, by their names.
func signsOf(g *structure.Graph) map[string]string {
	out := map[string]string{}
	for _, l := range g.Links {
		out[fmt.Sprint(l.From.Name, " → ", l.To.Name, l.Initial)] = l.Sign.String()
	}
	for _, l := range g.Loops {
		out[strings.Join(l.Names(), " → ")] = string(l.Polarity)
	}
	return out
}

// xmileKey names a link as the export writes names: quoted, if they hold a module's dot.
func xmileKey(from, to string) string {
	return strings.NewReplacer(".", "_", `"`, "").Replace(from + " " + to)
}

// connectors are the arrows of the model written as XMILE with its modules written into it, from where
// to where: one picture, as the page has.
func connectors(t *testing.T, c *scenarios.Comparison) map[string]bool {
	t.Helper()
	var text bytes.Buffer
	if _, err := xmile.WriteFlat(&text, c.Set.Model, c.Set.Resolved, ""); err != nil {
		t.Fatal(err)
	}
	var file struct {
		Connectors []struct {
			From string `xml:"from"`
			To   string `xml:"to"`
		} `xml:"model>views>view>connector"`
	}
	if err := xml.Unmarshal(text.Bytes(), &file); err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, k := range file.Connectors {
		out[xmileKey(k.From, k.To)] = true
	}
	return out
}
