package syntax

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Decode makes UTF-8 of a file as found in the wild: UTF-8 with or without a mark, UTF-16 with
// one or as its zeros tell, and otherwise a page of Windows, which Vensim wrote before it said
// {UTF-8} in the first line: the Chinese one if all bytes say so, or else 1252. A carriage
// return alone ends a line, too.
func Decode(raw []byte) string {
	var text string
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		text = strings.ToValidUTF8(string(raw[3:]), "\ufffd")
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		text = fromUTF16(raw[2:], binary.LittleEndian)
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		text = fromUTF16(raw[2:], binary.BigEndian)
	case len(raw) > 3 && raw[1] == 0 && raw[3] == 0 && raw[0] != 0:
		text = fromUTF16(raw, binary.LittleEndian)
	case len(raw) > 3 && raw[0] == 0 && raw[2] == 0 && raw[1] != 0:
		text = fromUTF16(raw, binary.BigEndian)
	case utf8.Valid(raw):
		text = string(raw)
	case isChinese(raw):
		text = fromChinese(raw)
	default:
		text = fromWindows(raw)
	}
	return lineEnds(text)
}

// isChinese reports whether all bytes beyond ASCII come in pairs of GBK, most of them in
// words of two characters or more. Accented letters do not come in such rows.
func isChinese(raw []byte) bool {
	pairs, inWords := 0, 0
	for i := 0; i < len(raw); {
		n := 0
		for i+1 < len(raw) && raw[i] > 0x80 && raw[i] < 0xff && raw[i+1] >= 0x40 && raw[i+1] != 0x7f &&
			raw[i+1] < 0xff {
			i += 2
			n++
		}
		if pairs += n; n > 1 {
			inWords += n
		}
		if n == 0 {
			if raw[i] >= 0x80 {
				return false
			}
			i++
		}
	}
	return inWords*2 > pairs
}

// fromChinese decodes GB18030, of which GBK is a part; text that is not valid in it is
// taken for Windows-1252.
func fromChinese(raw []byte) string {
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return fromWindows(raw)
	}
	return string(text)
}

// fromUTF16 decodes pairs of bytes in that order; an odd byte at the end is lost.
func fromUTF16(raw []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units))
}

// windows are the characters of Windows-1252 from 0x80 to 0x9f; the others are those
// of Latin-1, and so the first of Unicode.
var windows = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

// fromWindows decodes Windows-1252, in which every byte is a character.
func fromWindows(raw []byte) string {
	var b strings.Builder
	for _, c := range raw {
		if c >= 0x80 && c < 0xa0 {
			b.WriteRune(windows[c-0x80])
		} else {
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}

// lineEnds makes a line feed of every carriage return without one, in place, so that
// offsets stay.
func lineEnds(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	b := []byte(text)
	for i, c := range b {
		if c == '\r' && (i+1 == len(b) || b[i+1] != '\n') {
			b[i] = '\n'
		}
	}
	return string(b)
}
