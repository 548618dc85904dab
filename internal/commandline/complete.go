package commandline

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// Flag is the hidden argument by which a script asks for completions: it stands behind the words of
// the command line up to the one that is typed.
const Flag = "--generate-bash-completion"

// Known has the names that only the program knows.
type Known struct {
	Topics    func() []string            // of weir help
	Variables func(file string) []string // of a model or set, nil if it cannot be read
}

// naming are the flags whose values name a variable of the file on the command line, with the text
// that follows the name.
var naming = map[string]string{"set": "=", "keep": "", "outcome": "", "show": "", "constant": "="}

// Complete returns the words that fit in the place of the last of the words behind weir, and begin
// as it does. It returns nil where a file is wanted: the shell knows those.
func Complete(app *cli.App, words []string, known Known) []string {
	if len(words) == 0 {
		words = []string{""}
	}
	typed := words[len(words)-1]
	var out []string
	switch {
	case len(words) == 1:
		for _, c := range app.Commands {
			out = append(out, c.Name)
		}
		out = append(out, "--help", "--version")
	case words[0] == "help" && len(words) == 2:
		for _, c := range app.Commands {
			out = append(out, c.Name)
		}
		out = append(out, known.Topics()...)
	case app.Command(words[0]) != nil:
		out = ofCommand(app.Command(words[0]), words[1:], known)
	}
	return slices.DeleteFunc(out, func(s string) bool {
		return !strings.HasPrefix(s, typed) || strings.HasPrefix(s, "-") && !strings.HasPrefix(typed, "-")
	})
}

// ofCommand returns the flags of a command, the values of the flag before the last word, or the
// words that the command takes as its argument.
func ofCommand(c *cli.Command, words []string, known Known) []string {
	if len(words) > 1 {
		if f := flagOf(c, words[len(words)-2]); f != nil {
			if _, isBool := f.(*cli.BoolFlag); !isBool {
				return values(f, words, known)
			}
		}
	}
	var out []string
	for _, f := range c.Flags {
		out = append(out, "--"+f.Names()[0])
	}
	out = append(out, "--help")
	if args := strings.Split(c.ArgsUsage, "|"); len(args) > 1 {
		out = append(out, args...)
	}
	return out
}

// flagOf returns the flag that a word names, or nil.
func flagOf(c *cli.Command, word string) cli.Flag {
	name := strings.TrimLeft(word, "-")
	for _, f := range c.Flags {
		if strings.HasPrefix(word, "-") && slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

// values returns the values that a flag may have: variables of the file among the words, or those
// that its usage lists; nil if neither is known.
func values(f cli.Flag, words []string, known Known) []string {
	if follows, ok := naming[f.Names()[0]]; ok {
		for _, w := range words[:len(words)-1] {
			if !strings.HasPrefix(w, "-") && strings.HasSuffix(w, ".toml") {
				var out []string
				for _, name := range known.Variables(w) {
					out = append(out, name+follows)
				}
				return out
			}
		}
		return nil
	}
	if d, ok := f.(cli.DocGenerationFlag); ok {
		if list, ok := strings.CutPrefix(d.GetUsage(), "one of "); ok {
			return strings.Split(list, ", ")
		}
	}
	return nil
}

// Shells are those that Script knows.
var Shells = []string{"bash", "zsh", "fish"}

// Script returns the script of a shell, "" for one that is not known. It asks the program at each
// completion, so that it never differs from it.
func Script(shell string) string { return scripts[shell] }

var scripts = map[string]string{
	"bash": `_weir() {
  local IFS=$'\n' words=("${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=($("${COMP_WORDS[0]}" "${words[@]}" ` + Flag + ` 2>/dev/null))
  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _weir weir
`,
	"zsh": `_weir() {
  local -a found
  found=("${(@f)$("${words[1]}" "${(@)words[2,CURRENT]}" ` + Flag + ` 2>/dev/null)}")
  if [[ -n "$found" ]]; then compadd -- "${found[@]}"; else _files; fi
}
compdef _weir weir
`,
	"fish": `function __weir
  set -l words (commandline -opc) (commandline -ct)
  $words[1] $words[2..-1] ` + Flag + ` 2>/dev/null
end
complete -c weir -a '(__weir)'
`,
}
