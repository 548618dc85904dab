package health

import (
	"weir/scenarios"
	"weir/scenarios/report/internal/reading"
)

func told(c *scenarios.Comparison) *Teller { return New(reading.New(c)) }
