package calibrated

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math"
	"slices"
	"strings"

	"weir/model/resolved"
)

// version stands before a fingerprint. Those of the first version have nothing before them.
const version = "2:"

// Hash returns the version and a SHA-256, in hexadecimal, of everything that a model computes:
// equations, values, tables and clock, but for the values of the constants named in without.
// Labels, sources, comments, ranges, the interval of saving and the order of the file are not in
// it. The model is not changed. Equal hashes mean equal results with equal fitted values, so a
// model whose texts alone were edited needs no new calibration.
func Hash(r *resolved.Model, without ...string) string {
	return HashAs(r, func(name string) string { return name }, without...)
}

// HashAs returns the hash that a model has when its variables and tables have other names. As returns
// the new name of each, also of those that expansion made, whose names begin with that of their owner
// and #. Without has names of the model as it is. Random draws keep their streams, which a model under
// other names would not.
func HashAs(r *resolved.Model, as func(name string) string, without ...string) string {
	r = blank(r, without)
	d := &digest{Hash: sha256.New(), as: as, loops: map[*resolved.Loop]int{}}
	variables := slices.SortedFunc(slices.Values(r.Variables),
		func(a, b *resolved.Variable) int { return cmp.Compare(as(a.Name), as(b.Name)) })
	for _, v := range variables {
		d.variable(v)
	}
	tables := slices.SortedFunc(slices.Values(r.Tables),
		func(a, b *resolved.Table) int { return cmp.Compare(as(a.Name), as(b.Name)) })
	for _, t := range tables {
		d.table(t)
	}
	d.texts("clock", r.Time.Unit, r.Time.Method)
	d.numbers(r.Time.Start, r.Time.Stop, r.Time.Step, r.Time.Relative, r.Time.Absolute)
	return version + hex.EncodeToString(d.Sum(nil))
}

// Same reports whether a fingerprint of any version is that of a model.
func Same(fingerprint string, r *resolved.Model, without ...string) bool {
	if IsFirst(fingerprint) {
		return first(r, without) == fingerprint
	}
	return Hash(r, without...) == fingerprint
}

// IsFirst reports whether a fingerprint is of the first version. Another version of the program may
// have another one for the same model, so that a difference proves nothing.
func IsFirst(fingerprint string) bool { return !strings.Contains(fingerprint, ":") }

// blank returns a copy of a model in which some constants have no values.
func blank(r *resolved.Model, without []string) *resolved.Model {
	copied := *r
	copied.Variables = slices.Clone(r.Variables)
	for i, v := range copied.Variables {
		if v.Kind == resolved.Constant && slices.Contains(without, v.Name) {
			blank := *v
			blank.Parts = nil
			copied.Variables[i] = &blank
		}
	}
	return &copied
}

// A digest hashes the nodes of a model. Every node writes its kind and the number of its parts, so
// that two different trees never write the same bytes.
type digest struct {
	hash.Hash
	as    func(name string) string
	loops map[*resolved.Loop]int // of the present equation, numbered as they come
}

// texts writes texts, each after its length.
func (d *digest) texts(texts ...string) {
	for _, t := range texts {
		d.count(len(t))
		d.Write([]byte(t))
	}
}

// numbers writes the bits of numbers.
func (d *digest) numbers(numbers ...float64) {
	for _, x := range numbers {
		d.Write(binary.BigEndian.AppendUint64(nil, math.Float64bits(x)))
	}
}

// count writes whole numbers.
func (d *digest) count(numbers ...int) {
	for _, n := range numbers {
		d.Write(binary.BigEndian.AppendUint64(nil, uint64(n)))
	}
}

// variable writes a variable with its equations. Flows are named in their order, which is the
// priority in which a stock serves them.
func (d *digest) variable(v *resolved.Variable) {
	d.texts("variable", d.as(v.Name), v.Kind.String())
	d.dimensions(v.Over)
	for _, flows := range [][]*resolved.Variable{v.Inflows, v.Outflows} {
		d.count(len(flows))
		for _, f := range flows {
			d.texts(d.as(f.Name))
		}
	}
	if v.NonNegative {
		d.texts("non-negative")
	}
	for _, parts := range [][]*resolved.Part{v.Parts, v.Input, v.Delay} {
		d.count(len(parts))
		for _, p := range parts {
			clear(d.loops)
			d.loop(p.Loops)
			d.expr(p.Expr)
		}
	}
}

// dimensions writes dimensions with the names of their elements.
func (d *digest) dimensions(over []*resolved.Dimension) {
	d.count(len(over))
	for _, o := range over {
		d.texts(d.as(o.Name))
		d.count(len(o.Elements))
		d.texts(o.Elements...)
	}
}

// loop writes loops and gives them the numbers by which positions name them.
func (d *digest) loop(loops []*resolved.Loop) {
	d.count(len(loops))
	for _, l := range loops {
		d.loops[l] = len(d.loops)
		d.count(len(l.At))
		d.count(l.At...)
	}
}

// positions writes the subscripts of a node.
func (d *digest) positions(at []resolved.Pos) {
	d.count(len(at))
	for _, p := range at {
		if p.Loop == nil {
			d.count(-1, p.Fixed)
			continue
		}
		d.count(d.loops[p.Loop], len(p.Map))
		d.count(p.Map...)
	}
}

// table writes a table with its points.
func (d *digest) table(t *resolved.Table) {
	d.texts("table", d.as(t.Name))
	d.dimensions(t.Over)
	d.count(int(t.Beyond), len(t.Points))
	for _, points := range t.Points {
		d.count(len(points))
		for _, p := range points {
			d.numbers(p.X, p.Y)
		}
	}
}

// expr writes an expression.
func (d *digest) expr(e resolved.Expr) {
	switch e := e.(type) {
	case *resolved.Const:
		d.texts("number")
		d.numbers(e.Value)
	case *resolved.Clock:
		d.texts("clock")
		d.count(int(e.Kind))
	case *resolved.Ref:
		d.texts("value", d.as(e.Var.Name))
		d.positions(e.At)
	case *resolved.Apply:
		d.texts("apply", e.Op.Name())
		d.exprs(e.Args...)
	case *resolved.If:
		d.texts("if")
		d.exprs(e.Cond, e.Then, e.Else)
	case *resolved.Reduce:
		d.texts("reduce", e.Op.Name())
		d.loop(e.Loops)
		d.expr(e.X)
	case *resolved.Lookup:
		d.texts("lookup", d.as(e.Table.Name))
		d.positions(e.At)
		d.expr(e.X)
	case *resolved.Draw:
		d.texts("draw")
		d.count(int(e.Dist), int(e.Key))
		d.exprs(e.Args...)
	case *resolved.ArrayCall:
		d.texts("array", e.Fn.Name())
		d.dimensions(e.Over)
		d.positions(e.At)
		for _, a := range e.Args {
			d.loop(a.Loops)
			d.expr(a.X)
		}
	}
}

// exprs writes the operands of a node.
func (d *digest) exprs(list ...resolved.Expr) {
	d.count(len(list))
	for _, e := range list {
		d.expr(e)
	}
}
