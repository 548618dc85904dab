package benchmodels

type epidemic struct {
	contactRate, infectivity, infectiousPeriod float64

	susceptible, infectious, recovered float64
}

// small returns the model of three stocks: an epidemic (Kermack and McKendrick 1927).
func small() Model {
	return Model{
		Name: "small", TOML: smallTOML,
		Names: []string{"susceptible", "infectious", "recovered"},
		Hand: func() [][]float64 {
			e := &epidemic{contactRate: 4, infectivity: 0.25, infectiousPeriod: 3, susceptible: 9990, infectious: 10}
			return simulate(e.advance, e.row)
		},
	}
}

// row returns the stocks in the order of the columns.
func (e *epidemic) row() []float64 {
	return []float64{e.susceptible, e.infectious, e.recovered}
}

// advance moves the epidemic one Euler step on.
func (e *epidemic) advance(float64) {
	population := e.susceptible + e.infectious + e.recovered
	contacts := e.contactRate * e.infectious / population
	infecting := e.susceptible * contacts * e.infectivity
	recovering := e.infectious / e.infectiousPeriod
	e.susceptible -= step * infecting
	e.infectious += step * (infecting - recovering)
	e.recovered += step * recovering
}
