package foreign

import "slices"

// Table has a row for every function of other tools that is known.
var Table = slices.Concat(maths, dates, delays, money, draws, arrays, tables, unsupported)
