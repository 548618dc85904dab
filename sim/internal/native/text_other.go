//go:build !amd64 || !(linux || darwin || freebsd || windows)

package native

import "errors"

// available reports whether there is machine code for this processor and system: there is none.
const available = false

// enter is never called.
func enter(_ *byte, _, _ *float64, _ *int32, _ *float64) int { panic("native: no machine code here") }

// makeText refuses.
func makeText([]byte) (*Text, error) { return nil, errors.New("no machine code here") }
