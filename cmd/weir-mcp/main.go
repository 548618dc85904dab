// Weir-mcp gives assistants the models of a folder, over the Model Context Protocol on standard input
// and output: check, run, compare, explain, sensitivity, import and inspect. It reads files of the
// folder that it was started in, and writes none. weir mcp starts it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// version is that of weir, as the build sets it.
var version = "unversioned"

func main() {
	folder := flag.String("folder", ".", "the folder whose models may be read")
	most := flag.Duration("timeout", 2*time.Minute, "how long a call may take")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s, err := newServer(*folder, *most)
	if err == nil {
		err = s.Run(ctx, &mcp.StdioTransport{})
	}
	if err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "weir-mcp:", err)
		os.Exit(1)
	}
}
