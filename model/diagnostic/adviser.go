package diagnostic

// maxAdvice is for how many different names an Adviser searches. A file in which more are
// unknown is another file, or for another version; to compare each of its names with all
// others would take a time that grows with the square of its length.
const maxAdvice = 20

// An Adviser suggests names for those that are unknown, up to a bound. The zero value is
// ready for use. It is not safe for concurrent use.
type Adviser struct {
	found map[string]string
}

// Nearest is the function Nearest for the first twenty names; for others it returns "". The
// names of scope, a word of the caller's own, are computed only if they are compared.
func (a *Adviser) Nearest(scope, name string, among func() []string) string {
	key := scope + "\x00" + name
	near, known := a.found[key]
	if known || len(a.found) >= maxAdvice {
		return near
	}
	if a.found == nil {
		a.found = map[string]string{}
	}
	near = Nearest(name, among())
	a.found[key] = near
	return near
}

// DidYouMean is the function DidYouMean for the first twenty names.
func (a *Adviser) DidYouMean(scope, name string, among func() []string) string {
	if near := a.Nearest(scope, name, among); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}
