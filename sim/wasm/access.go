package wasm

import (
	"weir/sim/internal/code"
	"weir/sim/wasm/internal/driver"
)

// counted writes the loop of an instruction that knows one loop only, with an index
// in whole numbers of 32 bits: body gets a local that holds 4 i for element i. The
// address of the vector plus 8 i is then in a second local.
func (k *walk) counted(n int, body func(index, moved int)) {
	index, moved := k.local(i32), k.local(i32)
	k.whole(0)
	k.set(index)
	k.get(vector)
	k.set(moved)
	k.times(n, func() {
		body(index, moved)
		k.get(index)
		k.plus(bytesAWhole)
		k.set(index)
		k.get(moved)
		k.plus(k.bytes(1))
		k.set(moved)
	})
	k.free(i32, index, moved)
}

// lookups writes a row of readings, of one table or one an element.
func (e *emitter) lookups(k *walk) {
	in := k.in
	site := e.code.Lookups[in.Site]
	if in.N == 1 && site.Pick == nil {
		k.get(vector)
		e.lookup(k.writer, in, func() { k.loadSlot(in.At[code.A]) })
		k.store(k.bytes(in.At[code.Result]))
		return
	}
	memory := e.remembered(in.Site)
	if in.N <= smallRow {
		for i := range in.N {
			e.lookupOne(k, i, memory+bytesAWhole*i)
		}
		return
	}
	pick := 0
	if site.Pick != nil {
		rows := make([]int32, len(site.Pick))
		for i, p := range site.Pick {
			rows[i] = int32(e.tableRow(site.Table + p))
		}
		pick = e.memory.wholes(rows)
	}
	k.counted(in.N, func(index, moved int) {
		k.get(moved)
		e.read(k.writer, func() {
			if site.Pick != nil {
				k.get(index)
				k.loadI(pick)
			} else {
				k.whole(e.tableRow(site.Table))
			}
		}, func(lane int) {
			k.get(index)
			k.plus(memory + lane*e.laneOfSegments)
		}, func() {
			if in.Step[code.A] == 0 {
				k.get(vector)
			} else {
				k.get(moved)
			}
			k.load(k.bytes(in.At[code.A]))
		})
		k.store(k.bytes(in.At[code.Result]))
	})
}

// lookupOne writes the reading of one element.
func (e *emitter) lookupOne(k *walk, i, memory int) {
	row := e.code.Lookups[k.in.Site].Table
	if pick := e.code.Lookups[k.in.Site].Pick; pick != nil {
		row += pick[i]
	}
	k.get(vector)
	e.read(k.writer, func() { k.whole(e.tableRow(row)) },
		func(lane int) { k.whole(memory + lane*e.laneOfSegments) },
		func() { k.loadSlot(k.in.At[code.A] + i*k.in.Step[code.A]) })
	k.store(k.bytes(k.in.At[code.Result] + i))
}

// lookup puts the value of a table on the stack; push puts the input there.
func (e *emitter) lookup(w *writer, in *code.Instruction, push func()) {
	row := e.code.Lookups[in.Site].Table
	if pick := e.code.Lookups[in.Site].Pick; pick != nil {
		row += pick[0]
	}
	e.read(w, func() { w.whole(e.tableRow(row)) },
		func(lane int) { w.whole(e.remembered(in.Site) + lane*e.laneOfSegments) }, push)
}

// read puts the value of a table on the stack, of each run if there are two: row puts the
// address of the table there, segment that of the segment read last by a run, and push the
// input.
func (e *emitter) read(w *writer, row func(), segment func(lane int), push func()) {
	if !w.two {
		row()
		segment(0)
		push()
		w.call("driver.Lookup")
		return
	}
	row()
	segment(0)
	segment(1)
	push()
	w.call("driver.LookupPair")
}

// gather writes d[i] = a[index[i]].
func (e *emitter) gather(k *walk) {
	in := k.in
	if in.N <= smallRow {
		for i, x := range e.code.Indexes[in.Site][:in.N] {
			k.move(in.At[code.Result]+i, in.At[code.A]+int(x))
		}
		return
	}
	index, base := e.index(in.Site, in.At[code.A])
	k.counted(in.N, func(at, moved int) {
		k.get(moved)
		k.get(vector)
		k.get(at)
		k.loadI(index)
		k.op(opI32Add)
		k.load(k.bytes(base))
		k.store(k.bytes(in.At[code.Result]))
	})
}

// scatter writes d[index[i]] = a[i].
func (e *emitter) scatter(k *walk) {
	in := k.in
	if in.N <= smallRow {
		for i, x := range e.code.Indexes[in.Site][:in.N] {
			k.move(in.At[code.Result]+int(x), in.At[code.A]+i)
		}
		return
	}
	index, base := e.index(in.Site, in.At[code.Result])
	k.counted(in.N, func(at, moved int) {
		k.get(vector)
		k.get(at)
		k.loadI(index)
		k.op(opI32Add)
		k.get(moved)
		k.load(k.bytes(in.At[code.A]))
		k.store(k.bytes(base))
	})
}

// move copies a slot.
func (w *writer) move(to, from int) {
	w.get(vector)
	w.loadSlot(from)
	w.store(w.bytes(to))
}

// index returns the address of an index in bytes, and the slot that it counts from.
func (e *emitter) index(site, base int) (address, from int) {
	list := e.code.Indexes[site]
	offsets := make([]int32, len(list))
	for i, x := range list {
		if x < 0 {
			return e.absolute(list, base), 0
		}
		offsets[i] = int32(e.bytes(int(x)))
	}
	return e.memory.wholes(offsets), base
}

// absolute returns an index that counts from the vector's first slot.
func (e *emitter) absolute(list []int32, base int) int {
	offsets := make([]int32, len(list))
	for i, x := range list {
		offsets[i] = int32(e.bytes(int(x) + base))
	}
	return e.memory.wholes(offsets)
}

// draws writes a row of random numbers, drawn at the start of a step only.
func (e *emitter) draws(k *walk) {
	in := k.in
	site := e.code.Draws[in.Site]
	elements := make([]int32, len(site.Element))
	for i, x := range site.Element {
		elements[i] = int32(x)
	}
	at := e.memory.wholes(elements)
	k.whole(driver.Counting)
	k.loadI(0)
	k.op(opIf, opEmpty)
	k.counted(in.N, func(index, moved int) {
		for lane := range e.lanes() {
			k.get(moved)
			k.whole(int(site.Dist))
			k.op(opI64Const)
			k.code = sleb(k.code, int(site.Key))
			k.whole(driver.Member + bytesAFloat*lane)
			k.get(index)
			k.loadI(at)
			for o := code.A; o <= code.C; o++ {
				if in.Step[o] == 0 {
					k.get(vector)
				} else {
					k.get(moved)
				}
				k.loadOne(k.bytes(in.At[o]) + bytesAFloat*lane)
			}
			k.call("driver.Draw")
			k.storeOne(k.bytes(in.At[code.Result]) + bytesAFloat*lane)
		}
	})
	k.op(opEnd)
}
