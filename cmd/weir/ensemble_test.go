package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"weir/internal/outfile"

	"github.com/parquet-go/parquet-go"
)

// growth is a model whose stock ends at 10 times its rate, which is uncertain.
const growth = `
name = "Growth"
[time]
start = 0
stop = 10
step = 1
unit = "year"
[stock.level]
initial = "0"
inflow = ["rise"]
units = "1"
[flow.rise]
equation = "rate"
units = "1/year"
[constant.rate]
value = 0.5
range = [0, 1]
units = "1/year"
`

// weir runs a command in a folder with growth.toml in it.
func weir(t *testing.T, ctx context.Context, args ...string) (folder string, code int, stdout, stderr string) {
	t.Helper()
	folder = t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "growth.toml"), []byte(growth), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, bad bytes.Buffer
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "@", folder+string(filepath.Separator))
	}
	code = run(ctx, &outfile.Files{}, append([]string{"weir"}, args...), &out, &bad)
	return folder, code, out.String(), bad.String()
}

// Every member is in the file with what was drawn for it: level = 10 rate at the end.
// CSV and Parquet hold the same bits.
func TestEnsembleFiles(t *testing.T) {
	folder, code, _, stderr := weir(t, context.Background(), "run", "@growth.toml", "--runs", "300", "--seed", "5", "-o", "@a.csv", "--format", "csv")
	if code != 0 {
		t.Fatal(stderr)
	}
	f, err := os.Open(filepath.Join(folder, "a.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], " "); got != "member time rate level" {
		t.Errorf("columns %q", got)
	}
	if len(rows) != 1+300*11 {
		t.Fatalf("%d lines", len(rows))
	}
	folder, code, _, stderr = weir(t, context.Background(), "run", "@growth.toml", "--runs", "300", "--seed", "5", "-o", "@a.parquet", "--format", "parquet")
	if code != 0 {
		t.Fatal(stderr)
	}
	same := openParquet(t, filepath.Join(folder, "a.parquet"))
	for i, row := range rows[1:] {
		var x [4]float64
		for k := range x {
			x[k], _ = strconv.ParseFloat(row[k], 64)
		}
		if x[0] != float64(i/11) || x[1] != float64(i%11) || x[3]-x[1]*x[2] > 1e-12 || x[1]*x[2]-x[3] > 1e-12 || x[2] == 0.5 {
			t.Fatalf("line %d: %v", i, row)
		}
		if p := same[i]; float64(p[0].Int64()) != x[0] || p[1].Double() != x[1] || p[2].Double() != x[2] || p[3].Double() != x[3] {
			t.Fatalf("row %d: %v in Parquet, %v in CSV", i, p, row)
		}
	}
}

func openParquet(t *testing.T, path string) []parquet.Row {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := f.Lookup("weir.complete"); v != "true" {
		t.Errorf("complete is %q", v)
	}
	return readParquet(t, f)
}

// Of 101 levels of a grid of rates from 0 to 1 the 10th percentile is the 11th: 10/101 + 1/202.
func TestEnsembleTable(t *testing.T) {
	_, code, stdout, stderr := weir(t, context.Background(), "run", "@growth.toml", "--runs", "101", "--sampling", "grid")
	if code != 0 {
		t.Fatal(stderr)
	}
	for _, want := range []string{"101 runs (grid, seed 0) in which 1 constant was drawn", "1.0396", "5", "8.9604"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("%q is not in\n%s", want, stdout)
		}
	}
}

// What many runs take is said before they begin.
func TestManyRunsSayWhatTheyTake(t *testing.T) {
	_, code, _, stderr := weir(t, context.Background(), "run", "@growth.toml", "--runs", "100000")
	if code != 0 || !strings.Contains(stderr, "100,000 runs take ") || !strings.Contains(stderr, " MB of memory; Ctrl-C keeps") {
		t.Errorf("code %d, %q", code, stderr)
	}
}

// Files and variables of other tools have blanks in their names: the same runs come out, by whichever
// name they are asked for.
func TestRunsOfAModelWithBlanksInItsNames(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "my models")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "tea cup.mdl")
	text := "{UTF-8}\nTeacup Temperature = INTEG(-Heat Loss to Room, 180) ~ Degrees ~|\n" +
		"Heat Loss to Room = (Teacup Temperature - 70) / 10 ~ Degrees/Minute ~|\n" +
		"INITIAL TIME = 0 ~ Minute ~|\nFINAL TIME = 2 ~ Minute ~|\nTIME STEP = 1 ~ Minute ~|\nSAVEPER = TIME STEP ~ Minute ~|\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, keep := range []string{"Teacup Temperature", "teacup_temperature"} {
		_, code, stdout, stderr := weir(t, context.Background(), "run", path, "--runs", "10", "--keep", keep, "--format", "csv")
		// 180, then 169 and 159.1: a tenth of the distance to 70 is lost in a minute.
		if code != 0 || !strings.Contains(stdout, "9,2,159.1\n") || !strings.Contains(stdout, "9,1,169\n") {
			t.Errorf("--keep %q: code %d\n%s%s", keep, code, stdout, stderr)
		}
	}
}

// cancelling is a writer that stops the work at the first thing written.
type cancelling struct {
	bytes.Buffer
	stop func()
}

func (c *cancelling) Write(p []byte) (int, error) {
	c.stop()
	return c.Buffer.Write(p)
}

// A run that is stopped keeps the members that are whole and says that it is not.
func TestAStoppedEnsembleIsMarked(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "growth.toml")
	if err := os.WriteFile(path, []byte(growth), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	out := &cancelling{stop: stop}
	var stderr bytes.Buffer
	code := run(ctx, &outfile.Files{}, []string{"weir", "run", path, "--runs", "10000000", "--save", "10", "--format", "csv"}, out, &stderr)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	last := lines[len(lines)-1]
	if code != exitFailed || !strings.HasPrefix(last, "# incomplete: ") || !strings.HasSuffix(last, " of 10,000,000 runs") {
		t.Fatalf("code %d, last line %q, %s", code, last, stderr.String())
	}
	done, _ := strconv.Atoi(strings.Fields(last)[2])
	if done == 0 || done >= 10000000 || len(lines) != 2+2*done {
		t.Errorf("%d runs done, %d lines", done, len(lines))
	}
	if !strings.Contains(stderr.String(), "stopped after") {
		t.Errorf("standard error says %q", stderr.String())
	}
}

// readParquet reads all rows of a file.
func readParquet(t *testing.T, f *parquet.File) []parquet.Row {
	t.Helper()
	var out []parquet.Row
	for _, g := range f.RowGroups() {
		rows := g.Rows()
		buf := make([]parquet.Row, 100)
		for {
			n, err := rows.ReadRows(buf)
			for _, r := range buf[:n] {
				out = append(out, r.Clone())
			}
			if err != nil {
				break
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}
