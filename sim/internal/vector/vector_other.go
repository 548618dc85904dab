//go:build !amd64

package vector

// Available reports whether this processor has the instructions.
const Available = false

// Find returns an operation by its name; here there are none.
func Find(string) Row { return nil }

// Exp does none.
func Exp(_, _ []float64, _ *ExpTable) int { return 0 }

// Ln does none.
func Ln(_, _ []float64, _ *LogTable) int { return 0 }

// Pow does none.
func Pow(_, _, _ []float64, _ *LogTable, _ *ExpTable, _ *[2][64]float64) int { return 0 }
