package vensim

import (
	"fmt"
	"strings"
	"testing"

	"weir/model"
)

// sectors is a model of n sectors of eight equations each, with an array in every eighth
// sector: about 50 lines and 20 elements a sector.
func sectors(n int) string {
	var b strings.Builder
	b.WriteString("{UTF-8}\nregion: (R1-R6) ~~|\nage: young, mid, old ~~|\nupper: mid, old ~~|\nlower: young, mid -> upper ~~|\n")
	for i := range n {
		p := fmt.Sprintf("sector %d", i)
		line := func(format string, units string) {
			fmt.Fprintf(&b, "%s\n\t~\t%s\n\t~\tOf %s.\n\t|\n\n", strings.ReplaceAll(format, "@", p), units, p)
		}
		line("@ stock=\n\tINTEG(@ inflow-@ outflow,\n\t\t100)", "people")
		line("@ inflow=\n\t@ rate*@ stock*@ effect*(1+0.1*SIN(Time/10))", "people/year")
		line("@ outflow=\n\t@ stock/@ life + STEP(0.1,20)", "people/year")
		line("@ rate=\n\t0.05", "1/year")
		line("@ life=\n\t20", "year")
		line("@ table(\n\t[(0,0)-(10,2)],(0,1),(500,0.9),(1000,0.5),(5000,0))", "1")
		line("@ effect=\n\t@ table(@ stock)*IF THEN ELSE(@ stock>0 :AND: Time>2, 1, 0.5)", "1")
		line("@ smoothed=\n\tSMOOTH(@ inflow, 3)+MAX(@ stock, MIN(@ outflow, 3))", "people")
		if i%8 == 0 {
			line("@ pop[region,young]=\n\tINTEG(@ births[region]-@ aging[region,young], 50)~~|\n@ pop[region,upper]=\n\tINTEG(@ aging[region,lower]-@ aging[region,upper], 40)", "people")
			line("@ births[region]=\n\tSUM(@ pop[region,age!])*0.02", "people/year")
			line("@ aging[region,age]=\n\t@ pop[region,age]/10", "people/year")
		}
	}
	return b.String() + clockText
}

// The time to read a model grows with its length: the time a line stays the same.
func BenchmarkParse(b *testing.B) {
	for _, n := range []int{125, 250, 500, 1000} {
		text := []byte(sectors(n))
		lines := strings.Count(string(text), "\n")
		b.Run(fmt.Sprintf("lines=%d", lines), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m, list := Parse("model.mdl", text, nil, model.ImportOptions{})
				if m == nil || list.HasErrors() {
					b.Fatal(list)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(lines), "ns/line")
		})
	}
}
