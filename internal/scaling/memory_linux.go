package main

import (
	"os"
	"syscall"
)

// memory returns the most memory that a process had, in bytes.
func memory(p *os.ProcessState) float64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return float64(usage.Maxrss) * 1024
}
