// Weir-beam runs an ensemble as a pipeline of Apache Beam, for Flink, Spark, Dataflow or the Prism
// runner that starts in process. A shard is an element, which runs its members side by side; sketches
// of quantiles are combined, and rows are written as Parquet parts, which weir merge puts together.
//
//	weir-beam --model model.toml --runs 10000000 --shards 500 --sketch all.sketch
//	weir-beam --model model.toml --runs 100000 --shards 16 --parts rows --runner flink --endpoint …
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"weir/internal/outfile"
	"weir/model"
	"weir/model/diagnostic"
	"weir/model/format"
	"weir/scenarios/open"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
)

func main() {
	var names string
	j := &job{}
	path := flag.String("model", "", "the model's file")
	sketch := flag.String("sketch", "", "write the quantiles of all runs to this file, .sketch")
	flag.StringVar(&j.Parts, "parts", "", "write every row as Parquet parts into this folder, which all workers see")
	flag.IntVar(&j.Runs, "runs", 0, "how many runs")
	flag.IntVar(&j.Shards, "shards", 16, "how many parts")
	flag.Uint64Var(&j.Seed, "seed", 0, "seed of random draws")
	flag.IntVar(&j.attempts, "attempts", 3,
		"how often the job is tried on a runner that does not try again itself, which is Prism")
	flag.StringVar(&names, "keep", "", "variables, with commas between them; stocks if none is named")
	flag.Parse()
	beam.Init()
	j.Keep = strings.FieldsFunc(names, func(r rune) bool { return r == ',' })
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "weir-beam: %q is no flag: the model is --model FILE\n", flag.Arg(0))
		os.Exit(2)
	}
	if r := *runners.Runner; r != "" && r != "prism" {
		j.attempts = 1
	}
	if err := run(context.Background(), j, *path, *sketch, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "weir-beam:", err)
		os.Exit(1)
	}
}

// run reads the model, which workers are given as text, and runs the pipeline. A job that fails runs
// again where attempts are left, which log is told: parts that are there stay, and nothing is counted
// of an attempt that failed.
func run(ctx context.Context, j *job, path, sketch string, log io.Writer) error {
	switch {
	case path == "":
		return errors.New("there is no model: say --model FILE")
	case sketch == "" && j.Parts == "":
		return errors.New("nothing would be written: say --sketch FILE, --parts FOLDER, or both")
	case sketch != "" && filepath.Ext(sketch) != ".sketch":
		return fmt.Errorf("--sketch %s: the name of a file of quantiles ends in .sketch", sketch)
	}
	if err := (&outfile.Files{}).Check(sketch); err != nil {
		return err
	}
	m, _, list := open.Model(format.Open(path), model.ImportOptions{}, true)
	if m == nil || list.HasErrors() {
		var mistakes strings.Builder
		diagnostic.Render(&mistakes, list.Only(diagnostic.Error), open.ModelFiles(m))
		return errors.New(strings.TrimSpace(mistakes.String()))
	}
	j.Model, j.Files = m.File, m.Files
	if err := j.check(ctx); err != nil {
		return err
	}
	for left := j.attempts - 1; ; left-- {
		p, s := beam.NewPipelineWithRoot()
		pipeline(s, j, sketch)
		err := beamx.Run(ctx, p)
		if err == nil || left < 1 || ctx.Err() != nil {
			return err
		}
		fmt.Fprintf(log, "weir-beam: the job failed and runs again: %v\n", err)
	}
}
