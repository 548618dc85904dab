//go:build unix

package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"weir/internal/outfile"
)

// A set that compare, bundles and others open, too, is looked at and read in one go.
func TestSetIsOpenedOnce(t *testing.T) {
	for _, command := range []string{"compare", "bundles", "check", "export"} {
		t.Run(command, func(t *testing.T) {
			folder := (&planting{}).plant(t)
			set, err := os.ReadFile(filepath.Join(folder, "set.toml"))
			if err != nil {
				t.Fatal(err)
			}
			pipe := filepath.Join(folder, "pipe.toml")
			if err := syscall.Mkfifo(pipe, 0o600); err != nil {
				t.Skip("no named pipes here:", err)
			}
			go func() { _ = os.WriteFile(pipe, set, 0) }() // waits for the first reader
			args := []string{"weir", command, pipe}
			if command == "export" {
				args = []string{"weir", command, "--format", "xmile", "-o", filepath.Join(folder, "out.xmile"), pipe}
			}
			var out, bad bytes.Buffer
			done := make(chan int, 1)
			go func() { done <- run(context.Background(), &outfile.Files{}, args, &out, &bad) }()
			select {
			case code := <-done:
				if code != 0 {
					t.Errorf("exit code %d\n%s%s", code, &out, &bad)
				}
			case <-time.After(20 * time.Second):
				t.Fatal("the set is opened a second time")
			}
		})
	}
}

// A pipe can be read once. A command that opens its model a second time waits for ever for
// somebody to write into it.
func TestModelIsOpenedOnce(t *testing.T) {
	for _, args := range [][]string{{"run"}, {"check"}, {"test"}, {"inspect"}, {"diff"}} {
		t.Run(args[0], func(t *testing.T) {
			folder := t.TempDir()
			pipe, plain := filepath.Join(folder, "pipe.toml"), filepath.Join(folder, "growth.toml")
			if err := syscall.Mkfifo(pipe, 0o600); err != nil {
				t.Skip("no named pipes here:", err)
			}
			if err := os.WriteFile(plain, []byte(growth), 0o600); err != nil {
				t.Fatal(err)
			}
			go func() { _ = os.WriteFile(pipe, []byte(growth), 0) }() // waits for the first reader
			args = append([]string{"weir"}, append(args, pipe)...)
			if args[1] == "diff" {
				args = append(args, plain)
			}
			var out, bad bytes.Buffer
			done := make(chan int, 1)
			go func() { done <- run(context.Background(), &outfile.Files{}, args, &out, &bad) }()
			select {
			case code := <-done:
				if code > 1 || code == 1 && args[1] != "diff" && args[1] != "test" {
					t.Errorf("exit code %d\n%s%s", code, &out, &bad)
				}
			case <-time.After(20 * time.Second):
				t.Fatal("the model is opened a second time")
			}
		})
	}
}
