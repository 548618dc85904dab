package scenarios

import (
	"context"
	"fmt"
	"runtime"
	"sync"
)

// A job is one run of a comparison. Cost is how long it takes against the others.
type job struct {
	what string // for errors
	cost float64
	run  func(ctx context.Context, progress func(done float64)) error
}

// work does all jobs on a pool of workers. It gives the error of the first job, in
// their order, that failed; the context's own error if that ended first. All
// workers have returned when work does.
func work(ctx context.Context, jobs []job, o Options) error {
	errs := make([]error, len(jobs))
	queue := make(chan int)
	p := newProgress(jobs, o.Progress)
	var wait sync.WaitGroup
	for range workers(len(jobs), o.Workers) {
		wait.Go(func() {
			for i := range queue {
				if errs[i] = ctx.Err(); errs[i] == nil {
					errs[i] = jobs[i].run(ctx, p.of(i))
				}
				p.of(i)(1)
			}
		})
	}
	for i := range jobs {
		queue <- i
	}
	close(queue)
	wait.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for i, err := range errs {
		if err != nil {
			return fmt.Errorf("%s: %w", jobs[i].what, err)
		}
	}
	return nil
}

// workers returns how many goroutines work on so many jobs.
func workers(jobs, wanted int) int {
	if wanted <= 0 {
		wanted = runtime.GOMAXPROCS(0)
	}
	return min(jobs, wanted)
}

// progress adds up the shares of jobs that go on at once.
type progress struct {
	mutex sync.Mutex
	tell  func(float64)
	done  []float64 // by job, 0 to 1
	cost  []float64
	told  float64
}

// newProgress weighs the jobs by their cost.
func newProgress(jobs []job, tell func(float64)) *progress {
	p := &progress{tell: tell, done: make([]float64, len(jobs)), cost: make([]float64, len(jobs))}
	for i, j := range jobs {
		p.cost[i] = j.cost
	}
	return p
}

// of returns the function that job i calls; nil if nobody listens.
func (p *progress) of(i int) func(float64) {
	if p.tell == nil {
		return func(float64) {}
	}
	return func(done float64) {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		p.done[i] = max(p.done[i], done)
		if share := p.share(); share > p.told {
			p.told = share
			p.tell(share)
		}
	}
}

// share returns the share of all costs that is done, 0 to 1.
func (p *progress) share() float64 {
	done, all := 0., 0.
	for i, c := range p.cost {
		done += float64(c * p.done[i])
		all += c
	}
	return done / all
}
