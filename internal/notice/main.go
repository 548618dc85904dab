// Command notice prints the licences and notices of the Go modules that are built into
// weir and weir-mcp, which releases hold, and of Go itself, from the files that the modules carry.
// Modules with the same text share it. make notice writes the result to the file NOTICE; make check
// finds a stale one.
package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	text, err := notice("cmd/weir", "cmd/weir-mcp")
	if err != nil {
		fmt.Fprintln(os.Stderr, "notice:", err)
		os.Exit(1)
	}
	fmt.Print(text)
}

// A module is one whose packages are built in.
type module struct {
	Path, Version, Dir string
	Main               bool
}

// notice returns the licences of everything that commands are built from, by their folders.
func notice(commands ...string) (string, error) {
	var modules []module
	for _, folder := range commands {
		more, err := builtIn(folder)
		if err != nil {
			return "", err
		}
		modules = append(modules, more...)
	}
	slices.SortFunc(modules, func(a, b module) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Version, b.Version))
	})
	modules = slices.Compact(modules)
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("go env: %w", err)
	}
	modules = append(modules, module{Path: "the standard library of Go", Dir: strings.TrimSpace(string(root))})
	var texts []string
	users := map[string][]string{} // of each text
	for _, m := range modules {
		text, err := licence(m.Dir)
		if err != nil {
			return "", fmt.Errorf("%s: %w", m.Path, err)
		}
		if users[text] == nil {
			texts = append(texts, text)
		}
		users[text] = append(users[text], strings.TrimSpace(m.Path+" "+m.Version))
	}
	parts, err := scriptParts("scenarios/report/web/package-lock.json")
	if err != nil {
		return "", err
	}
	out := "weir and weir-mcp are built from the following modules. Each is under the licence below its name.\n" +
		"The script of its pages has parts of its own, whose licences every page shows:\n" + parts + ".\n"
	for _, text := range texts {
		out += "\n" + strings.Repeat("=", 78) + "\n" + strings.Join(users[text], "\n") + "\n\n" + text + "\n"
	}
	return out, nil
}

// builtIn returns the modules of the packages that the command in a folder needs, weir's own left out.
// The command may be of a module of its own.
func builtIn(folder string) ([]module, error) {
	list := exec.Command("go", "list", "-mod=mod", "-deps", "-json=Module", ".")
	list.Dir = folder
	list.Stderr = os.Stderr
	data, err := list.Output()
	if err != nil {
		return nil, err
	}
	var modules []module
	for d := json.NewDecoder(strings.NewReader(string(data))); ; {
		var p struct{ Module *module }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if p.Module != nil && !p.Module.Main && p.Module.Path != "weir" && !slices.Contains(modules, *p.Module) {
			modules = append(modules, *p.Module)
		}
	}
	return modules, nil
}

// scriptParts returns the npm packages that pages are built from with their licences, by name, as the
// lock file has them. What only builds and tests need is left out.
func scriptParts(lock string) (string, error) {
	text, err := os.ReadFile(lock)
	if err != nil {
		return "", err
	}
	var file struct {
		Packages map[string]struct {
			Version, License string
			Dev              bool
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return "", fmt.Errorf("%s: %w", lock, err)
	}
	var parts []string
	for path, p := range file.Packages {
		if name, ok := strings.CutPrefix(path, "node_modules/"); ok && !p.Dev {
			parts = append(parts, fmt.Sprintf("%s %s (%s)", name, p.Version, p.License))
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, ", "), nil
}

var licenceName = regexp.MustCompile(`(?i)^(licen[cs]e|notice|copying|copyright|patents)`)

// licence returns the texts of the licence files in a module's folder, one after another.
func licence(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var texts []string
	for _, e := range entries {
		if e.IsDir() || !licenceName.MatchString(e.Name()) || filepath.Ext(e.Name()) == ".go" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", err
		}
		texts = append(texts, strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")))
	}
	if len(texts) == 0 {
		return "", errors.New("there is no licence in its folder")
	}
	return strings.Join(texts, "\n\n"), nil
}
