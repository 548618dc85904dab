package report

// footer says what exactly was run. There is no time of writing in it: the same
// comparison gives the same page.
func (b *builder) footer() [][2]string {
	set := b.c.Set
	rows := [][2]string{
		{"Model", join(set.Model.Name, "("+baseName(set.Model.File)+", SHA-256 "+short(set.Model.Hash)+")")},
		{"Scenario set", join(set.Name, "("+baseName(set.File)+", SHA-256 "+short(set.Hash)+")")},
		{"Time", b.cal.date(set.Model.Time.Start) + " to " + b.cal.date(b.c.Horizon) + "; today is " + b.cal.date(b.c.Today)},
		{"Method", methodWords(b.c.Baseline.Result.Method) + ", step " + stepWords(b.c.Baseline.Result.Step, b.cal)},
		{"Made with", join("weir", b.c.Version)},
	}
	return rows
}

// short is the beginning of a hash, enough to compare by eye; the files themselves
// are on the page.
func short(hash string) string {
	if len(hash) > 16 {
		return hash[:16]
	}
	return orElse(hash, "unknown")
}
