// Runs the model's module: the page's single lines and the workers' futures.

import type { Change, Job, Layout } from "./model.ts";

const running = 0; // of the module's status
const complete = 1;

export type Set = (values: Float64Array) => void;

// A Start is the module's state between two steps, from which runs that begin alike go on.
export interface Start {
  steps: number;
  rows: number;
  state: Uint8Array;
}

export class Host {
  private readonly values: Float64Array;
  private readonly usual: Float64Array;
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
    this.values = new Float64Array(memory.buffer, layout.values, layout.count);
    this.usual = this.values.slice();
    this.drawn = [this.view.getBigUint64(layout.header.seed, true), this.view.getBigUint64(layout.header.member, true)];
  }

  // draw says by which seed and member the model draws from now on; null: as in the central run.
  draw(by: { seed: number; member: number } | null): void {
    const [seed, member] = by ? [BigInt(by.seed), BigInt(by.member)] : this.drawn;
    this.view.setBigUint64(this.layout.header.seed, seed, true);
    this.view.setBigUint64(this.layout.header.member, member, true);
  }

  // run runs a job and reports whether all its numbers are finite to the end. member
  // sets further numbers before the job's own.
  run(job: Job, member?: Set): boolean {
    this.begin(job, member);
    return this.finish();
  }

  // start runs a job's first steps, and gives null if the run breaks down in them.
  start(job: Job, steps: number, member?: Set): Start | null {
    const l = this.layout;
    this.begin(job, member);
    this.steps(steps);
    if (this.whole(l.header.status) !== running) return null;
    const rows = this.whole(l.header.rows);
    return { steps, rows, state: this.bytes.slice(l.state, l.out + 8 * l.width * rows) };
  }

  // goOn runs a job to its end from where one with the same values, which had no other
  // changes yet, was then.
  goOn(start: Start, job: Job): boolean {
    const l = this.layout;
    this.bytes.set(start.state, l.state);
    this.view.setInt32(l.header.done, start.steps, true);
    this.view.setInt32(l.header.rows, start.rows, true);
    this.view.setInt32(l.header.status, running, true);
    this.change(job.changes);
    return this.finish();
  }

  private begin(job: Job, member?: Set): void {
    this.values.set(this.usual);
    member?.(this.values);
    for (const [place, value] of job.values) this.values[place] = value;
    this.change(job.changes);
    (this.instance.exports["init"] as () => void)();
  }

  private change(changes: Change[]): void {
    const l = this.layout;
    const room = l.change_room - l.change_count;
    if (changes.length > room) throw new Error(`there is room for ${room} changes`);
    changes.forEach((c, i) => {
      const at = l.changes + (l.change_count + i) * l.change_size;
      this.view.setInt32(at, c.at, true);
      this.view.setInt32(at + 4, c.kind, true);
      [c.amount, c.start, c.over, c.until ?? Infinity].forEach((x, k) => this.view.setFloat64(at + 8 + 8 * k, x, true));
    });
    this.view.setInt32(l.header.change_count, l.change_count + changes.length, true);
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

  // column is a series of the last run; NaN where it did not come so far.
  column(column: number): Float64Array {
    const out = new Float64Array(this.layout.rows).fill(NaN);
    this.each(column, 0, (v, i) => (out[i] = v));
    return out;
  }

  // each calls f with the numbers of a column, from a row on.
  each(column: number, from: number, f: (value: number, row: number) => void): void {
    const l = this.layout;
    const rows = this.whole(l.header.rows);
    const table = new Float64Array(this.view.buffer, l.out, rows * l.width);
    for (let i = from; i < rows; i++) f(table[i * l.width + column]!, i);
  }

  // last is a column's number in the last row.
  last(column: number): number {
    const l = this.layout;
    const rows = this.whole(l.header.rows);
    return rows < l.rows ? NaN : this.view.getFloat64(l.out + 8 * ((rows - 1) * l.width + column), true);
  }
}

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
