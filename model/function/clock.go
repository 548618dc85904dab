package function

// IsClock reports whether a name is one of the clock's, such as time.
func IsClock(name string) bool {
	row := Find(name)
	return row != nil && row.Kind == Clock
}
