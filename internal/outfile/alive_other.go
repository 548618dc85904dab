//go:build !unix

package outfile

// alive reports whether a process runs; where that cannot be asked, it is taken to.
func alive(int) bool { return true }
