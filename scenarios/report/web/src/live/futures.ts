// Several hundred futures of a few runs: what the worker computes, in slices, so that a
// newer question stops an older one.

import type { Host } from "./host.ts";
import { weighed } from "./host.ts";
import type { Job, Model } from "./model.ts";
import { rangeOf, verdictOf, type Range, type Verdict } from "./summary.ts";

export interface Setup {
  bytes: ArrayBuffer;
  model: Pick<Model, "layout" | "views"> & { places: number[][]; count: number; thin: number[] };
  values: Float64Array;
}

export interface Question {
  id: number;
  jobs: Job[]; // the first is the baseline
  shown: number; // the view whose bands are wanted
  difference: boolean; // of each job less the first in the same future
}

export interface BandRows {
  low: Float64Array;
  high: Float64Array;
  futures: Float64Array[];
}

export interface Answer {
  id: number;
  counted: number;
  excluded: number;
  bands: BandRows[]; // by job, of the view shown
  levels: Range[][]; // by job and view: at the horizon
  verdicts: Verdict[][]; // by job and view: against the first job
  ms: number;
}

// A Run is what is kept of one run; null if a number was not finite.
type Run = { shown: Float64Array; levels: number[] } | null;

// Known are the first job's runs, by member: they stay while only decisions move.
export interface Known {
  key: string;
  runs: Run[];
}

// A Round collects the futures of one question.
export class Round {
  private member = 0;
  private excluded = 0;
  private readonly kept: number[] = []; // members that are finite in every job
  private readonly series: Float64Array[][]; // by job and kept member: of the view shown
  private readonly levels: number[][][]; // by job, view and kept member

  constructor(
    private readonly host: Host,
    private readonly setup: Omit<Setup, "bytes">,
    readonly question: Question,
    private readonly known: Known = { key: "", runs: [] },
  ) {
    const key = JSON.stringify([question.jobs[0], question.shown]);
    if (known.key !== key) [known.key, known.runs] = [key, []];
    this.series = question.jobs.map(() => []);
    this.levels = question.jobs.map(() => setup.model.views.map(() => []));
  }

  // go runs further futures and reports whether all are done.
  go(futures: number): boolean {
    const end = Math.min(this.setup.model.count, this.member + futures);
    for (; this.member < end; this.member++) this.one();
    return this.member === this.setup.model.count;
  }

  private one(): void {
    const { places } = this.setup.model;
    const own = this.setup.values.subarray(this.member * places.length, (this.member + 1) * places.length);
    const set = (values: Float64Array) => places.forEach((list, k) => list.forEach((p) => (values[p] = own[k]!)));
    const runs: NonNullable<Run>[] = [];
    for (const [j, job] of this.question.jobs.entries()) {
      let run = j === 0 ? this.known.runs[this.member] : undefined;
      if (run === undefined) run = this.host.run(job, set) ? this.read() : null;
      if (j === 0) this.known.runs[this.member] = run;
      if (run === null) {
        this.excluded++;
        return;
      }
      runs.push(run);
    }
    this.kept.push(this.member);
    runs.forEach((r, j) => {
      this.series[j]!.push(this.question.difference ? r.shown.map((v, i) => v - runs[0]!.shown[i]!) : r.shown);
      r.levels.forEach((v, k) => this.levels[j]![k]!.push(v));
    });
  }

  private read(): NonNullable<Run> {
    const views = this.setup.model.views;
    const shown = this.host.column(views[this.question.shown]!.column);
    const levels = views.map((v) => (v.weights?.length ? weighed(this.host.column(v.column), v.weights) : this.host.last(v.column)));
    return { shown, levels };
  }

  answer(ms: number): Answer {
    const views = this.setup.model.views;
    const lists = this.levels.map((byView) => byView.map((l) => Float64Array.from(l)));
    return {
      id: this.question.id,
      counted: this.kept.length,
      excluded: this.excluded,
      bands: this.series.map((s) => this.band(s)),
      verdicts: lists.map((byView) => byView.map((l, k) => verdictOf(lists[0]![k]!, l, views[k]!.better !== "lower", views[k]!.noise))),
      levels: lists.map((byView) => byView.map((l) => rangeOf(l.slice()))),
      ms,
    };
  }

  private band(series: Float64Array[]): BandRows {
    const rows = this.setup.model.layout.rows;
    const out: BandRows = { low: new Float64Array(rows), high: new Float64Array(rows), futures: [] };
    const at = new Float64Array(series.length);
    for (let i = 0; i < rows; i++) {
      series.forEach((s, k) => (at[k] = s[i]!));
      const r = rangeOf(at);
      out.low[i] = r.low;
      out.high[i] = r.high;
    }
    for (const member of this.setup.model.thin) {
      const k = this.kept.indexOf(member);
      if (k >= 0) out.futures.push(series[k]!);
    }
    return out;
  }
}
