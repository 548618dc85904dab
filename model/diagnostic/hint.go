package diagnostic

// DidYouMean is a hint, or nothing.
func DidYouMean(name string, among []string) string {
	if near := Nearest(name, among); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}
