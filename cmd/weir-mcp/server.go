package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/format"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/open"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Bounds of a call.
const (
	mostRuns = 100_000
	mostText = 100_000 // bytes of an answer
	mostTime = 2 * time.Minute
)

// A server answers the calls about the models of one folder, one at a time.
type server struct {
	folder string // absolute, without links
	turn   chan struct{}
}

// newServer returns the server of a folder with its tools.
func newServer(folder string) (*mcp.Server, error) {
	full, err := filepath.Abs(folder)
	if err == nil {
		full, err = filepath.EvalSymlinks(full)
	}
	if err != nil {
		return nil, fmt.Errorf("the folder %s cannot be read: %w", folder, err)
	}
	s := &server{folder: full, turn: make(chan struct{}, 1)}
	out := mcp.NewServer(&mcp.Implementation{Name: "weir", Title: "weir, a system dynamics engine", Version: version},
		&mcp.ServerOptions{Instructions: "Stock-and-flow models in TOML, Vensim .mdl and XMILE, and scenario sets that name a model. " +
			"Paths are relative to the folder of the server. Check a file before it is run. Numbers are of the model, not of the world: say so."})
	add(out, s, "check", "Every mistake, warning and note about a model or scenario set, with line and cause.", s.check)
	add(out, s, "run", "Runs a model, once or many times with constants drawn from their ranges; a table of variables, or CSV.", s.run)
	add(out, s, "compare", "Runs every scenario of a set against no new decisions: effects, ranges, verdicts.", s.compare)
	add(out, s, "explain", "Why: of a model, which feedback loops make its behaviour; of a set, which decision did what through which channel.", s.explain)
	add(out, s, "sensitivity", "Which uncertain constants matter for an outcome: Sobol, Morris or one by one.", s.sensitivity)
	add(out, s, "import", "What becomes of a Vensim or XMILE model: a grade for each variable, and the TOML. Nothing is written.", s.imports)
	add(out, s, "inspect", "One variable: equation, unit, causes, uses and loops; without a name all equations.", s.inspect)
	return out, nil
}

// add adds a tool that only reads. An error of the work is an answer that is marked as one, so that
// the assistant reads it.
func add[In any](to *mcp.Server, s *server, name, about string, work func(context.Context, In) (string, error)) {
	closed := false
	mcp.AddTool(to, &mcp.Tool{Name: name, Description: about, Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed}},
		func(ctx context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, any, error) {
			ctx, stop := context.WithTimeout(ctx, mostTime)
			defer stop()
			select {
			case s.turn <- struct{}{}:
				defer func() { <-s.turn }()
			case <-ctx.Done():
				return nil, nil, errors.New("another call is still at work")
			}
			text, err := work(ctx, in)
			if errors.Is(err, context.DeadlineExceeded) {
				err = fmt.Errorf("stopped after %v: ask for fewer runs or variables", mostTime)
			}
			if err != nil {
				return nil, nil, errors.New(s.bare(err.Error()))
			}
			return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: s.bare(bounded(text))}}}, nil, nil
		})
}

// bounded returns a text cut at a line, with a note of what is left out.
func bounded(text string) string {
	if len(text) <= mostText {
		return text
	}
	cut := text[:mostText]
	cut = cut[:strings.LastIndexByte(cut, '\n')+1]
	return cut + fmt.Sprintf("… %d more bytes are left out: ask for fewer variables, or in a shorter format\n", len(text)-len(cut))
}

// bare returns a text without the place of the folder on this machine.
func (s *server) bare(text string) string {
	return strings.ReplaceAll(text, s.folder+string(filepath.Separator), "")
}

// file opens a file of the folder. A path that leads out of it, also through a link, is refused.
func (s *server) file(path string) (*format.File, error) {
	if !filepath.IsLocal(path) {
		return nil, fmt.Errorf("%q is not in the folder of this server: paths are relative to it", path)
	}
	full := filepath.Join(s.folder, path)
	real, err := filepath.EvalSymlinks(full)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("there is no %s", path)
	}
	if err != nil {
		return nil, err
	}
	if at, err := filepath.Rel(s.folder, real); err != nil || !filepath.IsLocal(at) {
		return nil, fmt.Errorf("%q is not in the folder of this server: paths are relative to it", path)
	}
	return format.Open(full), nil
}

// model returns a sound model. The error is the list of its mistakes.
func (s *server) model(path string, partial bool) (*model.Model, *resolved.Model, error) {
	f, err := s.file(path)
	if err != nil {
		return nil, nil, err
	}
	if open.IsSet(f) {
		return nil, nil, fmt.Errorf("%s is a scenario set; this takes a model", path)
	}
	m, r, list := open.Model(f, model.ImportOptions{AllowPartial: partial}, false)
	if list.HasErrors() || r == nil {
		return nil, nil, mistakes(list, open.ModelFiles(m))
	}
	return m, r, nil
}

// set returns a sound scenario set, of a model one without scenarios if it may be one.
func (s *server) set(path string) (*scenarios.Set, error) {
	f, err := s.file(path)
	if err != nil {
		return nil, err
	}
	if open.IsModel(f) {
		return nil, fmt.Errorf("%s is a model; this takes a scenario set, which names its model", path)
	}
	set, list := open.Set(f)
	if list.HasErrors() || set == nil {
		return nil, mistakes(list, open.SetFiles(set))
	}
	return set, nil
}

// mistakes returns the errors of a list as one error.
func mistakes(list diagnostic.List, files map[string][]byte) error {
	var out bytes.Buffer
	diagnostic.Render(&out, list.Only(diagnostic.Error), files)
	return errors.New(strings.TrimSpace(out.String()))
}

// text returns what a function writes.
func text(write func(io.Writer) error) (string, error) {
	var out bytes.Buffer
	err := write(&out)
	return out.String(), err
}
