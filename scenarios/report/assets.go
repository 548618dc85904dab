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

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// errNoAssets is what a binary built without Node says when a page is asked for.
var errNoAssets = errors.New("this weir was built without its web assets; run `make web` and build again")

// Available reports whether a page can be written: nil if the web assets are built
// in, otherwise one line with the command that builds them.
func Available() error {
	_, err := script()
	return err
}

// script is the bundle that goes into every page.
func script() (string, error) {
	text, err := fs.ReadFile(dist, "web/dist/page.js")
	if err != nil || len(text) == 0 {
		return "", errNoAssets
	}
	return string(text), nil
}

// policy is the page's Content-Security-Policy: its own scripts, known by their hash,
// its own styles and pictures, and nothing from outside.
func policy(scripts ...string) string {
	sources := ""
	for _, s := range scripts {
		sum := sha256.Sum256([]byte(s))
		sources += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return "default-src 'none'; script-src" + sources + " 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
}
