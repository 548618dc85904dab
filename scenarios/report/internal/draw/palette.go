package draw

import (
	"fmt"
	"strconv"
	"strings"
)

// SlotKey returns the key of a scenario's colour and dash in the style sheet: "s0" is the
// baseline.
func SlotKey(i int) string { return "s" + strconv.Itoa(i) }

// A look is how one scenario is drawn on the whole page.
type look struct {
	light, dark string
	Dash        []int // lengths of strokes and gaps; nil is a whole line
}

// Colour returns the colour on a white ground, #rrggbb.
func (l look) Colour() string { return l.light }

// looks are the baseline's grey and the palette of Okabe and Ito ("Color Universal
// Design", 2002), safe for colour-blind readers; a record is black points, never a line.
// Yellow is darkened on white, where it could not be seen. The dash tells lines
// apart without colour; after the last look the colours return with other dashes.
var looks = []look{
	{"#707070", "#a8a8a8", nil},
	{"#0072b2", "#4aa8e0", nil},
	{"#d55e00", "#f0813a", []int{11, 4}},
	{"#009e73", "#2bc398", []int{14, 4, 3, 4}},
	{"#b5568d", "#dd92bd", []int{6, 3}},
	{"#c98500", "#f0b030", []int{16, 3, 3, 3, 3, 3}},
	{"#3d9ad6", "#8accf5", []int{3, 3}},
	{"#9c8f00", "#f0e442", []int{20, 5}},
	{"#1a1a1a", "#ececec", []int{2, 5}},
}

// LookOf returns the look of slot i. After the last look the colours return with other
// dashes.
func LookOf(i int) look {
	if i < len(looks) {
		return looks[i]
	}
	turn := (i - 1) / (len(looks) - 1)
	l := looks[1+(i-1)%(len(looks)-1)]
	l.Dash = append([]int{2 + 2*turn, 2 + turn}, l.Dash...)
	return l
}

// PaletteCSS returns the style rules of all slots: a colour, light and dark, and a dash.
// The browser repeats the dash of an odd list, as SVG asks for.
func PaletteCSS(slots int) string {
	var light, dark, rules strings.Builder
	for i := range slots {
		l, key := LookOf(i), SlotKey(i)
		fmt.Fprintf(&light, "--%s:%s;", key, l.light)
		fmt.Fprintf(&dark, "--%s:%s;", key, l.dark)
		fmt.Fprintf(&rules, ".line.%s,.leader.%s{stroke:var(--%s)}.%s{--c:var(--%s)}", key, key, key, key, key)
		if len(l.Dash) > 0 {
			fmt.Fprintf(&rules, ".line.%s{stroke-dasharray:%s}", key, strings.Trim(fmt.Sprint(l.Dash), "[]"))
		}
	}
	return ":root{" + light.String() + "}\n@media screen and (prefers-color-scheme:dark){:root{" +
		dark.String() + "}}\n" + rules.String()
}
