package biff

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// signature begins every compound file.
var signature = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// A container is a compound file: a file system in a file.
// It is made of sectors of equal size behind a header. Streams are chains of sectors; short streams
// lie in the small sectors of 64 bytes of one stream, the mini stream.
type container struct {
	file    []byte   // all of it
	size    int      // of a sector, in bytes
	fat     []uint32 // by sector: the one that follows it
	miniFAT []uint32 // the same of the small sectors
	mini    []byte   // the stream that holds small streams
}

// workbookStream finds the stream named Workbook.
// Older files call it Book. A file without it, or one that does not hold together, is errDamaged.
func workbookStream(file []byte) (stream []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			if r != errDamaged {
				panic(r)
			}
			stream, err = nil, errDamaged
		}
	}()
	if len(file) < 512 || !bytes.HasPrefix(file, signature) {
		return nil, errDamaged
	}
	// Sectors have 512 bytes in version 3 of the format and 4096 in version 4.
	shift := binary.LittleEndian.Uint16(file[30:])
	if shift != 9 && shift != 12 {
		return nil, errDamaged
	}
	c := &container{file: file, size: 1 << shift}
	c.readFAT()
	directory := c.chain(u32(file, 48))
	var book []byte
	var bookStart, bookSize uint32
	for at := 0; at+128 <= len(directory); at += 128 {
		// An entry has its name in UTF-16, the length of the name at 64, its type at 66, its first
		// sector at 116 and its size at 120. Type 5 is the root, whose stream holds the small
		// sectors, and type 2 a stream.
		entry := directory[at : at+128]
		n := min(64, max(2, int(binary.LittleEndian.Uint16(entry[64:]))))
		name := strings.TrimRight(wide(entry[:n-n%2]), "\x00")
		switch {
		case entry[66] == 5:
			c.mini = c.chain(u32(entry, 116))
		case entry[66] == 2 && (strings.EqualFold(name, "Workbook") || strings.EqualFold(name, "Book")):
			book, bookStart, bookSize = entry, u32(entry, 116), u32(entry, 120)
		}
	}
	if book == nil {
		return nil, errDamaged
	}
	// The header says at 56 below which size streams lie in small sectors.
	if bookSize < u32(file, 56) {
		stream = c.miniChain(bookStart)
	} else {
		stream = c.chain(bookStart)
	}
	return stream[:min(len(stream), int(bookSize))], nil
}

// u32 returns four bytes at an offset, in little-endian order.
// It panics with errDamaged if they are not all there.
func u32(b []byte, at int) uint32 {
	need(b, at+4)
	return binary.LittleEndian.Uint32(b[at:])
}

// sector returns the bytes of a sector.
// The header takes the place of one sector. A last sector that is cut short is filled up with
// zeros; one beyond the file panics with errDamaged.
func (c *container) sector(n uint32) []byte {
	at := (int(n) + 1) * c.size
	if at+c.size > len(c.file) {
		if at >= len(c.file) {
			panic(errDamaged)
		}
		return append(bytes.Clone(c.file[at:]), make([]byte, at+c.size-len(c.file))...)
	}
	return c.file[at : at+c.size]
}

const lastSector = 0xfffffffa // and above: the end of a chain, or free

// readFAT reads the table that chains sectors, whose own sectors the header lists.
// The header has room for 109 sectors of the table; a chain of further sectors lists the others,
// each with the number of the next in its last four bytes.
func (c *container) readFAT() {
	var list []uint32
	for i := 0; i < 109; i++ {
		list = append(list, u32(c.file, 76+4*i))
	}
	next := u32(c.file, 68)
	for n := 0; next < lastSector; n++ {
		if n > len(c.file)/c.size {
			panic(errDamaged)
		}
		s := c.sector(next)
		for i := 0; i < c.size/4-1; i++ {
			list = append(list, u32(s, 4*i))
		}
		next = u32(s, c.size-4)
	}
	for _, n := range list {
		if n >= lastSector {
			continue
		}
		s := c.sector(n)
		for i := 0; i < c.size/4; i++ {
			c.fat = append(c.fat, u32(s, 4*i))
		}
		// A damaged file may list sectors again and again; more entries than sectors are of no use.
		if len(c.fat) > len(c.file)/c.size+2*c.size {
			break
		}
	}
	if start := u32(c.file, 60); start < lastSector {
		table := c.chain(start)
		for i := 0; i+4 <= len(table); i += 4 {
			c.miniFAT = append(c.miniFAT, u32(table, i))
		}
	}
}

// chain reads a stream.
// A chain that is longer than the file runs in a circle, and panics with errDamaged.
func (c *container) chain(start uint32) []byte {
	var out []byte
	for n := start; n < lastSector; {
		out = append(out, c.sector(n)...)
		if int(n) >= len(c.fat) || len(out) > len(c.file)+c.size {
			panic(errDamaged)
		}
		n = c.fat[n]
	}
	return out
}

// miniChain reads a small stream.
// It must not be called before the directory is read, whose root gives c.mini.
func (c *container) miniChain(start uint32) []byte {
	const size = 64
	var out []byte
	for n := start; n < lastSector; {
		at := int(n) * size
		if at+size > len(c.mini) || int(n) >= len(c.miniFAT) || len(out) > len(c.mini) {
			panic(errDamaged)
		}
		out = append(out, c.mini[at:at+size]...)
		n = c.miniFAT[n]
	}
	return out
}
