package report

import (
	"bytes"
	"html/template"
	"io"

	"weir/scenarios"
	"weir/scenarios/report/internal/bundle"
)

// WriteBundles writes the page of a set's combinations: cost against outcome, each a
// point that can be picked. The same bundles give the same bytes. Nothing is written if the
// web assets are missing (see Available). b is only read.
func WriteBundles(w io.Writer, b *scenarios.Bundles) error {
	code, err := scriptsOf("bundles.js")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := writeBundles(&out, b, code); err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}

// writeBundles writes the page with the given scripts. A page without a picture needs no library.
func writeBundles(w io.Writer, b *scenarios.Bundles, code scripts) error {
	p, err := bundle.Of(b)
	if err != nil {
		return err
	}
	sheet := style + bundlesStyle
	p.Style, p.Script, p.Licences = template.CSS(sheet), template.JS(code.own), code.licences
	p.Policy = policy{scripts: []string{code.own, code.library}, style: sheet}.String()
	p.Data = template.JS(cleanJSON([]byte(p.Data)))
	data := struct {
		*bundle.Page
		Charts drawn
	}{Page: p}
	if data.Charts, err = chartsOf(code, 1); err != nil {
		return err
	}
	return render(w, templates().Lookup("bundles"), data, &p.Script)
}
