//go:build !linux

package main

import "os"

// memory returns 0: only Linux says it in a known unit.
func memory(*os.ProcessState) float64 { return 0 }
