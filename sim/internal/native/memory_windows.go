//go:build amd64

package native

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// executable returns a copy of code in memory that is executable and cannot be written, and what frees
// it.
func executable(code []byte) (memory []byte, free func(), err error) {
	const fresh = windows.MEM_COMMIT | windows.MEM_RESERVE
	at, err := windows.VirtualAlloc(0, uintptr(len(code)), fresh, windows.PAGE_READWRITE)
	if err != nil {
		return nil, nil, err
	}
	free = func() { _ = windows.VirtualFree(at, 0, windows.MEM_RELEASE) }
	// The address is not of Go's memory, which go vet cannot know of a number.
	memory = unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), len(code))
	copy(memory, code)
	var before uint32
	if err := windows.VirtualProtect(at, uintptr(len(code)), windows.PAGE_EXECUTE_READ, &before); err != nil {
		free()
		return nil, nil, err
	}
	return memory, free, nil
}
