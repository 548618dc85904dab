// Joins the futures of several workers, in the order of the futures, so that
// nothing depends on how many workers there are.

import type { Run } from "./futures.ts";
import type { Model } from "./model.ts";
import { rangeOf, verdictOf, type Range, type Verdict } from "./summary.ts";

export interface BandRows {
  low: Float64Array; // by row of the run; NaN before today
  median: Float64Array;
  high: Float64Array;
  futures: Float64Array[];
}

// An Answer is about the drawn jobs, or about the others, which are compared with the
// first of the drawn ones.
export interface Answer {
  id: number;
  group: number;
  counted: number;
  excluded: number;
  bands: BandRows[][]; // by view shown and drawn job
  levels: Range[][]; // by job and view: at the horizon
  verdicts: Verdict[][]; // by job and view: against the first job
}

export type About = Pick<Model, "views"> & { rows: number; today: number; thin: number[] };

// joined puts the runs of all workers together.
export function joined(parts: Run[], views: number): Run {
  const counts = parts.map((p) => p.broke.length);
  const count = counts.reduce((a, b) => a + b, 0);
  const by = (rows: number, of: (r: Run) => Float64Array) => {
    const out = new Float64Array(rows * count);
    let from = 0;
    parts.forEach((p, w) => {
      const list = of(p);
      for (let i = 0; i < rows; i++) out.set(list.subarray(i * counts[w]!, (i + 1) * counts[w]!), i * count + from);
      from += counts[w]!;
    });
    return out;
  };
  const broke = new Uint8Array(count);
  parts.reduce((from, p) => (broke.set(p.broke, from), from + p.broke.length), 0);
  const drawn = parts[0]!.series;
  const series = drawn && drawn.map((s, k) => by(s.length / counts[0]!, (r) => r.series![k]!));
  return { broke, levels: by(views, (r) => r.levels), series };
}

// summed is the answer of runs, of which the first is the baseline. A future in which one
// of them broke down is left out of all. With difference, bands are of each run less the
// first in the same future.
export function summed(about: About, runs: Run[], difference: boolean): Pick<Answer, "counted" | "excluded" | "bands" | "levels" | "verdicts"> {
  const all = runs[0]!.broke.length;
  const kept: number[] = [];
  for (let m = 0; m < all; m++) if (runs.every((r) => r.broke[m] === 0)) kept.push(m);
  const levels = runs.map((r) => about.views.map((_, v) => Float64Array.from(kept, (m) => r.levels[v * all + m]!)));
  return {
    counted: kept.length,
    excluded: all - kept.length,
    bands: (runs[0]!.series ?? []).map((first, k) => runs.flatMap((r) => (r.series ? [band(about, r.series[k]!, difference ? first : null, all, kept)] : []))),
    levels: levels.map((byView) => byView.map((l) => rangeOf(l.slice()))),
    verdicts: levels.map((byView) => byView.map((l, v) => verdictOf(levels[0]![v]!, l, about.views[v]!.better !== "lower", about.views[v]!.noise))),
  };
}

function band(about: About, series: Float64Array, less: Float64Array | null, all: number, kept: number[]): BandRows {
  const value = (row: number, m: number) => series[row * all + m]! - (less ? less[row * all + m]! : 0);
  const empty = () => new Float64Array(about.rows).fill(NaN);
  const out = { low: empty(), median: empty(), high: empty() };
  for (let row = 0; row < about.rows - about.today; row++) {
    const r = rangeOf(Float64Array.from(kept, (m) => value(row, m)));
    out.low[about.today + row] = r.low;
    out.median[about.today + row] = r.median;
    out.high[about.today + row] = r.high;
  }
  const futures = about.thin
    .filter((m) => kept.includes(m))
    .map((m) => Float64Array.from({ length: about.rows }, (_, i) => (i < about.today ? NaN : value(i - about.today, m))));
  return { ...out, futures };
}

// shares are where each worker's futures begin and end.
export function shares(count: number, workers: number): [number, number][] {
  return Array.from({ length: workers }, (_, w) => [Math.floor((w * count) / workers), Math.floor(((w + 1) * count) / workers)]);
}
