import assert from "node:assert/strict";
import { test } from "node:test";
import { outline, unpacked } from "../src/live/bands.ts";
import { Round, type Known } from "../src/live/futures.ts";
import type { Host } from "../src/live/host.ts";
import type { Job } from "../src/live/model.ts";
import { between } from "../src/live/plot.ts";
import { quantile, rangeOf, verdictOf } from "../src/live/summary.ts";

test("quantiles lie on straight lines between neighbours", () => {
  const sorted = Float64Array.of(1, 2, 3, 4, 5);
  assert.equal(quantile(sorted, 0.5), 3);
  assert.equal(quantile(sorted, 0.1), 1.4);
  assert.ok(Number.isNaN(quantile(new Float64Array(0), 0.5)));
  assert.deepEqual(rangeOf(Float64Array.of(5, 3, 1, 2, 4)), { low: 1.4, median: 3, high: 4.6 });
});

test("a difference within the noise is neither better nor worse", () => {
  const v = verdictOf(Float64Array.of(0, 0, 0, 0), Float64Array.of(2, -2, 0.05, 3), true, 0.1);
  assert.deepEqual([v.better, v.worse], [0.5, 0.25]);
  assert.equal(verdictOf(Float64Array.of(0, 0), Float64Array.of(2, -2), false, 0).better, 0.5);
});

// A model of one number a: its series is a times the row, plus the amount of the change.
// Where a is negative it breaks down.
function host(runs: string[]): Host {
  const values = Float64Array.of(1);
  let job: Job;
  const series = () => Float64Array.of(0, values[0]!, 2 * values[0]!).map((v) => v + (job.changes[0]?.amount ?? 0));
  return {
    run(j: Job, member: (v: Float64Array) => void) {
      member(values);
      job = j;
      runs.push(`${values[0]} ${j.changes.length}`);
      return values[0]! >= 0;
    },
    column: series,
    last: () => series()[2]!,
  } as unknown as Host;
}

const model = { layout: { rows: 3 }, views: [{ column: 0, better: "higher", noise: 0, weights: null }], places: [[0]], count: 4, thin: [2, 3] };
const job = (amount: number): Job => ({ values: [], changes: [{ at: 0, kind: 0, amount, start: 0, over: 0, until: null }] });
const none: Job = { values: [], changes: [] };

function answer(jobs: Job[], known: Known, runs: string[], difference = false) {
  const setup = { values: Float64Array.of(1, 2, -1, 3), model } as unknown as ConstructorParameters<typeof Round>[1];
  const round = new Round(host(runs), setup, { id: 1, jobs, shown: 0, difference }, known);
  while (!round.go(1));
  return round.answer(0);
}

test("a future in which any run breaks down is left out of all, and counted", () => {
  const a = answer([none, job(5)], { key: "", runs: [] }, []);
  assert.deepEqual([a.counted, a.excluded], [3, 1]);
  assert.equal(a.levels[0]![0]!.median, 4);
  assert.equal(a.levels[1]![0]!.median, 9);
  assert.deepEqual({ ...a.verdicts[1]![0]! }, { low: 5, median: 5, high: 5, better: 1, worse: 0 });
  assert.deepEqual(a.bands[0]!.futures.map((f) => [...f]), [[0, 3, 6]]); // of the single ones, member 2 is left out
});

test("bands of differences pair the futures", () => {
  const a = answer([none, job(5)], { key: "", runs: [] }, [], true);
  assert.deepEqual([...a.bands[1]!.low], [5, 5, 5]);
  assert.deepEqual([...a.bands[0]!.high], [0, 0, 0]);
});

test("the baseline is not run again while only decisions move", () => {
  const known: Known = { key: "", runs: [] };
  const first: string[] = [];
  answer([none, job(5)], known, first);
  const second: string[] = [];
  const a = answer([none, job(6)], known, second);
  assert.deepEqual(first.filter((r) => r.endsWith(" 0")).length, 4);
  assert.deepEqual(second.filter((r) => r.endsWith(" 0")).length, 0);
  assert.equal(a.verdicts[1]![0]!.median, 6);
});

test("bands are unpacked to values of the axis, gaps staying gaps", () => {
  const b = unpacked({ rows: [[0, 400, null, -200], [4000, 0, 0, 0], [2000, null, 0, 0]], words: [] }, { min: 100, max: 200 });
  assert.deepEqual(b.low, [100, 110, null, 105]);
  assert.deepEqual(b.high, [200, 200, 200, 200]);
  assert.deepEqual(b.futures, [[150, null, 150, 150]]);
});

test("an outline goes along the top and back along the bottom", () => {
  assert.deepEqual(outline({ low: [1, 2], high: [3, null] }, (i, v) => [i, v]), [[0, 3], [1, 2], [0, 1]]);
});

test("lines move from old to new; new ones stand at once", () => {
  const line = (key: string, values: number[]) => ({ key, name: key, values, label: "", from: 0 });
  const half = between([line("a", [0, 0])], [line("a", [2, 4]), line("b", [7, 7])], 0.5);
  assert.deepEqual(half.map((l) => [...(l.values as number[])]), [[1, 2], [7, 7]]);
});
