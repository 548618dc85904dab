// Package ensemble runs one model many times with drawn constants: which columns are kept,
// how members are run in blocks that fit into memory, and their quantiles.
package ensemble

import (
	"context"
	"math"
	"slices"
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios/columns"
	"weir/scenarios/imported"
	"weir/scenarios/uncertainty"
	"weir/sim"
)

// Bounds of an ensemble that is written.
const (
	MaxFile      = 32 << 30 // bytes of a file
	blockNumbers = 1 << 24  // at a time: 128 MB, and a second or two
	blockLeast   = 256      // members, to keep the processor's lanes full
)

// A Plan is an ensemble of one model before it is run: the drawn constants, and which columns are
// kept. It never changes after Keep.
type Plan struct {
	Model    *model.Model
	Settings sim.Settings // of every member
	Sampling uncertainty.Futures
	Columns  []sim.Column // kept, besides the drawn constants
	Step     float64      // in model time
	Method   string       // of integration
	// Affected are variables of another tool's model that depend on parts that are not
	// supported.
	Affected []string

	resolved *resolved.Model
	program  *sim.Program
	sampler  *uncertainty.Sampler
	all      []sim.Column // of a run
}

// New plans runs of a checked model and its program. sampling says how many, by which method
// and seed; its sources are every constant with a range or distribution that settings do not
// fix. The stocks are kept; see Keep. The error is a BadSampling if the number of runs does
// not fit the method, otherwise the model's or the context's.
func New(ctx context.Context, m *model.Model, r *resolved.Model, program *sim.Program,
	settings sim.Settings, sampling uncertainty.Futures) (*Plan, error) {
	p := &Plan{Model: m, Settings: settings, Sampling: sampling,
		resolved: r, program: program, Affected: imported.Affected(m, r)}
	var err error
	if p.Sampling.Sources, err = uncertainty.Constants(m, r, p.fixed); err != nil {
		return nil, err
	}
	if p.sampler, err = p.Sampling.Sampler(); err != nil {
		return nil, &BadSampling{err}
	}
	first, err := program.Run(ctx, settings)
	if err != nil {
		return nil, err
	}
	p.Step, p.Method, p.all = first.Step, first.Method, first.Columns
	p.Columns = columns.Stocks(m, p.all)
	return p, nil
}

// A BadSampling error is a number of runs that a sampling method cannot have.
type BadSampling struct{ Reason error }

// Error returns the reason in a modeler's words.
func (e *BadSampling) Error() string { return e.Reason.Error() }

// fixed reports whether the settings give a constant one value.
func (p *Plan) fixed(name string) bool {
	for set := range p.Settings.Set {
		base, _, _ := strings.Cut(set, "[")
		if strings.EqualFold(strings.TrimSpace(base), name) {
			return true
		}
	}
	return false
}

// Keep chooses the columns of names, arrays whole or by element, instead of the stocks. A
// name that the model does not have is an error. Without names nothing changes.
func (p *Plan) Keep(names []string) error {
	if len(names) == 0 {
		return nil
	}
	kept, err := columns.Named(p.Model, p.resolved, p.all, names)
	if err == nil {
		p.Columns = kept
	}
	return err
}

// Drawn returns the names of the constants, or elements of them, that have a value of their
// own in each member.
func (p *Plan) Drawn() []string { return p.sampler.Vary() }

// Names returns the names of the kept columns for an output: as in the file of another tool
// if the model was imported.
func (p *Plan) Names() []string {
	var list []string
	name := imported.ColumnNames(p.Model)
	for _, c := range p.Columns {
		list = append(list, name(c))
	}
	return list
}

// columnNames returns the names by which a run knows columns.
func columnNames(columns []sim.Column) []string {
	var list []string
	for _, c := range columns {
		list = append(list, c.Name())
	}
	return list
}

// save returns the time between rows.
func (p *Plan) save() float64 {
	switch s := p.Settings; {
	case s.Save != nil:
		return *s.Save
	case s.Step != nil:
		return max(p.Model.Time.Save, *s.Step)
	}
	return p.Model.Time.Save
}

// Rows returns the number of rows of a member.
func (p *Plan) Rows() float64 {
	stop := p.Model.Time.Stop
	if p.Settings.Stop != nil {
		stop = *p.Settings.Stop
	}
	return math.Round((stop-p.Model.Time.Start)/p.save()) + 1
}

// Head returns the names of a written row's numbers: member, time, the drawn constants, then
// the kept columns. A constant that is drawn and kept is written once.
func (p *Plan) Head() []string {
	head := []string{"member", "time"}
	name := imported.ColumnNames(p.Model)
	for _, drawn := range p.Drawn() {
		// An array with one draw for all its elements has no column of its own name.
		if i := slices.IndexFunc(p.all, func(c sim.Column) bool { return c.Name() == drawn }); i >= 0 {
			head = append(head, name(p.all[i]))
		} else {
			head = append(head, name(sim.Column{Variable: drawn}))
		}
	}
	for _, c := range p.written() {
		head = append(head, name(c))
	}
	return head
}

// written returns the kept columns that are not drawn.
func (p *Plan) written() []sim.Column {
	drawn := p.Drawn()
	return slices.DeleteFunc(slices.Clone(p.Columns), func(c sim.Column) bool {
		return slices.Contains(drawn, c.Name()) || slices.Contains(drawn, c.Variable)
	})
}

// Width returns how many numbers a written row has.
func (p *Plan) Width() float64 { return float64(len(p.Head())) }

// Bytes returns the size of a file of all members, of so many bytes a number.
func (p *Plan) Bytes(number float64) float64 {
	return p.Rows() * float64(p.Sampling.Runs) * p.Width() * number
}

// FewerRows returns a whole number of time units between rows with which a file of need
// bytes fits into MaxFile; the length of the run if there is none.
func (p *Plan) FewerRows(need float64) float64 {
	save, rows := p.save(), p.Rows()
	for k := 2.0; k < rows-1; k++ {
		if need/k <= MaxFile && math.Mod(rows-1, k) == 0 && math.Mod(save*k, 1) == 0 {
			return save * k
		}
	}
	return save * (rows - 1)
}
