// Made by weir VERSION from MODELNAME. It runs the model in a browser, Node or Deno, with the bits of
// weir run. Nothing is fetched.

// Packed is what is known of the model, as a line of JSON, and its WebAssembly, by gzip, in base64.
const packed = "PACKED";

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const whole = new Uint8Array(await new Response(stream).arrayBuffer());
  const end = whole.indexOf(10);
  return { data: JSON.parse(new TextDecoder().decode(whole.subarray(0, end))), code: whole.subarray(end + 1) };
}

const { data, code } = await unpack(packed);

const status = data.status;
const kinds = ["to", "add", "times"];

/** What may be set, what a run gives, and its times. */
export const inputs = data.inputs;
export const outputs = data.outputs;
export const time = data.time;

let compiled;

/** Returns a model of its own: settings of one are not those of another. */
export async function createModel() {
  compiled ??= WebAssembly.compile(code);
  return new Model(await WebAssembly.instantiate(await compiled));
}

const places = new Map();
data.inputs.forEach((input, i) => places.set(input.name, { input, at: input.at }));
data.elements.forEach((name, i) => places.has(name) || places.set(name, { input: data.inputs[data.of[i]], at: [i] }));
const columns = new Map(data.outputs.map((o, i) => [o.name, i]));

function place(name) {
  const p = places.get(name);
  if (!p) throw new RangeError(`the model has no constant or decision ${JSON.stringify(name)}`);
  return p;
}

function number(x, what) {
  if (typeof x !== "number" || !Number.isFinite(x)) throw new TypeError(`${what} is a finite number, not ${String(x)}`);
  return x;
}

class Model {
  #layout = data.layout;
  #exports;
  #view;
  #values;
  #usual;
  #changes = [];

  constructor(instance) {
    const l = this.#layout;
    this.#exports = instance.exports;
    this.#view = new DataView(this.#exports.memory.buffer);
    this.#values = new Float64Array(this.#exports.memory.buffer, l.values, data.elements.length);
    this.#usual = this.#values.slice();
  }

  /** Sets a constant or decision, an array whole or by element, for the whole run. */
  set(name, value) {
    const { at } = place(name);
    number(value, name);
    for (const i of at) this.#values[i] = value;
    return this;
  }

  /** Returns a number that is set; of an array, the list of its numbers. */
  get(name) {
    const { at } = place(name);
    return at.length === 1 ? this.#values[at[0]] : at.map((i) => this.#values[i]);
  }

  /** Changes a decision, or a constant that may move in a run, from a time on. */
  change(name, { to, add, times, from = data.time.start, over = 0, until = Infinity }) {
    const { input, at } = place(name);
    const given = [to, add, times].flatMap((x, kind) => (x === undefined ? [] : [{ kind, amount: number(x, kinds[kind]) }]));
    if (given.length !== 1) throw new TypeError(`a change of ${name} has one of to, add and times`);
    if (!input.moves) throw new RangeError(`${name} cannot change in a run; set() gives it another value`);
    if (this.#changes.length + at.length > this.#layout.change_room - this.#layout.change_count) throw new RangeError("there are too many changes");
    number(from, "from");
    if (!(over >= 0) || !(until > from)) throw new RangeError("over is at least 0, and until after from");
    for (const i of at) this.#changes.push([i, given[0].kind, given[0].amount, from, over, until]);
    return this;
  }

  /** Takes back everything that was set and changed. */
  reset() {
    this.#values.set(this.#usual);
    this.#changes = [];
    return this;
  }

  /** Sets the number by which random draws differ from those of another run. */
  seed(seed) {
    this.#view.setBigUint64(this.#layout.header.seed, BigInt.asUintN(64, BigInt(seed)), true);
    return this;
  }

  /** Runs the model. The result is a copy: later runs do not change it. */
  run() {
    const [l, v] = [this.#layout, this.#view];
    this.#changes.forEach(([i, kind, ...numbers], k) => {
      const at = l.changes + (l.change_count + k) * l.change_size;
      v.setInt32(at, i, true);
      v.setInt32(at + 4, kind, true);
      numbers.forEach((x, n) => v.setFloat64(at + 8 + 8 * n, x, true));
    });
    v.setInt32(l.header.change_count, l.change_count + this.#changes.length, true);
    this.#exports.init();
    this.#exports.run(l.steps + 1);
    const rows = v.getInt32(l.header.rows, true);
    const table = new Float64Array(this.#exports.memory.buffer, l.out, rows * l.width).slice();
    return new Result(l, table, rows, v.getInt32(l.header.status, true), v.getInt32(l.header.where, true));
  }
}

class Result {
  #width;
  #table;

  constructor(l, table, rows, how, where) {
    this.#width = l.width;
    this.#table = table;
    this.times = Float64Array.from({ length: rows }, (_, i) => l.start + i * l.save);
    this.complete = how === status.complete;
    this.reason = this.complete ? "" : reason(l, how, where);
  }

  /** Returns the numbers of a variable, or of an element, one for each of times. */
  series(name) {
    const c = columns.get(name);
    if (c === undefined) throw new RangeError(`the model has no variable ${JSON.stringify(name)}`);
    return Float64Array.from({ length: this.times.length }, (_, i) => this.#table[i * this.#width + c]);
  }

  /** Returns the last number of a variable that the run came to. */
  last(name) {
    return this.series(name).at(-1);
  }
}

function reason(l, how, where) {
  if (how === status.nonFinite) return `a number is not finite at ${l.start + where * l.save}`;
  if (how === status.outside) return `the table ${l.tables[where]} is read where it has no points`;
  if (how === status.shortDelay) return `the delay of ${l.guards[where]} is shorter than a step`;
  return `the delay of ${l.memories[where]} ${how === status.longDelay ? "is too long" : "is not a number"}`;
}
