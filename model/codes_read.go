package model

// readCodes are what reading a model file reports.
var readCodes = []CodeRow{}
