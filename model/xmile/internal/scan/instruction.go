package scan

// Target is the program that weir's own instructions are for: <?weir …?>.
const Target = "weir"
