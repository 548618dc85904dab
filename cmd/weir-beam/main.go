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
	"os"
	"strings"

	"weir/internal/outfile"
	"weir/model"
	"weir/model/format"
	"weir/scenarios/open"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
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
	flag.StringVar(&names, "keep", "", "variables, with commas between them; stocks if none is named")
	flag.Parse()
	beam.Init()
	j.Keep = strings.FieldsFunc(names, func(r rune) bool { return r == ',' })
	if err := run(context.Background(), j, *path, *sketch); err != nil {
		fmt.Fprintln(os.Stderr, "weir-beam:", err)
		os.Exit(1)
	}
}

// run reads the model, which workers are given as text, and runs the pipeline.
func run(ctx context.Context, j *job, path, sketch string) error {
	if sketch == "" && j.Parts == "" {
		return errors.New("nothing would be written: say --sketch FILE, --parts FOLDER, or both")
	}
	if err := (&outfile.Files{}).Check(sketch); err != nil {
		return err
	}
	m, _, list := open.Model(format.Open(path), model.ImportOptions{}, true)
	if m == nil || list.HasErrors() {
		return fmt.Errorf("%s has mistakes; weir check shows them", path)
	}
	j.Model, j.Files = m.File, m.Files
	if err := j.check(ctx); err != nil {
		return err
	}
	p, s := beam.NewPipelineWithRoot()
	pipeline(s, j, sketch)
	return beamx.Run(ctx, p)
}
