//go:build linux || darwin || freebsd

package native

import (
	"runtime"

	"golang.org/x/sys/cpu"
	"golang.org/x/sys/unix"
)

// available reports whether the processor has the instructions that are written.
var available = cpu.X86.HasAVX2

// enter calls the code at an address. It runs on the caller's stack and needs 16 bytes of it.
//
//go:noescape
func enter(at *byte, v, pool *float64, segments *int32, slopes *float64) int

// makeText copies code to memory of its own, which is made executable and cannot be written then.
func makeText(code []byte) (*Text, error) {
	memory, err := unix.Mmap(-1, 0, len(code), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
	if err != nil {
		return nil, err
	}
	copy(memory, code)
	if err := unix.Mprotect(memory, unix.PROT_READ|unix.PROT_EXEC); err != nil {
		_ = unix.Munmap(memory)
		return nil, err
	}
	t := &Text{memory: memory}
	runtime.AddCleanup(t, func(memory []byte) { _ = unix.Munmap(memory) }, memory)
	return t, nil
}
