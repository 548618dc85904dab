package model

// adviceCodes are what a sound model may still be advised about.
var adviceCodes = []CodeRow{}
