//go:build linux || darwin || freebsd || windows

package native

import (
	"runtime"

	"golang.org/x/sys/cpu"
)

// available reports whether the processor has the instructions that are written.
var available = cpu.X86.HasAVX2

// enter calls the code at an address. It runs on the caller's stack and needs 16 bytes of it.
//
//go:noescape
func enter(at *byte, v, pool *float64, segments *int32, slopes *float64) int

// makeText copies code to memory of its own, which is made executable and cannot be written then.
func makeText(code []byte) (*Text, error) {
	memory, free, err := executable(code)
	if err != nil {
		return nil, err
	}
	t := &Text{memory: memory}
	runtime.AddCleanup(t, func(free func()) { free() }, free)
	return t, nil
}
