package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// misspelt replaces the name of the constant in each flow, each time by another.
func misspelt(text string) string {
	parts := strings.Split(text, "/ life")
	for i := range parts[1:] {
		parts[i] += fmt.Sprint("/ lief_", i)
	}
	return strings.Join(parts, "")
}

// wide is a model of n tanks whose names are long, each with its drain.
func wide(n int) string {
	var out strings.Builder
	out.WriteString("name = \"Tanks\"\n[time]\nstart = 0\nstop = 10\nstep = 1\nunit = \"day\"\n" +
		"[constant.life]\nvalue = 5\nrange = [3, 8]\n")
	for i := range n {
		name := fmt.Sprintf("%s_%d", strings.Repeat("tank_", 20), i)
		fmt.Fprintf(&out, "[stock.%s]\ninitial = 10\noutflow = [\"drain_%[1]s\"]\n"+
			"[flow.drain_%[1]s]\nequation = \"%[1]s / life\"\n", name)
	}
	return out.String()
}

// Every answer has its bound, also an error with a thousand mistakes: it ends at a line that says how
// much is left out, and JSON, which cannot be cut, is refused.
func TestAnswersAreBounded(t *testing.T) {
	s, folder := session(t)
	for name, text := range map[string]string{
		"wide.toml":  wide(600),
		"wrong.toml": misspelt(wide(600)),
		"vast.mdl": "{UTF-8}\n" + strings.Repeat("x", 200_000) + " = INTEG(1, 80) ~ C ~ |\n" +
			"INITIAL TIME = 0 ~~|\nFINAL TIME = 8 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const left, json = "more bytes are left out", "the JSON has "
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		want      string
	}{
		{"check", map[string]any{"path": "wrong.toml"}, left},
		{"check", map[string]any{"path": "wrong.toml", "format": "json"}, json},
		{"run", map[string]any{"path": "wrong.toml"}, left},
		{"run", map[string]any{"path": "wide.toml"}, left},
		{"run", map[string]any{"path": "wide.toml", "runs": 2}, "median"},
		{"run", map[string]any{"path": "wide.toml", "format": "csv"}, left},
		{"run", map[string]any{"path": "wide.toml", "format": "json"}, json},
		{"run", map[string]any{"path": "tank.toml", "stop": 1e5, "format": "csv"}, left},
		{"run", map[string]any{"path": "tank.toml", "set": map[string]float64{strings.Repeat("x", 200_000): 1}}, left},
		{"inspect", map[string]any{"path": "wide.toml"}, left},
		{"explain", map[string]any{"path": "wide.toml"}, ""},
		{"sensitivity", map[string]any{"path": "wide.toml", "method": "tornado"}, ""},
		{"import", map[string]any{"path": "vast.mdl", "source": true}, ""},
		{"inspect", map[string]any{"path": "vast.mdl"}, left},
		{"compare", map[string]any{"path": strings.Repeat("a/", 100_000)}, left},
	} {
		text, _ := call(t, s, c.tool, c.arguments)
		const note = 200 // bytes
		if len(text) > mostText+note || !strings.Contains(text, c.want) {
			end := text[max(0, len(text)-300):]
			t.Errorf("%s %.60v: %d bytes, without %q; they end with %q", c.tool, c.arguments, len(text), c.want, end)
		}
	}
}

// JSON of tools is as the server's schemas say, which are made from the types that are written.
func TestAnswersHaveSchemas(t *testing.T) {
	s, _ := session(t)
	list, err := s.ListResources(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	schemas := map[string]*jsonschema.Resolved{}
	for _, r := range list.Resources {
		read, err := s.ReadResource(context.Background(), &mcp.ReadResourceParams{URI: r.URI})
		if err != nil || len(read.Contents) != 1 {
			t.Fatalf("%s: %v", r.URI, err)
		}
		var schema jsonschema.Schema
		if err := json.Unmarshal([]byte(read.Contents[0].Text), &schema); err != nil {
			t.Fatalf("%s: %v", r.URI, err)
		}
		if schemas[r.Name], err = schema.Resolve(nil); err != nil {
			t.Fatalf("%s: %v", r.URI, err)
		}
	}
	for _, c := range []struct{ tool, path, schema string }{
		{"check", "broken.toml", "check-output"},
		{"run", "tank.toml", "run-output"},
		{"compare", "set.toml", "compare-output"},
		{"explain", "tank.toml", "loops-output"},
		{"explain", "set.toml", "why-output"},
		{"sensitivity", "set.toml", "sensitivity-output"},
		{"inspect", "tank.toml", "variable-output"},
	} {
		arguments := map[string]any{"path": c.path, "format": "json"}
		if c.tool == "inspect" {
			arguments["variable"] = "drain"
		}
		text, failed := call(t, s, c.tool, arguments)
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil || failed {
			t.Errorf("%s %s: %v, failed is %v\n%.300s", c.tool, c.path, err, failed, text)
			continue
		}
		if schemas[c.schema] == nil {
			t.Errorf("there is no %s", c.schema)
		} else if err := schemas[c.schema].Validate(value); err != nil {
			t.Errorf("%s %s is not of %s: %v", c.tool, c.path, c.schema, err)
		}
		other := "check-output"
		if c.schema == other {
			other = "run-output"
		}
		if schemas[other].Validate(value) == nil {
			t.Errorf("%s %s is of %s, too", c.tool, c.path, other)
		}
	}
}
