//go:build !unix

package main

import "time"

var started = time.Now()

// processorTime returns the time since the program started: this system has no cheap count of its own.
func processorTime() time.Duration { return time.Since(started) }
