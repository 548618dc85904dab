// The runs of the page: the run itself, the reader's own while a slider is moved or a game is played,
// variants, runs that the reader kept, and earlier results. Columns are computed when they are asked
// for.

import type { Earlier, Runs } from "../generated.ts";
import type { Host } from "../live/host.ts";
import { timesOf, type Job, type Model } from "../live/model.ts";
import { unpack } from "../save.ts";
import type { Shown } from "../walk/walk.ts";

export interface BankRun extends Shown {
  said: string; // which settings it has, or which file it is from
  job: Job | null; // null for an earlier result
  // exact is a column at the times of the model's rows; NaN where the run has no number of its own.
  exact: (column: number) => Float64Array;
}

const most = 8; // runs: each has a colour and a dash of its own

export class Bank {
  readonly times: number[];
  readonly runs: BankRun[] = [];
  private given = 0; // of them, which cannot be removed
  private yours: BankRun | null = null;
  private now: BankRun | null = null; // whose numbers are in the module
  private readonly heard: (() => void)[] = [];
  private readonly off = new Set<string>(); // keys of runs that the reader switched off
  private end: { row: number; others: boolean } | null = null; // while a game is played

  private constructor(
    m: Model,
    readonly host: Host,
  ) {
    this.times = timesOf(m);
  }

  static async open(m: Model, host: Host, data: Runs): Promise<Bank> {
    const bank = new Bank(m, host);
    bank.runs.push(bank.computed("s0", "this run", "", { values: [], changes: [] }));
    for (const v of data.variants) bank.runs.push(bank.computed(`s${bank.runs.length}`, v.name, v.said, { values: v.values, changes: [] }));
    for (const e of data.earlier) bank.runs.push(await bank.earlier(`s${bank.runs.length}`, e));
    bank.given = bank.runs.length;
    return bank;
  }

  listen(f: () => void): void {
    this.heard.push(f);
  }

  // all are all runs, the reader's own last. While a game is played its own line ends at its date, and
  // the others too if they are not to tell what comes.
  all(): BankRun[] {
    const list = this.yours ? [...this.runs, this.yours] : this.runs;
    const end = this.end;
    return end ? list.map((r) => (r === this.yours || !end.others ? until(r, end.row) : r)) : list;
  }

  // shown are the runs that are drawn.
  shown(): BankRun[] {
    return this.all().filter((r) => !this.off.has(r.key));
  }

  isOff(r: BankRun): boolean {
    return this.off.has(r.key);
  }

  // turn draws a run, or draws it no more.
  turn(r: BankRun, on: boolean): void {
    if (on) this.off.delete(r.key);
    else this.off.add(r.key);
    this.tell();
  }

  // removable reports whether the reader made a run.
  removable(r: BankRun): boolean {
    return this.runs.findIndex((x) => x.key === r.key) >= this.given;
  }

  // remove takes away a run that the reader kept.
  remove(r: BankRun): void {
    this.runs.splice(this.runs.findIndex((x) => x.key === r.key), 1);
    this.off.delete(r.key);
    this.tell();
  }

  private tell(): void {
    this.heard.forEach((f) => f());
  }

  get full(): boolean {
    return this.runs.length >= most;
  }

  // move sets the reader's own run; null takes it away.
  move(job: Job | null, said: string): void {
    this.set(job, "yours", said, null);
  }

  // play sets the reader's own run to a game that has come to a row.
  play(job: Job, said: string, row: number, others: boolean): void {
    this.set(job, "your game", said, { row, others });
  }

  private set(job: Job | null, name: string, said: string, end: Bank["end"]): void {
    this.yours = job ? this.computed("yours", name, said, job) : null;
    this.now = null;
    this.end = end;
    this.tell();
  }

  // keep makes the reader's own run one of the others, under a name.
  keep(name: string): void {
    const y = this.yours;
    if (!y?.job || this.full) return;
    const used = new Set(this.runs.map((r) => r.key));
    let k = 0;
    while (used.has(`s${k}`)) k++;
    this.runs.push(this.computed(`s${k}`, name, y.said, y.job));
    this.move(null, "");
  }

  private computed(key: string, name: string, said: string, job: Job): BankRun {
    const columns = new Map<number, Float64Array>();
    const run: BankRun = {
      key, name, said, job,
      column: (c) => {
        const known = columns.get(c);
        if (known) return known;
        if (this.now !== run) this.host.run({ job });
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
    return { key, name: e.name, said: e.said, job: null, column: (c) => at(c, true), exact: (c) => at(c, false) };
  }
}

// until is a run as far as a row.
function until(r: BankRun, row: number): BankRun {
  const head = (all: Float64Array) => all.map((v, i) => (i <= row ? v : NaN));
  return { ...r, column: (c) => head(r.column(c)), exact: (c) => head(r.exact(c)) };
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
