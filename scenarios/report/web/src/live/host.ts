// Runs the model's module: the page's single lines and the worker's futures.

import type { Job, Layout } from "./model.ts";

const complete = 1; // of the module's status

export class Host {
  private readonly values: Float64Array;
  private readonly usual: Float64Array;
  private readonly view: DataView;

  constructor(
    private readonly instance: WebAssembly.Instance,
    private readonly layout: Layout,
  ) {
    const memory = instance.exports["memory"] as WebAssembly.Memory;
    this.view = new DataView(memory.buffer);
    this.values = new Float64Array(memory.buffer, layout.values, layout.count);
    this.usual = this.values.slice();
  }

  // run runs a job and reports whether all its numbers are finite to the end. member
  // sets further numbers before the job's own.
  run(job: Job, member?: (values: Float64Array) => void): boolean {
    const l = this.layout;
    this.values.set(this.usual);
    member?.(this.values);
    for (const [place, value] of job.values) this.values[place] = value;
    const room = l.change_room - l.change_count;
    if (job.changes.length > room) throw new Error(`there is room for ${room} changes`);
    job.changes.forEach((c, i) => {
      const at = l.changes + (l.change_count + i) * l.change_size;
      this.view.setInt32(at, c.at, true);
      this.view.setInt32(at + 4, c.kind, true);
      [c.amount, c.start, c.over, c.until ?? Infinity].forEach((x, k) => this.view.setFloat64(at + 8 + 8 * k, x, true));
    });
    this.view.setInt32(l.header.change_count, l.change_count + job.changes.length, true);
    (this.instance.exports["init"] as () => void)();
    (this.instance.exports["run"] as (steps: number) => number)(l.steps + 1);
    return this.view.getInt32(l.header.status, true) === complete;
  }

  // column is a series of the last run; NaN where it did not come so far.
  column(column: number): Float64Array {
    const l = this.layout;
    const rows = this.view.getInt32(l.header.rows, true);
    const out = new Float64Array(l.rows).fill(NaN);
    const table = new Float64Array(this.view.buffer, l.out, rows * l.width);
    for (let i = 0; i < rows; i++) out[i] = table[i * l.width + column]!;
    return out;
  }

  // last is a column's number in the last row.
  last(column: number): number {
    const l = this.layout;
    const rows = this.view.getInt32(l.header.rows, true);
    return rows < l.rows ? NaN : this.view.getFloat64(l.out + 8 * ((rows - 1) * l.width + column), true);
  }
}

// weighed is a series added up with weights, the sum of a cost.
export function weighed(series: ArrayLike<number>, weights: number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) sum += weights[i]! * series[i]!;
  return sum;
}
