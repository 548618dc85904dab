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
	to    *image.RGBA
	scale float64
	font  *opentype.Font
	faces map[float64]font.Face // by size in pixels
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
	at := p.around(through, width)
	if at.Empty() {
		return
	}
	// The scanner fills all of its rectangle: one of the whole picture takes a second for each chart.
	part := p.to.SubImage(at).(*image.RGBA)
	d := rasterx.NewDasher(at.Dx(), at.Dy(), rasterx.NewScannerGV(at.Dx(), at.Dy(), part, at))
	d.SetStroke(fixed.Int26_6(width*p.scale*64), 0, rasterx.ButtCap, nil, nil, rasterx.Round, pattern, 0)
	d.SetColor(colourOf(colour))
	for i, point := range through {
		to := rasterx.ToFixedP(point.x*p.scale-float64(at.Min.X), point.y*p.scale-float64(at.Min.Y))
		if i == 0 {
			d.Start(to)
		} else {
			d.Line(to)
		}
	}
	d.Stop(false)
	d.Draw()
}

// around returns the pixels that a stroke can reach, within the picture.
func (p *pngPen) around(through []point, width float64) image.Rectangle {
	low, high := through[0], through[0]
	for _, at := range through {
		low = point{min(low.x, at.x), min(low.y, at.y)}
		high = point{max(high.x, at.x), max(high.y, at.y)}
	}
	r := image.Rect(int(low.x*p.scale), int(low.y*p.scale), int(high.x*p.scale)+1, int(high.y*p.scale)+1)
	return r.Inset(-int(width*p.scale) - 2).Intersect(p.to.Bounds())
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
