// Runs the model's module: the page's single lines and the workers' futures.

import type { Change, Job, Layout } from "./model.ts";

const running = 0; // of the module's status
const complete = 1;

export type Set = (values: Float64Array) => void;

// A Lane is one of the runs that the module does side by side.
export interface Lane {
  job: Job;
  member?: Set; // sets further numbers before the job's own
  draws?: { seed: number; member: number }; // by which the model draws; else as the central run
}

// A Start is the module's state between two steps, from which runs that begin alike go on:
// those of all lanes.
export interface Start {
  steps: number;
  rows: number;
  state: Uint8Array;
}

export class Host {
  readonly lanes: number; // runs side by side
  private readonly values: Float64Array; // of each place those of all lanes
  private readonly usual: Float64Array; // by place
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  private readonly drawn: [seed: bigint, member: bigint]; // of the central run

  constructor(
    private readonly instance: WebAssembly.Instance,
    private readonly layout: Layout,
  ) {
    const memory = instance.exports["memory"] as WebAssembly.Memory;
    this.view = new DataView(memory.buffer);
    this.bytes = new Uint8Array(memory.buffer);
    this.lanes = layout.lanes;
    this.values = new Float64Array(memory.buffer, layout.values, layout.count * this.lanes);
    this.usual = this.values.filter((_, i) => i % this.lanes === 0);
    this.drawn = [this.view.getBigUint64(layout.header.seed, true), this.view.getBigUint64(layout.header.member, true)];
  }

  // run does one run in each lane and reports whether all their numbers are finite to the
  // end. Lanes without a run of their own repeat the last.
  run(...lanes: Lane[]): boolean {
    this.begin(lanes);
    return this.finish();
  }

  // runs does any number of runs; read is called after each, with the lane that has its rows.
  // A run that breaks down ends those beside it, so these are done again alone.
  runs(all: Lane[], read: (run: number, finite: boolean, lane: number) => void): void {
    for (let from = 0; from < all.length; from += this.lanes) {
      const group = all.slice(from, from + this.lanes);
      this.apart(group, this.run(...group), (i, finite, lane) => read(from + i, finite, lane));
    }
  }

  // apart reads the runs of a group that was done, or does each alone if the group broke down.
  apart(group: Lane[], finite: boolean, read: (run: number, finite: boolean, lane: number) => void): void {
    if (finite || group.length === 1) group.forEach((_, i) => read(i, finite, i));
    else group.forEach((lane, i) => read(i, this.run(lane), 0));
  }

  // start does the first steps of runs, and gives null if one breaks down in them.
  start(steps: number, ...lanes: Lane[]): Start | null {
    const l = this.layout;
    this.begin(lanes);
    this.steps(steps);
    if (this.whole(l.header.status) !== running) return null;
    const rows = this.whole(l.header.rows);
    return { steps, rows, state: this.bytes.slice(l.state, l.out + 8 * l.width * rows) };
  }

  // goOn does runs to their end from where ones with the same values, which had no other
  // changes yet, were then.
  goOn(start: Start, ...lanes: Lane[]): boolean {
    const l = this.layout;
    this.bytes.set(start.state, l.state);
    this.view.setInt32(l.header.done, start.steps, true);
    this.view.setInt32(l.header.rows, start.rows, true);
    this.view.setInt32(l.header.status, running, true);
    this.change(lanes);
    return this.finish();
  }

  private begin(lanes: Lane[]): void {
    for (let i = 0; i < this.lanes; i++) {
      const { member, job } = of(lanes, i);
      const values = this.usual.slice();
      member?.(values);
      for (const [place, value] of job.values) values[place] = value;
      for (let k = 0; k < values.length; k++) this.values[k * this.lanes + i] = values[k]!;
    }
    this.change(lanes);
    (this.instance.exports["init"] as () => void)();
  }

  // change writes by what the lanes draw, and their changes.
  private change(lanes: Lane[]): void {
    const l = this.layout;
    let n = l.change_count;
    for (let lane = 0; lane < this.lanes; lane++) {
      const { draws, job } = of(lanes, lane);
      const [seed, member] = draws ? [BigInt(draws.seed), BigInt(draws.member)] : this.drawn;
      this.view.setBigUint64(l.header.seed, seed, true);
      this.view.setBigUint64(l.header.member + 8 * lane, member, true);
      for (const c of job.changes) {
        if (n === l.change_room) throw new Error(`there is room for ${n} changes`);
        const at = l.changes + n++ * l.change_size;
        this.view.setInt32(at, c.at * this.lanes + lane, true);
        this.view.setInt32(at + 4, c.kind, true);
        [c.amount, c.start, c.over, c.until ?? Infinity].forEach((x, k) => this.view.setFloat64(at + 8 + 8 * k, x, true));
      }
    }
    this.view.setInt32(l.header.change_count, n, true);
  }

  private finish(): boolean {
    this.steps(this.layout.steps + 1);
    return this.whole(this.layout.header.status) === complete;
  }

  private steps(n: number): void {
    (this.instance.exports["run"] as (steps: number) => number)(n);
  }

  private whole(at: number): number {
    return this.view.getInt32(at, true);
  }

  // column is a series of the last run in a lane; NaN where it did not come so far.
  column(column: number, lane = 0): Float64Array {
    const out = new Float64Array(this.layout.rows).fill(NaN);
    this.each(column, 0, (v, i) => (out[i] = v), lane);
    return out;
  }

  // each calls f with the numbers of a column, from a row on.
  each(column: number, from: number, f: (value: number, row: number) => void, lane = 0): void {
    const l = this.layout;
    const rows = this.whole(l.header.rows);
    const table = new Float64Array(this.view.buffer, l.out, rows * l.width);
    for (let i = from, at = from * l.width + column * this.lanes + lane; i < rows; i++, at += l.width) f(table[at]!, i);
  }

  // last is a column's number in the last row.
  last(column: number, lane = 0): number {
    const l = this.layout;
    const rows = this.whole(l.header.rows);
    return rows < l.rows ? NaN : this.view.getFloat64(l.out + 8 * ((rows - 1) * l.width + column * this.lanes + lane), true);
  }
}

// of is what a lane runs.
const of = (lanes: Lane[], i: number) => lanes[Math.min(i, lanes.length - 1)]!;

// weighed is a series added up with weights, the sum of a cost.
export function weighed(series: ArrayLike<number>, weights: number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) sum += weights[i]! * series[i]!;
  return sum;
}

// sharedSteps is how many steps a run has done before the first of some changes begins.
export function sharedSteps(l: Layout, changes: Change[]): number {
  const first = Math.min(...changes.map((c) => c.start));
  let i = 0;
  while (i < l.steps && !(l.start + i * l.step + l.step / 2 > first)) i++;
  return i;
}
