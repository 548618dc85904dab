package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/folder"
	"weir/model/format"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/open"
	"weir/scenarios/output"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// mostRuns bounds the runs of a call.
const mostRuns = 100_000

// A server answers the calls about the models of one folder, one at a time.
type server struct {
	folder string // absolute, without links
	turn   chan struct{}
	most   time.Duration // of a call
}

// newServer returns the server of a folder with its tools, whose calls take at most a time.
func newServer(dir string, most time.Duration) (*mcp.Server, error) {
	full, err := filepath.Abs(dir)
	if err == nil {
		full, err = filepath.EvalSymlinks(full)
	}
	if err != nil {
		return nil, fmt.Errorf("the folder %s cannot be read: %w", dir, err)
	}
	folder.Confine(full)
	s := &server{folder: full, turn: make(chan struct{}, 1), most: most}
	out := mcp.NewServer(&mcp.Implementation{Name: "weir", Title: "weir, a system dynamics engine", Version: version},
		&mcp.ServerOptions{Instructions: "Stock-and-flow models in TOML, Vensim .mdl and XMILE, " +
			"and scenario sets that name a model. Paths are relative to the folder of the server. " +
			"Check a file before it is run. Numbers are of the model, not of the world: say so."})
	add(out, s, "check", "Every mistake, warning and note about a model or scenario set, with line and cause.", s.check)
	add(out, s, "run",
		"Runs a model, once or many times with constants drawn from their ranges; a table of variables, or CSV.", s.run)
	add(out, s, "compare",
		"Runs every scenario of a set against no new decisions: effects, ranges, verdicts.", s.compare)
	add(out, s, "explain",
		"Why: of a model, which feedback loops make its behaviour; "+
			"of a set, which decision did what through which channel.", s.explain)
	add(out, s, "sensitivity",
		"Which uncertain constants matter for an outcome: Sobol, Morris or one by one.", s.sensitivity)
	add(out, s, "import",
		"What becomes of a Vensim or XMILE model: a grade for each variable, and the TOML. Nothing is written.", s.imports)
	for _, word := range output.Schemas() {
		addSchema(out, word)
	}
	add(out, s, "inspect",
		"One variable: equation, unit, causes, uses and loops; without a name all equations.", s.inspect)
	return out, nil
}

// add adds a tool that only reads. An error of the work is an answer that is marked as one, so that
// the assistant reads it.
func add[In any](to *mcp.Server, s *server, name, about string, work func(context.Context, In) (string, error)) {
	closed := false
	reads := &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed}
	mcp.AddTool(to, &mcp.Tool{Name: name, Description: about, Annotations: reads},
		func(ctx context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, any, error) {
			ctx, stop := context.WithTimeout(ctx, s.most)
			defer stop()
			select {
			case s.turn <- struct{}{}:
				defer func() { <-s.turn }()
			case <-ctx.Done():
				return nil, nil, errors.New("another call is still at work")
			}
			text, err := work(ctx, in)
			if errors.Is(err, context.DeadlineExceeded) {
				err = fmt.Errorf("stopped after %v: ask for fewer runs or variables", s.most)
			}
			if err != nil {
				return nil, nil, errors.New(bounded(s.bare(err.Error())))
			}
			return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: bounded(s.bare(text))}}}, nil, nil
		})
}

// addSchema adds the JSON Schema of what a tool answers with format json, as a resource.
func addSchema(to *mcp.Server, word string) {
	text, _ := output.Schema(word) // there is one of each of output.Schemas
	uri, kind := "weir://schema/"+word, "application/schema+json"
	contents := []*mcp.ResourceContents{{URI: uri, MIMEType: kind, Text: string(text)}}
	to.AddResource(&mcp.Resource{URI: uri, Name: word, MIMEType: kind},
		func(context.Context, *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
			return &mcp.ReadResourceResult{Contents: contents}, nil
		})
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
	switch info, err := os.Stat(real); {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular(): // a pipe would keep the server waiting
		return nil, fmt.Errorf("%s is a folder, pipe or device, and not a file", path)
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
	out := &answer{}
	diagnostic.Render(out, list.Only(diagnostic.Error), files)
	return errors.New(strings.TrimSpace(out.String()))
}
