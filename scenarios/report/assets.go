package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"html/template"
	"io"
	"io/fs"
	"strings"
)

// The script is made from web/src by npm; without it the folder holds only a mark.
//
//go:embed all:web/dist
var dist embed.FS

//go:embed page.html
var pageText string

//go:embed style.css
var style string

//go:embed page.css
var pageStyle string

//go:embed live.css
var liveStyle string

//go:embed bundles.html
var bundlesText string

//go:embed bundles.css
var bundlesStyle string

//go:embed run.html
var runText string

//go:embed run.css
var runStyle string

var (
	pageTemplate    = template.Must(template.New("page").Parse(pageText))
	bundlesTemplate = template.Must(pageTemplate.New("bundles").Parse(bundlesText)) // with the parts of the other
	runTemplate     = template.Must(template.New("run").Parse(runText))
)

// errNoAssets is the error of a binary that was built without Node, when a page is asked
// for.
var errNoAssets = errors.New("this weir was built without its web assets; run `make web` and build again")

// Available reports whether a page can be written: nil if the web assets are built in,
// otherwise one line with the command that builds them.
func Available() error {
	for _, name := range []string{"page.js", "bundles.js", "run.js"} {
		if _, _, err := script(name); err != nil {
			return err
		}
	}
	return nil
}

// script returns a page's script by the name of its file, and the licences of the parts in
// it that others wrote, "" if there are none. build.mjs writes them to its beginning.
func script(name string) (code, licences string, err error) {
	text, err := fs.ReadFile(dist, "web/dist/"+name)
	if err != nil || len(text) == 0 {
		return "", "", errNoAssets
	}
	code = string(text)
	if rest, ok := strings.CutPrefix(code, "/*!licences\n"); ok {
		licences, code, _ = strings.Cut(rest, "\n*/\n")
	}
	return code, licences, nil
}

// render writes a page with clean texts. The script, which its policy knows by a hash, is
// left as it is: it takes its place last. script is a field of data.
func render(w io.Writer, page *template.Template, data any, script *template.JS) error {
	code := string(*script)
	*script = "/*script*/"
	var out strings.Builder
	if err := page.Execute(&out, data); err != nil {
		return err
	}
	mark := "<script>" + string(*script) + "</script>" // no text of a model can hold this unescaped
	before, after, found := strings.Cut(cleanText(out.String()), mark)
	if !found {
		return errors.New("report: the page has no place for its script")
	}
	_, err := io.WriteString(w, before+"<script>"+code+"</script>"+after)
	return err
}

// A policy is the Content-Security-Policy of a page. Nothing comes from outside; the rest
// is allowed only to pages that need it.
type policy struct {
	script string // the one that runs, known by its hash
	style  string // the one style sheet, known by its hash
	runs   bool   // a model runs in the page and in its workers
	images bool   // the page makes pictures for the reader
}

// String returns the policy as a meta element has it.
func (p policy) String() string {
	parts := []string{"default-src 'none'", "script-src " + hashed(p.script), "style-src " + hashed(p.style)}
	if p.runs {
		parts[1] += " 'wasm-unsafe-eval'"
		parts = append(parts, "worker-src blob:")
	}
	if p.images {
		parts = append(parts, "img-src data: blob:")
	}
	return strings.Join(append(parts, "base-uri 'none'", "form-action 'none'"), "; ")
}

// hashed returns the source expression of a text that stands in the page.
func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
