package model

// unitCodes are what the unit check reports. All begin with "unit-" but the note.
var unitCodes = []CodeRow{}
