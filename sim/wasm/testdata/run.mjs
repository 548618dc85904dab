// Runs modules in V8: for each name given, name.wasm with name.json as its layout. It
// prints a line a module: the name, the status, the rows, their SHA-256, and how many
// microseconds a run takes, the fastest of as many as the first argument says.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const [times, ...names] = process.argv.slice(2)

for (const name of names) {
	const { instance } = await WebAssembly.instantiate(readFileSync(name + '.wasm'))
	const layout = JSON.parse(readFileSync(name + '.json', 'utf8'))
	const { memory, init, run } = instance.exports
	const whole = (at) => new Int32Array(memory.buffer)[at / 4]
	const took = []
	for (let i = 0; i < Number(times); i++) {
		const begun = performance.now()
		init()
		run(layout.steps)
		took.push(1000 * (performance.now() - begun))
	}
	const rows = whole(layout.header.rows)
	const bytes = new Uint8Array(memory.buffer, layout.out, 8 * rows * layout.width)
	const hash = createHash('sha256').update(bytes).digest('hex')
	console.log(name.split('/').pop(), whole(layout.header.status), rows, hash, Math.min(...took).toFixed(1))
}
