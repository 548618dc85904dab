package verdict

import (
	"weir/scenarios"
	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/reading"
)

func told(c *scenarios.Comparison) *Teller { return New(chart.New(reading.New(c))) }
