package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"weir/model/diagnostic"
	"weir/model/document"
)

// roots are the folders whose texts end in messages of the checker.
var roots = []string{".", "../unit", "../equation", "../table"}

var lowerWord = regexp.MustCompile(`[a-z]+`)

// messageWords returns the words in lower case of all texts in the code of the roots.
func messageWords(t *testing.T) []string {
	t.Helper()
	found := map[string]bool{}
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || filepath.Base(path) == "words.go" {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if _, ok := n.(*ast.ImportSpec); ok {
					return false
				}
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					text, _ := strconv.Unquote(l.Value)
					for _, w := range lowerWord.FindAllString(text, -1) {
						found[w] = true
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var out []string
	for w := range found {
		out = append(out, w)
	}
	slices.Sort(out)
	return out
}

// The words of messages are in the list, so that none is taken for a variable of an
// imported model. WEIR_WORDS=write writes the list.
func TestWordsOfMessages(t *testing.T) {
	words := messageWords(t)
	if os.Getenv("WEIR_WORDS") == "write" {
		if err := os.WriteFile("words.txt", []byte(strings.Join(words, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	missing := slices.DeleteFunc(words, func(w string) bool { return ours[w] })
	if len(missing) > mostMissing {
		t.Errorf("not in words.txt: %v\nWEIR_WORDS=write go test ./model/check -run TestWordsOfMessages writes it", missing)
	}
}

// mostMissing is how many words may be missing: a message may be reworded without the list.
const mostMissing = 20

// A variable A of the file is a in the model: the article in a message is not its name.
func TestRestoreKeepsTheWordsOfMessages(t *testing.T) {
	rows := []document.ImportRow{{Name: "A", Variable: "a"}, {Name: "When", Variable: "when"}, {Name: "Start Pop", Variable: "start_pop"}, {Name: "Fish", Variable: "fish"}}
	list := diagnostic.List{{
		Message: "when of step must be in day, but it is a plain number of start_pop, fish and fish_2",
		Hint:    "make it a constant with a name: fish",
	}}
	restore(&document.Import{Rows: rows}, list)
	want := diagnostic.Diagnostic{
		Message: "when of step must be in day, but it is a plain number of Start Pop, Fish and fish_2",
		Hint:    "make it a constant with a name: Fish",
	}
	if list[0].Message != want.Message || list[0].Hint != want.Hint {
		t.Errorf("got  %s (%s)\nwant %s (%s)", list[0].Message, list[0].Hint, want.Message, want.Hint)
	}
}
