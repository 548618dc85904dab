package model

// checkCodes are what names, equations and their resolution report.
var checkCodes = []CodeRow{}
