package diagram

import (
	"weir/scenarios"
	"weir/scenarios/report/internal/reading"
)

func drawer(c *scenarios.Comparison) *Drawer { return New(reading.New(c)) }
