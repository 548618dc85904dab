// Package parquet writes tables of numbers as Parquet files, and reads those that it wrote. A table
// has columns of doubles, of which the first may be whole numbers of 64 bits; none has gaps. That is
// all that weir's outputs need: a library for every kind of table makes the program a fifth larger.
//
// The format is that of https://parquet.apache.org/docs/file-format/ (version 1 of data pages, plain
// encoding, pages compressed by Zstandard), which pandas, R, DuckDB and Spark read.
package parquet

// A Note is a line of a file's metadata.
type Note struct{ Key, Value string }

// The numbers by which Parquet knows types, encodings, codecs and pages.
const (
	typeInt64    = 2
	typeDouble   = 5
	required     = 0
	plain        = 0
	rle          = 3
	codecZstd    = 6
	dataPage     = 0
	width        = 8 // bytes of a number
	magic        = "PAR1"
	trailer      = 4 + len(magic) // the length of the footer, and the magic
	maxPage      = 1 << 26        // bytes of a page that is read
	pageBytes    = 16 << 20       // of the pages of all columns together, before compression
	groupBytes   = 128 << 20      // of a group of rows, before compression
	mostPageRows = 8192
	fewPageRows  = 64
	mostGroup    = 8 // pages of a column in a group: 65,536 rows
)

// layout returns how many rows a page of each of some columns has, and how many pages a group of
// rows, so that neither fills the memory.
func layout(columns int) (rows, pages int) {
	rows = min(mostPageRows, max(fewPageRows, pageBytes/(width*columns)))
	return rows, min(mostGroup, max(1, groupBytes/(width*columns*rows)))
}
