package check

import (
	_ "embed"
	"strings"

	"weir/model/function"
)

// wordList are the words of the checker's messages, one a line: TestWordsOfMessages finds
// those that are missing.
//
//go:embed words.txt
var wordList string

// ours are the words that messages are made of, with the names of functions and of their
// parameters. In a message about an imported model they are not replaced by a name of the
// file: "it is a plain number" is not about the variable A.
var ours = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(wordList) {
		out[w] = true
	}
	for i := range function.Table {
		row := &function.Table[i]
		out[row.Name] = true
		for _, p := range row.Params {
			out[p.Name] = true
		}
	}
	return out
}()
