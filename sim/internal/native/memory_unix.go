//go:build amd64 && (linux || darwin || freebsd)

package native

import "golang.org/x/sys/unix"

// executable returns a copy of code in memory that is executable and cannot be written, and what frees
// it.
func executable(code []byte) (memory []byte, free func(), err error) {
	memory, err = unix.Mmap(-1, 0, len(code), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
	if err != nil {
		return nil, nil, err
	}
	free = func() { _ = unix.Munmap(memory) }
	copy(memory, code)
	if err := unix.Mprotect(memory, unix.PROT_READ|unix.PROT_EXEC); err != nil {
		free()
		return nil, nil, err
	}
	return memory, free, nil
}
