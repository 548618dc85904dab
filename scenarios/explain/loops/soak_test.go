package loops

import (
	"context"
	"errors"
	"math"
	"os"
	"testing"
	"time"

	"weir/model"
	"weir/model/format"
	"weir/sim"
)

// Of each model at hand the scores are finite, the relative scores of a group that moves add up to 1,
// and the shares of its loops do.
func TestScoresOfAllModels(t *testing.T) {
	found := 0
	for _, file := range models(t) {
		m, _ := format.Open(file).Load(model.ImportOptions{AllowPartial: true})
		if m == nil {
			continue
		}
		r, _ := model.Check(m)
		if r == nil {
			continue
		}
		start := time.Now()
		result, err := Of(context.Background(), r, Options{})
		if took := time.Since(start); os.Getenv("WEIR_SOAK") != "" && took > 200*time.Millisecond {
			t.Logf("%s: %v, %+v, %d groups", file, took, result.Search, len(result.Groups))
		}
		var refused *sim.Error
		if errors.As(err, &refused) {
			continue // the run itself is refused
		}
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		for _, g := range result.Groups {
			found += len(g.Loops)
			soundGroup(t, file, result, g)
		}
	}
	if found < 100 {
		t.Errorf("only %d loops in all models", found)
	}
}

// soundGroup checks the figures of a group.
func soundGroup(t *testing.T, file string, r *Result, g *Group) {
	t.Helper()
	sum := make([]float64, len(r.Time))
	shares := 0.0
	for _, l := range g.Loops {
		shares += l.Share
		scores := r.Scores(l)
		for _, i := range l.cycles {
			for row := range r.Time {
				if g.Moving[row] > 0 {
					sum[row] += math.Abs(r.relative(r.cycles[i], row)) / float64(g.Moving[row])
				}
			}
		}
		for row, x := range scores {
			if x-x != 0 {
				t.Errorf("%s: score of %s at %v is %v", file, l.ID, r.Time[row], x)
				return
			}
		}
	}
	for row, x := range sum {
		if g.Moving[row] > 0 && math.Abs(x-1) > 1e-9 {
			t.Errorf("%s: relative scores of %v at %v add up to %v", file, g.Stocks, r.Time[row], x)
			return
		}
	}
	if from, to := r.rows(); g.movingRows(from, to) > 0 && math.Abs(shares-1) > 1e-9 {
		t.Errorf("%s: shares of %v add up to %v", file, g.Stocks, shares)
	}
	last := r.From
	for _, p := range g.Phases {
		if p.From != last || !(p.To > p.From) || p.Share < 0 || p.Share > 1+1e-9 {
			t.Errorf("%s: phase %v to %v of %v, after %v", file, p.From, p.To, p.Share, last)
		}
		last = p.To
	}
}
