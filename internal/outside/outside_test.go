// Package outside proves that a module that replaces weir by a checkout can install it and use it as
// a library. Its program is the example of ARCHITECTURE.md, and states the names that are stable.
package outside

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// root is the checkout.
const root = "../.."

// module returns the folder of a module outside the checkout that holds the program and a model of
// weir new, and a function that runs a command of Go there.
func module(t *testing.T) (folder string, command func(args ...string) string) {
	t.Helper()
	folder = t.TempDir()
	here, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	own, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go \S+$`).Find(own)
	write := func(name string, text []byte) {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", []byte("module outside\n\n"+string(version)+"\n\nrequire weir v0.0.0\n\nreplace weir => "+here+"\n"))
	for _, name := range []string{"main.go", "stable.go"} {
		text, err := os.ReadFile(filepath.Join("testdata/program", name))
		if err != nil {
			t.Fatal(err)
		}
		write(name, text)
	}
	command = func(args ...string) string {
		t.Helper()
		c := exec.Command(args[0], args[1:]...)
		c.Dir = folder
		c.Env = append(os.Environ(), "GOFLAGS=-mod=mod "+os.Getenv("GOFLAGS"), "GOBIN="+folder)
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	return folder, command
}

// A module outside installs weir, makes a model with it, and runs that model by its own program: the
// same numbers. That the program compiles proves that every stable name has its type.
func TestModuleOutsideUsesWeir(t *testing.T) {
	if testing.Short() {
		t.Skip("builds weir for another module")
	}
	folder, command := module(t)
	command("go", "install", "weir/cmd/weir")
	weir := filepath.Join(folder, "weir")
	command(weir, "new", "school")
	for _, name := range []string{"model.toml", "scenarios.toml"} {
		if err := os.Rename(filepath.Join(folder, "school", name), filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	command("go", "vet", ".")
	said := command("go", "run", ".")
	table := command(weir, "run", "model.toml", "--set", "coached=0.5", "--format", "csv", "--quiet")
	lines := strings.Split(strings.TrimSpace(table), "\n")
	last := strings.Split(lines[len(lines)-1], ",")
	column := -1
	for i, name := range strings.Split(lines[0], ",") {
		if name == "students" {
			column = i
		}
	}
	if column < 0 || !strings.Contains(said, "students "+last[column]+"\n") {
		t.Errorf("the program says\n%s\nand weir run has in its last row\n%s\n%s", said, lines[0], lines[len(lines)-1])
	}
	if !strings.Contains(said, "coaching students ") {
		t.Errorf("no verdict is in\n%s", said)
	}
	page, err := os.ReadFile(filepath.Join(folder, "page.html"))
	if err != nil || !strings.Contains(string(page), "</html>") {
		t.Errorf("the page has %d bytes, %v", len(page), err)
	}
}

// The text about the library shows this program, and names what is stable and nothing else.
func TestTextIsOfThisProgram(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	text := read(filepath.Join(root, "LIBRARY.md"))
	if !strings.Contains(text, "```go\n"+read("testdata/program/main.go")+"```\n") {
		t.Error("LIBRARY.md does not show testdata/program/main.go")
	}
	for name := range names(read("testdata/program/stable.go"), `= \(?\*?(\w+)\.(\w+)\)?(?:\.(\w+))?\n`) {
		if !strings.Contains(text, "`"+name+"`") {
			t.Errorf("LIBRARY.md does not name %s, which is stable", name)
		}
	}
	stable := names(read("testdata/program/stable.go"), `= \(?\*?(\w+)\.(\w+)\)?(?:\.(\w+))?\n`)
	for name := range names(text, "`(\\w+)\\.(\\w+)(?:\\.(\\w+))?`") {
		if !stable[name] && !strings.Contains(read("testdata/program/stable.go"), name+"{") {
			t.Errorf("LIBRARY.md names %s, which stable.go does not hold", name)
		}
	}
}

// names returns the names in a text, of which a pattern finds the package, the name and the method.
func names(text, pattern string) map[string]bool {
	found := map[string]bool{}
	for _, parts := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		name := parts[1] + "." + parts[2]
		if parts[3] != "" {
			name += "." + parts[3]
		}
		found[name] = true
	}
	return found
}
