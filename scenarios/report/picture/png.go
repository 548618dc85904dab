package picture

import (
	"image"
	"image/color"
	imagedraw "image/draw"
	"image/png"
	"io"
	"strconv"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Pixels of one unit of the picture: sharp on a projector, and on a sheet of many charts no more
// than a program can open.
const (
	sharp, plain = 2, 1
	manyCharts   = 18
)

// A pngPen draws into pixels.
type pngPen struct {
	to     *image.RGBA
	scale  float64
	dasher *rasterx.Dasher
	font   *opentype.Font
	faces  map[float64]font.Face // by size in pixels
}

// PNG writes the sheet in pixels. Texts are in the Go font, which has the letters of Latin, Greek and
// Cyrillic writing; others are shown as boxes. The error is one of writing.
func (s *Sheet) PNG(w io.Writer) error {
	wide, high := s.frameOf().size()
	p := &pngPen{scale: sharp, faces: map[float64]font.Face{}}
	if len(s.Charts) > manyCharts {
		p.scale = plain
	}
	x, y := int(wide*p.scale), int(high*p.scale)
	p.to = image.NewRGBA(image.Rect(0, 0, x, y))
	imagedraw.Draw(p.to, p.to.Bounds(), image.White, image.Point{}, imagedraw.Src)
	p.dasher = rasterx.NewDasher(x, y, rasterx.NewScannerGV(x, y, p.to, p.to.Bounds()))
	var err error
	if p.font, err = opentype.Parse(goregular.TTF); err != nil {
		return err
	}
	s.draw(p)
	return png.Encode(w, p.to)
}

// line strokes a path with round joins.
func (p *pngPen) line(through []point, colour string, width float64, dash []int) {
	var pattern []float64
	for _, d := range dash {
		pattern = append(pattern, float64(d)*p.scale)
	}
	if len(pattern)%2 == 1 {
		pattern = append(pattern, pattern...) // as SVG repeats an odd list
	}
	p.dasher.SetStroke(fixed.Int26_6(width*p.scale*64), 0, rasterx.ButtCap, nil, nil, rasterx.Round,
		pattern, 0)
	p.dasher.SetColor(colourOf(colour))
	for i, at := range through {
		to := rasterx.ToFixedP(at.x*p.scale, at.y*p.scale)
		if i == 0 {
			p.dasher.Start(to)
		} else {
			p.dasher.Line(to)
		}
	}
	p.dasher.Stop(false)
	p.dasher.Draw()
	p.dasher.Clear()
}

// text writes words at a baseline.
func (p *pngPen) text(at point, size float64, anchor, colour, words string) {
	face := p.face(size * p.scale)
	if face == nil {
		return
	}
	d := font.Drawer{Dst: p.to, Src: image.NewUniform(colourOf(colour)), Face: face}
	x, width := fixed.Int26_6(at.x*p.scale*64), d.MeasureString(words)
	switch anchor {
	case "middle":
		x -= width / 2
	case "end":
		x -= width
	}
	d.Dot = fixed.Point26_6{X: x, Y: fixed.Int26_6(at.y * p.scale * 64)}
	d.DrawString(words)
}

// face returns the font in a size, nil if it has none.
func (p *pngPen) face(size float64) font.Face {
	if f := p.faces[size]; f != nil {
		return f
	}
	f, err := opentype.NewFace(p.font, &opentype.FaceOptions{Size: size, DPI: 72,
		Hinting: font.HintingNone})
	if err != nil {
		return nil
	}
	p.faces[size] = f
	return f
}

// colourOf returns the colour of #rrggbb; black for any other text.
func colourOf(text string) color.RGBA {
	n, err := strconv.ParseUint(text[1:], 16, 32)
	if err != nil {
		return color.RGBA{A: 255}
	}
	return color.RGBA{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n), A: 255}
}
