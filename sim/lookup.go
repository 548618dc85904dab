package sim

import "weir/model/resolved"

// A tableUse counts the readings of a table outside its points.
type tableUse struct {
	steps     int
	last      int // the step counted last
	first     float64
	low, high float64
	always    bool // through an input that depends on constants only
}

// outside notes a reading outside a table at the start of a step.
func (m *machine) outside(row int, x float64, fixed bool) {
	u := &m.uses[row]
	if u.low > u.high || u.steps == 0 {
		u.low, u.high, u.first, u.last = x, x, m.v[slotStepStart], -1
	}
	u.low, u.high = min(u.low, x), max(u.high, x)
	u.always = u.always || fixed
	if u.last != m.step {
		u.last = m.step
		u.steps++
	}
	if m.p.tables.rows[row].beyond == resolved.Fail && m.failed < 0 {
		m.failed, m.failedAt = row, x
	}
}

// lookupUses lists the tables read outside their points; steps is how many starts of
// steps there were.
func (m *machine) lookupUses(steps int) []LookupUse {
	var list []LookupUse
	for i, u := range m.uses {
		if u.steps == 0 {
			continue
		}
		r := &m.p.tables.rows[i]
		if u.always {
			u.steps = steps
		}
		list = append(list, LookupUse{Table: r.name(), Data: r.table.Data, First: u.first, Steps: u.steps,
			Low: u.low, High: u.high, From: m.p.tables.pool[r.at], To: m.p.tables.pool[r.at+2*r.n-2]})
	}
	return list
}
