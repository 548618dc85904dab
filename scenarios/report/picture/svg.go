package picture

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"weir/scenarios/report/internal/draw"
)

// An svgPen collects the elements of an SVG picture, which needs no style sheet.
type svgPen struct{ strings.Builder }

// SVG writes the sheet as a file of its own or as an element of a page. Texts are escaped, and
// characters that XML does not allow become U+FFFD.
func (s *Sheet) SVG(w io.Writer) error {
	p := &svgPen{}
	wide, high := s.frameOf().size()
	fmt.Fprintf(p, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" role="img" `,
		draw.Px(wide), draw.Px(high), draw.Px(wide), draw.Px(high))
	fmt.Fprintf(p, `font-family="system-ui, 'Segoe UI', 'Noto Sans', Arial, sans-serif" aria-label="%s">`, escaped(s.spoken()))
	fmt.Fprintf(p, "<title>%s</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
		escaped(s.Title))
	s.draw(p)
	p.WriteString("</svg>\n")
	_, err := io.WriteString(w, p.String())
	return err
}

// line writes a path.
func (p *svgPen) line(through []point, colour string, width float64, dash []int) {
	p.WriteString(`<path d="`)
	for i, at := range through {
		mark := "L"
		if i == 0 {
			mark = "M"
		}
		p.WriteString(mark + draw.Px(at.x) + " " + draw.Px(at.y))
	}
	fmt.Fprintf(p, `" fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round"`, colour,
		draw.Px(width))
	if len(dash) > 0 {
		fmt.Fprintf(p, ` stroke-dasharray="%s"`, strings.Trim(fmt.Sprint(dash), "[]"))
	}
	p.WriteString("/>\n")
}

// text writes words at a baseline.
func (p *svgPen) text(at point, size float64, anchor, colour, words string) {
	if words != "" {
		fmt.Fprintf(p, `<text x="%s" y="%s" font-size="%s" text-anchor="%s" fill="%s">%s</text>`+"\n",
			draw.Px(at.x), draw.Px(at.y), draw.Px(size), anchor, colour, escaped(words))
	}
}

// escaped returns a text as XML has it, in an element or an attribute.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}
