package chart

import (
	"weir/scenarios"
	"weir/scenarios/report/internal/reading"
)

func made(c *scenarios.Comparison) *Charts { return New(reading.New(c)) }
