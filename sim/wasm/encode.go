package wasm

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Types of values, by the WebAssembly core specification 1.0, section 5.3.
const (
	i32 = 0x7f
	f64 = 0x7c
)

// A function is one before its calls and addresses are known. Parameters are its
// first locals; each of the strings has a byte a value.
type function struct {
	name                    string
	params, results, locals string
	body                    []part
}

// A part is code, then a call or the address of a table.
type part struct{ code, call, table string }

// A table is numbers that lie in memory, as bits.
type table struct {
	name  string
	words []uint64
}

// A binaryModule is a module in the making.
type binaryModule struct {
	functions []function
	exports   map[string]string // by function: its exported name
	address   map[string]int    // of tables
	data      []byte            // the memory from address 0 on
	pages     int
}

// reachable keeps the functions that the exported ones need, in the order given, and
// names the tables that they read.
func reachable(all []function, exports map[string]string) (kept []function, tables map[string]bool, err error) {
	byName := map[string]int{}
	for i, f := range all {
		byName[f.name] = i
	}
	needed := make([]bool, len(all))
	tables = map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		i, ok := byName[name]
		if !ok {
			err = fmt.Errorf("wasm: there is no function %s", name)
			return
		}
		if needed[i] {
			return
		}
		needed[i] = true
		for _, p := range all[i].body {
			if p.call != "" {
				visit(p.call)
			}
			if p.table != "" {
				tables[p.table] = true
			}
		}
	}
	for name := range exports {
		visit(name)
	}
	for i, f := range all {
		if needed[i] {
			kept = append(kept, f)
		}
	}
	return kept, tables, err
}

// encode returns the module in the binary format.
func (m *binaryModule) encode() []byte {
	out := []byte("\x00asm\x01\x00\x00\x00")
	types, of := m.types()
	index := map[string]int{}
	var declared, exported, code []byte
	for i, f := range m.functions {
		index[f.name] = i
		declared = uleb(declared, of[i])
	}
	exports := 1
	exported = name(nil, "memory")
	exported = append(exported, 2, 0)
	for i, f := range m.functions {
		if as := m.exports[f.name]; as != "" {
			exported = uleb(append(name(exported, as), 0), i)
			exports++
		}
	}
	for _, f := range m.functions {
		body := m.body(f, index)
		code = append(uleb(code, len(body)), body...)
	}
	out = section(out, 1, len(types), join(types))
	out = section(out, 3, len(m.functions), declared)
	out = section(out, 5, 1, uleb([]byte{0}, m.pages))
	out = section(out, 7, exports, exported)
	out = section(out, 10, len(m.functions), code)
	count, segments := m.segments()
	return section(out, 11, count, segments)
}

// types lists the different signatures, and which one each function has.
func (m *binaryModule) types() (list [][]byte, of []int) {
	known := map[string]int{}
	for _, f := range m.functions {
		t := append([]byte{0x60}, uleb(nil, len(f.params))...)
		t = append(t, f.params...)
		t = append(uleb(t, len(f.results)), f.results...)
		k, ok := known[string(t)]
		if !ok {
			k = len(list)
			known[string(t)] = k
			list = append(list, t)
		}
		of = append(of, k)
	}
	return list, of
}

// body returns a function's locals and code.
func (m *binaryModule) body(f function, index map[string]int) []byte {
	var groups []byte
	n := 0
	for i := 0; i < len(f.locals); n++ {
		k := i
		for i < len(f.locals) && f.locals[i] == f.locals[k] {
			i++
		}
		groups = append(uleb(groups, i-k), f.locals[k])
	}
	out := append(uleb(nil, n), groups...)
	for _, p := range f.body {
		out = append(out, p.code...)
		if p.call != "" {
			out = uleb(append(out, opCall), index[p.call])
		}
		if p.table != "" {
			out = sleb(out, m.address[p.table])
		}
	}
	return append(out, opEnd)
}

// segments returns the pieces of memory that are not 0.
func (m *binaryModule) segments() (count int, out []byte) {
	const gap = 16 // zeros that are worth a new segment
	d := m.data
	for i := 0; i < len(d); {
		if d[i] == 0 {
			i++
			continue
		}
		end, zeros := i, 0
		for k := i; k < len(d) && zeros < gap; k++ {
			zeros++
			if d[k] != 0 {
				end, zeros = k+1, 0
			}
		}
		out = sleb(append(out, 0, opI32Const), i)
		out = uleb(append(out, opEnd), end-i)
		out = append(out, d[i:end]...)
		count++
		i = end
	}
	return count, out
}

// section appends a section of a module: its id, its size in bytes, and count items.
func section(out []byte, id byte, count int, content []byte) []byte {
	head := uleb(nil, count)
	out = uleb(append(out, id), len(head)+len(content))
	return append(append(out, head...), content...)
}

// join returns byte slices one after another.
func join(list [][]byte) (out []byte) {
	for _, b := range list {
		out = append(out, b...)
	}
	return out
}

// name appends a string with its length in front.
func name(out []byte, s string) []byte { return append(uleb(out, len(s)), s...) }

// uleb appends the unsigned LEB128 of x.
func uleb(out []byte, x int) []byte { return binary.AppendUvarint(out, uint64(x)) }

// sleb appends the signed LEB128 of x.
func sleb(out []byte, x int) []byte {
	for {
		b := byte(x & 0x7f)
		x >>= 7
		if x == 0 && b&0x40 == 0 || x == -1 && b&0x40 != 0 {
			return append(out, b)
		}
		out = append(out, b|0x80)
	}
}

// float appends the bits of x, the lowest byte first.
func float(out []byte, x float64) []byte {
	return binary.LittleEndian.AppendUint64(out, math.Float64bits(x))
}
