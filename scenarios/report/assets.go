package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"html/template"
	"io/fs"
)

// The script is made from web/src by npm; without it the folder holds only a mark.
//
//go:embed all:web/dist
var dist embed.FS

//go:embed page.html
var pageText string

//go:embed style.css
var style string

//go:embed live.css
var liveStyle string

//go:embed bundles.html
var bundlesText string

//go:embed bundles.css
var bundlesStyle string

var (
	pageTemplate    = template.Must(template.New("page").Parse(pageText))
	bundlesTemplate = template.Must(pageTemplate.New("bundles").Parse(bundlesText)) // with the parts of the other
)

// errNoAssets is the error of a binary that was built without Node, when a page is asked
// for.
var errNoAssets = errors.New("this weir was built without its web assets; run `make web` and build again")

// Available reports whether a page can be written: nil if the web assets are built in,
// otherwise one line with the command that builds them.
func Available() error {
	for _, name := range []string{"page.js", "bundles.js"} {
		if _, err := script(name); err != nil {
			return err
		}
	}
	return nil
}

// script returns a page's script by the name of its file.
func script(name string) (string, error) {
	text, err := fs.ReadFile(dist, "web/dist/"+name)
	if err != nil || len(text) == 0 {
		return "", errNoAssets
	}
	return string(text), nil
}

// policy returns the Content-Security-Policy of a page: its own scripts, known by their
// hash, its own styles and pictures, and nothing from outside.
func policy(scripts ...string) string {
	sources := ""
	for _, s := range scripts {
		sum := sha256.Sum256([]byte(s))
		sources += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return "default-src 'none'; script-src" + sources +
		" 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; img-src data: blob:; base-uri " +
		"'none'; form-action 'none'"
}
