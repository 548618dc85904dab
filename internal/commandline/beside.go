package commandline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Beside runs another program of the project with this one's standard streams, and reports whether it
// failed. It stands beside this one, or on the PATH; the error says that it is at neither place.
func Beside(ctx context.Context, program string, args []string) (failed bool, err error) {
	path, err := exec.LookPath(program)
	if self, e := os.Executable(); e == nil {
		if beside, e := exec.LookPath(filepath.Join(filepath.Dir(self), program)); e == nil {
			path, err = beside, nil
		}
	}
	if err != nil {
		return true, fmt.Errorf("%s is not beside weir, and not on the PATH: releases have it; from source, go build in cmd/%s makes it", program, program)
	}
	c := exec.CommandContext(ctx, path, args...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	err = c.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return true, nil
	}
	return err != nil, err
}
