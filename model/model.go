// Package model reads, checks and writes models. It is the front of the packages below it; how a
// model is executed, drawn or compared is not known here. A model goes one way:
//
//	m, list := model.Load("model.toml") // the document, and mistakes of form
//	r, more := model.Check(m)           // the resolved form, and mistakes of content
//	program, err := sim.Compile(r)      // package sim runs it
//
// Load and Check report all mistakes at once, as a diagnostic.List. A model with mistakes of
// form is Broken, but may be checked, so that its other mistakes show, too. The resolved model is
// nil if there is any error other than one of units; UnitsAsWarnings turns those into warnings
// for a caller that runs the model in spite of them.
//
// Of a resolved model, structure.Of returns the graph: its links with their signs, and its feedback
// loops. Fingerprint identifies what it computes. Write prints a document as a file again, also
// one that came from another tool: package format loads those.
//
// The work is done in the packages below:
//
//	document   the types of a model, and what a model knows of itself
//	keys       the tables and keys of a model file
//	read       the file format, with modules, data files and fitted values
//	write      the same, the other way
//	code       the codes of diagnostics, with an example of each
//	check      names, equations, units, order and advice
//	structure  links, signs and loops
//	resolved   the result of Check, the only seam between a model and its engines
//
// A Model belongs to its caller. Neither Check nor Write changes it, and each may run at the
// same time as the other.
package model

import (
	"io/fs"

	"weir/model/check"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/keys"
	"weir/model/read"
	"weir/model/resolved"
	"weir/model/structure"
	"weir/model/toml"
	"weir/model/toml/shape"
	"weir/model/write"
)

// The document, as read from a file or made by an importer.
type (
	Arrow           = document.Arrow
	Box             = document.Box
	BoxKind         = document.BoxKind
	Calibrated      = document.Calibrated
	Calibration     = document.Calibration
	CalibrationFit  = document.CalibrationFit
	Change          = document.Change
	Conveyor        = document.Conveyor
	DataFile        = document.DataFile
	Dimension       = document.Dimension
	Channel         = document.Channel
	NamedLoop       = document.NamedLoop
	Distribution    = document.Distribution
	ElementText     = document.ElementText
	Grade           = document.Grade
	Import          = document.Import
	ImportFunction  = document.ImportFunction
	ImportOptions   = document.ImportOptions
	ImportHome      = document.ImportHome
	ImportPart      = document.ImportPart
	ImportRow       = document.ImportRow
	ImportView      = document.ImportView
	Kind            = document.Kind
	Lost            = document.Lost
	Model           = document.Model
	Module          = document.Module
	Note            = document.Note
	Pipe            = document.Pipe
	Place           = document.Place
	Series          = document.Series
	Source          = document.Source
	TableShape      = document.TableShape
	Test            = document.Test
	TestRun         = document.TestRun
	Text            = document.Text
	TimeSettings    = document.TimeSettings
	UnitDeclaration = document.UnitDeclaration
	Variable        = document.Variable
	View            = document.View
)

// The kinds of variables.
const (
	KindStock    = document.KindStock
	KindFlow     = document.KindFlow
	KindAux      = document.KindAux
	KindConstant = document.KindConstant
	KindDecision = document.KindDecision
	KindLookup   = document.KindLookup
	KindData     = document.KindData
)

// The grades of an import, from the best to the worst.
const (
	Exact        = document.Exact
	Equivalent   = document.Equivalent
	Approximated = document.Approximated
	Unsupported  = document.Unsupported
)

// Boxes of views, and bounds of what a file may hold.
const (
	BoxModule = document.BoxModule
	BoxGroup  = document.BoxGroup
	MaxKey    = document.MaxKey
	OwnShape  = document.OwnShape
	MaxPixel  = keys.MaxPixel
	MaxRows   = read.MaxRows
	MaxSteps  = read.MaxSteps
)

// Sides are where a name can stand, seen from its symbol.
var Sides = document.Sides

// The shapes of the file's tables.
var (
	FileShape   = keys.File
	PointsForm  = keys.PointsForm
	ChangeShape = keys.Change
	ChangeTimes = keys.ChangeTimes
)

// The graph of a model.
type (
	Graph    = structure.Graph
	Node     = structure.Node
	NodeKind = structure.NodeKind
	Link     = structure.Link
	Loop     = structure.Loop
	Sign     = structure.Sign
	Polarity = structure.Polarity
)

// The kinds of nodes, the signs of links and the polarities of loops.
const (
	NodeStock    = structure.NodeStock
	NodeFlow     = structure.NodeFlow
	NodeAux      = structure.NodeAux
	NodeConstant = structure.NodeConstant
	NodeDecision = structure.NodeDecision
	NodeData     = structure.NodeData

	Positive = structure.Positive
	Negative = structure.Negative
	Unknown  = structure.Unknown

	Reinforcing = structure.Reinforcing
	Balancing   = structure.Balancing
	NotKnown    = structure.NotKnown
)

// Load reads a model file with the data files and modules that it names; see read.Load.
func Load(path string) (*Model, diagnostic.List) { return read.Load(path) }

// Parse is Load for a text at hand; see read.Parse.
func Parse(file string, text []byte, fsys fs.FS) (*Model, diagnostic.List) {
	return read.Parse(file, text, fsys)
}

// Check proves a model sound and returns its resolved form; see check.Check.
func Check(m *Model) (*resolved.Model, diagnostic.List) { return check.Check(m) }

// Resolve is Check without units and advice, for a changed copy of a checked model; see check.Resolve.
func Resolve(m *Model) (*resolved.Model, diagnostic.List) { return check.Resolve(m) }

// Write prints a model as the TOML that Load reads, with its data files; see write.Write.
func Write(m *Model) (text []byte, data map[string][]byte) { return write.Write(m) }

// IsAdvice reports whether a code is advice on a model that runs.
func IsAdvice(c diagnostic.Code) bool { return code.IsAdvice(c) }

// UnitsAsWarnings returns a list in which mistakes of units are warnings.
func UnitsAsWarnings(l diagnostic.List) diagnostic.List { return check.UnitsAsWarnings(l) }

// Fingerprint returns a SHA-256 of what a model computes; see check.Fingerprint.
func Fingerprint(r *resolved.Model, without ...string) string {
	return check.Fingerprint(r, without...)
}

// SameModel reports whether a fingerprint, of this version or an earlier one, is that of a model;
// early, whether a difference may come from the program that wrote it.
func SameModel(fingerprint string, r *resolved.Model, without ...string) (same, early bool) {
	return check.SameModel(fingerprint, r, without...)
}

// Affected returns the variables that depend on what an import does not support.
func Affected(i *Import, r *resolved.Model) []string {
	return structure.Downstream(r, i.NotSupported())
}

// ReadPoints reads the points of a lookup; see read.Points.
func ReadPoints(t *toml.Table, x *toml.Value) []resolved.Point { return read.Points(t, x) }

// ReadChange reads a dated change; see read.ReadChange.
func ReadChange(t *toml.Table, start float64, s *shape.Shape) Change {
	return read.ReadChange(t, start, s)
}

// FixedEnd returns an error, in a list of one, if the run of a model ends itself: runs of
// unequal length are not compared, and other tools' files cannot say it. The list is empty
// for all other models.
func FixedEnd(m *Model) diagnostic.List {
	if m.Time.Ends == "" {
		return nil
	}
	hint := "take out ends, so that the run ends at stop; or run it once: weir run MODEL"
	if m.Imported != nil {
		hint = "run it once: weir run MODEL; or give it a fixed end: --stop TIME of weir run --runs, or of weir import for a set"
	}
	return diagnostic.List{{
		Code: NotSupported, Severity: diagnostic.Error, Span: m.Time.KeySpans["ends"], Hint: hint,
		Message: "the end of the run follows from the run (" + m.Time.Ends + "), so that runs are of unequal length",
	}}
}
