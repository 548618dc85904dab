//go:build unix

package main

import (
	"syscall"
	"time"
)

// processorTime returns how much processor time the program has used.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		panic("the system does not tell the time used")
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
