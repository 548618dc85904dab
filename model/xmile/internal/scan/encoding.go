package scan

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// declared finds the encoding that an XML declaration names.
var declared = regexp.MustCompile(`^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']`)

// Decode makes UTF-8 of a file: UTF-16 by its mark or its first bytes, and
// Windows-1252 where the bytes are no UTF-8 or the file says so.
// The second result is the name of the encoding, for the import report. Every file gives some text,
// without the mark at its beginning.
func Decode(raw []byte) (s, encoding string) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("<\x00")):
		return decode16(bytes.TrimPrefix(raw, []byte("\xff\xfe")), false), "UTF-16"
	case bytes.HasPrefix(raw, []byte("\xfe\xff")), bytes.HasPrefix(raw, []byte("\x00<")):
		return decode16(bytes.TrimPrefix(raw, []byte("\xfe\xff")), true), "UTF-16"
	}
	// A declaration stands at the beginning, so that 200 bytes are enough to find it.
	m := declared.FindSubmatch(raw[:min(len(raw), 200)])
	if m != nil && !ascii(raw) {
		if s, ok := decodeAs(raw, string(m[1])); ok {
			return s, string(m[1])
		}
	}
	if !utf8.Valid(raw) || m != nil && latin(string(m[1])) && !ascii(raw) {
		return decode1252(raw), "Windows-1252"
	}
	return string(raw), "UTF-8"
}

// decodeAs reads a file in an encoding of which it gives the name, if that is neither
// Unicode nor of Western Europe: Cyrillic, Japanese, Chinese and others.
func decodeAs(raw []byte, name string) (string, bool) {
	e, err := htmlindex.Get(name)
	if err != nil || e == unicode.UTF8 || latin(name) || strings.HasPrefix(strings.ToLower(name), "utf-16") {
		return "", false
	}
	out, err := e.NewDecoder().Bytes(raw)
	return string(out), err == nil && utf8.Valid(out)
}

// latin reports whether an encoding is one of Western Europe, which are read as
// Windows-1252: as browsers do, since files often name the wrong one of them.
func latin(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "iso-8859-1") || name == "windows-1252" || name == "latin1"
}

// ascii reports whether no byte is beyond ASCII, so that the encoding does not matter.
func ascii(raw []byte) bool {
	for _, c := range raw {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// decode16 decodes UTF-16. An odd byte at the end is left out.
// Half of a surrogate pair becomes U+FFFD.
func decode16(raw []byte, big bool) string {
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		lo, hi := raw[i], raw[i+1]
		if big {
			lo, hi = hi, lo
		}
		units = append(units, uint16(hi)<<8|uint16(lo))
	}
	return string(utf16.Decode(units))
}

// high are the characters 0x80 to 0x9f of Windows-1252.
const high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

// decode1252 decodes Windows-1252, in which every byte is a character.
func decode1252(raw []byte) string {
	table := []rune(high)
	var b strings.Builder
	for _, c := range raw {
		switch {
		case c < 0x80:
			b.WriteByte(c)
		case c < 0xa0:
			b.WriteRune(table[c-0x80])
		default:
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}
