package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestMain is the server itself where the test starts it as one.
func TestMain(m *testing.M) {
	if os.Getenv("WEIR_MCP_SERVES") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

const tank = `name = "Tank"
[time]
start = 0
stop = 10
step = 0.5
unit = "day"
[stock.water]
initial = 10
inflow = ["rain"]
outflow = ["drain"]
[flow.rain]
equation = "much"
[flow.drain]
equation = "water / life"
[decision.much]
value = 2
range = [0, 5]
[constant.life]
value = 5
range = [3, 8]
`

const tankSet = `model = "tank.toml"
name = "Rain"
[outcome.water]
variable = "water"
label = "Water"
better = "higher"
[intervention.more]
label = "More rain"
[intervention.more.change.much]
to = 4
start = 2
[scenario.more]
label = "More rain"
interventions = ["more"]
`

// A neighbour is a folder beside that of the server, whose files no call may show.
const neighbour = "neighbour"

// session starts the server, as a process, in a folder with a model, a set, a broken model and links
// that lead out of it.
func session(t *testing.T) (*mcp.ClientSession, string) {
	t.Helper()
	parent := t.TempDir()
	outside, folder := filepath.Join(parent, neighbour), filepath.Join(parent, "models")
	for _, dir := range []string{outside, folder} {
		if err := os.Mkdir(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		filepath.Join(folder, "tank.toml"):   tank,
		filepath.Join(folder, "set.toml"):    tankSet,
		filepath.Join(folder, "broken.toml"): strings.Replace(tank, "water / life", "watr / life", 1),
		filepath.Join(folder, "die.xmile"): `<xmile version="1.0"><header/><sim_specs><start>0</start><stop>2</stop></sim_specs>
			<model><variables><module name="die"/></variables></model>
			<model name="die"><variables><aux name="roll"><eqn>RANDOM(0, 1)</eqn></aux></variables></model></xmile>`,
		filepath.Join(folder, "cup.mdl"):      "{UTF-8}\ncup = INTEG(-cup/4, 80) ~ C ~ |\nINITIAL TIME = 0 ~~|\nFINAL TIME = 8 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n",
		filepath.Join(outside, "secret.toml"): tank + "# password\npassword\n",
		filepath.Join(outside, "secret.csv"):  "password,day\n1,2\n",
		filepath.Join(folder, "slow.toml"):    strings.Replace(tank, "stop = 10\nstep = 0.5\n", "stop = 1e6\nstep = 0.02\nsave = 1e5\n", 1), // 5e7 steps
		filepath.Join(folder, "module.toml"):  tank + "[module.m]\nfile = \"../neighbour/secret.toml\"\n",
		filepath.Join(folder, "data.toml"):    tank + "[data.pass]\nfile = \"../neighbour/secret.csv\"\ntime = \"day\"\nvalue = \"passwords\"\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(outside, "secret.toml"), filepath.Join(folder, "link.toml")); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(os.Args[0], "-folder", folder, "-timeout", "2s")
	c.Env = append(os.Environ(), "WEIR_MCP_SERVES=1")
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(stop)
	s, err := mcp.NewClient(&mcp.Implementation{Name: "test"}, nil).Connect(ctx, &mcp.CommandTransport{Command: c}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, folder
}

// call returns the text of a tool's answer, and whether it is an error.
func call(t *testing.T, s *mcp.ClientSession, tool string, arguments map[string]any) (string, bool) {
	t.Helper()
	r, err := s.CallTool(context.Background(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		return err.Error(), true
	}
	var out strings.Builder
	for _, c := range r.Content {
		if text, ok := c.(*mcp.TextContent); ok {
			out.WriteString(text.Text)
		}
	}
	return out.String(), r.IsError
}

// A scripted session: an assistant lists the tools, checks, runs, varies, asks why, compares, imports
// and inspects, and every answer has the numbers that it should. By dw/dt = 2 - w/5 from 10, water
// stays 10; with 4 it comes near 20.
func TestSession(t *testing.T) {
	s, folder := session(t)
	list, err := s.ListTools(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range list.Tools {
		names = append(names, tool.Name)
		if !tool.Annotations.ReadOnlyHint || tool.InputSchema == nil || tool.Description == "" {
			t.Errorf("%s: %+v", tool.Name, tool)
		}
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "check compare explain import inspect run sensitivity" {
		t.Errorf("the tools are %s", got)
	}
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		want      []string
	}{
		{"check", map[string]any{"path": "tank.toml"}, []string{"tank.toml: good: 1 stock"}},
		{"check", map[string]any{"path": "broken.toml"}, []string{"broken.toml:14:13", "watr", "did you mean water?"}},
		{"check", map[string]any{"path": "set.toml"}, []string{"1 scenario, 1 outcome"}},
		{"run", map[string]any{"path": "tank.toml"}, []string{"Tank", "water"}},
		{"run", map[string]any{"path": "tank.toml", "format": "csv", "keep": []string{"water"}}, []string{"time,water\n0,10\n", "\n10,10"}},
		{"run", map[string]any{"path": "tank.toml", "set": map[string]float64{"much": 4}, "stop": 1, "format": "csv", "keep": []string{"water"}}, []string{"0.5,11", "1,11.9"}},
		{"run", map[string]any{"path": "tank.toml", "runs": 100}, []string{"100 runs (sobol, seed 0)", "median"}},
		{"compare", map[string]any{"path": "set.toml"}, []string{"More rain"}},
		{"compare", map[string]any{"path": "set.toml", "format": "json"}, []string{`"scenario": "more"`}},
		{"explain", map[string]any{"path": "tank.toml", "outcome": "water"}, []string{"water"}},
		{"explain", map[string]any{"path": "set.toml"}, []string{"More rain"}},
		{"sensitivity", map[string]any{"path": "tank.toml", "outcome": "water", "method": "tornado"}, []string{"life"}},
		{"import", map[string]any{"path": "cup.mdl", "source": true}, []string{"same 18 numbers as cup.mdl, bit for bit", "[stock.cup]"}},
		{"import", map[string]any{"path": "die.xmile", "source": true},
			[]string{"[module.die]", "# The file die.toml", "[aux.roll]", "Random draws follow"}},
		{"inspect", map[string]any{"path": "tank.toml", "variable": "drain"}, []string{"water / life"}},
		{"inspect", map[string]any{"path": "tank.toml"}, []string{"drain = "}},
	} {
		text, failed := call(t, s, c.tool, c.arguments)
		for _, want := range c.want {
			if failed || !strings.Contains(text, want) {
				t.Errorf("%s %v: failed is %v, there is no %q in\n%s", c.tool, c.arguments, failed, want, text)
			}
		}
		if strings.Contains(text, folder) {
			t.Errorf("%s %v names the place of the folder:\n%s", c.tool, c.arguments, text)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 9 {
		t.Errorf("the folder has %d files, %v: something was written", len(entries), err)
	}
}

// Calls that would leave the folder, run for ever or ask for what is not there are answered with an
// error that says what to do, and the server goes on.
func TestHostileCalls(t *testing.T) {
	s, folder := session(t)
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		want      string
	}{
		{"run", map[string]any{"path": "../secret.toml"}, "not in the folder of this server"},
		{"run", map[string]any{"path": "/etc/passwd"}, "not in the folder of this server"},
		{"check", map[string]any{"path": "link.toml"}, "not in the folder of this server"},
		{"check", map[string]any{"path": "a/../../x.toml"}, "not in the folder of this server"},
		{"run", map[string]any{"path": "module.toml"}, "outside the folder that may be read here"},
		{"run", map[string]any{"path": "data.toml"}, "below the model's folder"},
		{"run", map[string]any{"path": "none.toml"}, "there is no none.toml"},
		{"run", map[string]any{"path": "broken.toml"}, "watr"},
		{"run", map[string]any{"path": "set.toml"}, "is a scenario set; this takes a model"},
		{"compare", map[string]any{"path": "tank.toml"}, "is a model; this takes a scenario set"},
		{"run", map[string]any{"path": "tank.toml", "runs": 1_000_000_000}, "runs is 1 to 100000 here"},
		{"run", map[string]any{"path": "tank.toml", "runs": -1}, "runs is 1 to 100000 here"},
		{"run", map[string]any{"path": "tank.toml", "stop": 1e300}, ""},
		{"run", map[string]any{"path": "tank.toml", "format": "html"}, "format is table or csv or json"},
		{"run", map[string]any{"path": "tank.toml", "runs": 10, "format": "csv"}, "of many runs there is a table"},
		{"inspect", map[string]any{"path": "tank.toml", "format": "json"}, "json is of one variable"},
		{"run", map[string]any{"path": "."}, "is a folder, pipe or device"},
		{"check", map[string]any{"path": ""}, "not in the folder of this server"},
		{"check", map[string]any{"path": "tank.toml\x00"}, "tank.toml"},
		{"run", map[string]any{"path": "slow.toml", "runs": 1000}, "stopped after 2s"},
		{"run", map[string]any{"path": "tank.toml", "stop": 1e9}, "is more than 1073741824 steps"},
		{"run", map[string]any{"path": "tank.toml", "stop": 1e8}, "are too many to keep"},
		{"run", map[string]any{"path": "tank.toml", "set": map[string]any{"much": "4"}}, `want "number"`},
		{"run", map[string]any{"path": 7}, "path"},
		{"sensitivity", map[string]any{"path": "tank.toml", "outcome": "water", "runs": 1_000_000}, "runs is 1 to 100000 here"},
		{"run", map[string]any{"path": "tank.toml", "set": map[string]float64{"mcuh": 1}}, "mcuh"},
		{"run", map[string]any{"path": "tank.toml", "keep": []string{"nothing"}}, "nothing"},
		{"sensitivity", map[string]any{"path": "tank.toml", "method": "magic"}, "method is one of"},
		{"import", map[string]any{"path": "tank.toml"}, "no file of another tool"},
		{"inspect", map[string]any{"path": "tank.toml", "variable": "nothing"}, "nothing"},
		{"run", map[string]any{}, "path"},
		{"run", map[string]any{"path": "tank.toml", "shell": "ls"}, "shell"},
		{"delete", map[string]any{"path": "tank.toml"}, "delete"},
	} {
		text, failed := call(t, s, c.tool, c.arguments)
		if !failed || !strings.Contains(text, c.want) {
			t.Errorf("%s %v: failed is %v, there is no %q in\n%s", c.tool, c.arguments, failed, c.want, text)
		}
		if strings.Contains(text, folder) || strings.Contains(text, "password") && !strings.Contains(text, `value = "passwords"`) {
			t.Errorf("%s %v names the place of the folder, or says what is outside:\n%s", c.tool, c.arguments, text)
		}
	}
	if text, _ := call(t, s, "check", map[string]any{"path": "module.toml"}); !strings.Contains(text, "outside the folder that may be read here") ||
		strings.Contains(text, "secret.toml:") {
		t.Errorf("a module beside the folder: %s", text)
	}
	if text, failed := call(t, s, "check", map[string]any{"path": "tank.toml"}); failed {
		t.Errorf("after all that: %s", text)
	}
}
