// The runs of the page: the run itself, the reader's own while a slider is moved, variants, runs
// that the reader kept, and earlier results. Columns are computed when they are asked for.

import type { Earlier, Runs } from "../generated.ts";
import type { Host } from "../live/host.ts";
import { timesOf, type Model } from "../live/model.ts";
import { unpack } from "../save.ts";
import type { Shown } from "../walk/walk.ts";

export type Values = [place: number, value: number][];

export interface BankRun extends Shown {
  said: string; // which settings it has, or which file it is from
  values: Values | null; // null for an earlier result
  // exact is a column at the times of the model's rows; NaN where the run has no number of its own.
  exact: (column: number) => Float64Array;
}

const most = 8; // runs: each has a colour and a dash of its own

export class Bank {
  readonly times: number[];
  readonly runs: BankRun[] = [];
  private yours: BankRun | null = null;
  private now: BankRun | null = null; // whose numbers are in the module
  private readonly heard: (() => void)[] = [];

  private constructor(
    m: Model,
    readonly host: Host,
  ) {
    this.times = timesOf(m);
  }

  static async open(m: Model, host: Host, data: Runs): Promise<Bank> {
    const bank = new Bank(m, host);
    bank.runs.push(bank.computed("s0", "this run", "", []));
    for (const v of data.variants) bank.runs.push(bank.computed(`s${bank.runs.length}`, v.name, v.said, v.values));
    for (const e of data.earlier) bank.runs.push(await bank.earlier(`s${bank.runs.length}`, e));
    return bank;
  }

  listen(f: () => void): void {
    this.heard.push(f);
  }

  // shown are all runs, the reader's own last.
  shown(): BankRun[] {
    return this.yours ? [...this.runs, this.yours] : this.runs;
  }

  get full(): boolean {
    return this.runs.length >= most;
  }

  // move sets the reader's own run; null takes it away.
  move(values: Values | null, said: string): void {
    this.yours = values ? this.computed("yours", "yours", said, values) : null;
    this.now = null;
    this.heard.forEach((f) => f());
  }

  // keep makes the reader's own run one of the others, under a name.
  keep(name: string): void {
    const y = this.yours;
    if (!y?.values || this.full) return;
    this.runs.push(this.computed(`s${this.runs.length}`, name, y.said, y.values));
    this.move(null, "");
  }

  private computed(key: string, name: string, said: string, values: Values): BankRun {
    const columns = new Map<number, Float64Array>();
    const run: BankRun = {
      key, name, said, values,
      column: (c) => {
        const known = columns.get(c);
        if (known) return known;
        if (this.now !== run) this.host.run({ job: { values, changes: [] } });
        this.now = run;
        const got = this.host.column(c);
        if (columns.size < 400) columns.set(c, got); // the rest is computed again when asked for
        return got;
      },
      exact: (c) => run.column(c),
    };
    return run;
  }

  // earlier is a result from a file. Between its own times the line is straight, as it is drawn.
  private async earlier(key: string, e: Earlier): Promise<BankRun> {
    const columns = new Map<number, Float64Array>();
    for (const c of e.columns) columns.set(c.column, new Float64Array(await unpack({ name: "", type: "", data: c.data })));
    const none = new Float64Array(this.times.length).fill(NaN);
    const at = (c: number, between: boolean) => {
      const points = columns.get(c);
      return points ? resampled(points, this.times, between) : none;
    };
    return { key, name: e.name, said: e.said, values: null, column: (c) => at(c, true), exact: (c) => at(c, false) };
  }
}

// resampled is a series, times and then values, at other times: the number at a time that it has,
// on the straight line between two neighbours if that is wanted, and NaN elsewhere.
export function resampled(points: Float64Array, times: number[], between: boolean): Float64Array {
  const n = points.length / 2;
  const out = new Float64Array(times.length).fill(NaN);
  let k = 0;
  times.forEach((t, i) => {
    const slack = 1e-6 * Math.max(1, Math.abs(t)); // files print times with few digits
    while (k < n && points[k]! < t - slack) k++;
    if (k >= n) return;
    if (Math.abs(points[k]! - t) <= slack) out[i] = points[n + k]!;
    else if (between && k > 0) {
      const share = (t - points[k - 1]!) / (points[k]! - points[k - 1]!);
      out[i] = points[n + k - 1]! + share * (points[n + k]! - points[n + k - 1]!);
    }
  });
  return out;
}
