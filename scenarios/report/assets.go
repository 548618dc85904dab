package report

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"html/template"
	"io"
	"io/fs"
	"strings"
	"sync"
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

// templates returns the page with its parts, which bundles and run share. They are parsed when a page
// is written: every command of weir waited half a millisecond for them.
var templates = sync.OnceValue(func() *template.Template {
	t := template.Must(template.New("page").Parse(pageText))
	template.Must(t.New("bundles").Parse(bundlesText))
	return template.Must(t.New("run").Parse(runText))
})

// errNoAssets is the error of a binary that was built without Node, when a page is asked
// for.
var errNoAssets = errors.New("this weir was built without its web assets; run `make web` and build again")

// Available reports whether a page can be written: nil if the web assets are built in,
// otherwise one line with the command that builds them.
func Available() error {
	for _, name := range []string{"page.js", "bundles.js", "run.js", "echarts.js.gz", "licences.txt"} {
		if _, err := asset(name); err != nil {
			return err
		}
	}
	return nil
}

// asset returns a file that build.mjs wrote, by its name.
func asset(name string) ([]byte, error) {
	text, err := fs.ReadFile(dist, "web/dist/"+name)
	if err != nil || len(text) == 0 {
		return nil, errNoAssets
	}
	return text, nil
}

// scripts are what runs in a page: its own script, and the library of its charts, which its own
// brings in when a chart is near.
type scripts struct {
	own      string
	library  string // as it runs
	packed   string // the library as the page carries it: gzip, base64
	licences string // of the library's parts
}

// scriptsOf returns the scripts of a page, whose own has the given name.
func scriptsOf(name string) (scripts, error) {
	var files [3][]byte
	for i, n := range []string{name, "echarts.js.gz", "licences.txt"} {
		var err error
		if files[i], err = asset(n); err != nil {
			return scripts{}, err
		}
	}
	z, err := gzip.NewReader(bytes.NewReader(files[1]))
	if err != nil {
		return scripts{}, err
	}
	library, err := io.ReadAll(z)
	return scripts{string(files[0]), string(library), base64.StdEncoding.EncodeToString(files[1]), string(files[2])}, err
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
	scripts []string // those that run, known by their hashes
	style   string   // the one style sheet, known by its hash
	runs    bool     // a model runs in the page and in its workers
	images  bool     // the page makes pictures for the reader
}

// String returns the policy as a meta element has it.
func (p policy) String() string {
	parts := []string{"default-src 'none'", "script-src", "style-src " + hashed(p.style)}
	for _, s := range p.scripts {
		parts[1] += " " + hashed(s)
	}
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
