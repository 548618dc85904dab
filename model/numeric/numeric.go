// Package numeric is the ground floor of the project's arithmetic: the statistics and
// small matrices that several packages need in exactly one way. Its packages below are
// clock (when two times are equal), maths (the elementary functions), arrays (functions
// of array arguments) and normal (the normal distribution).
//
// Everything here is plain Go in a fixed order of operations, each rounded on its own, so
// that a result has the same bits on every processor. That is why gonum is not used
// where a number reaches a result: its kernels add in the order of the registers.
package numeric
