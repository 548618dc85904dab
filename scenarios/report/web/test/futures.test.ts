import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { unpacked } from "../src/live/bands.ts";
import { outline } from "../src/shapes.ts";
import { joined, shares, summed, type About } from "../src/live/answers.ts";
import { Futures, type Part } from "../src/live/futures.ts";
import { Host, sharedSteps, type Lane } from "../src/live/host.ts";
import type { Job, Layout } from "../src/live/model.ts";
import { quantile, rangeOf, verdictOf } from "../src/live/summary.ts";

test("the quantile has the bits of Go's", () => {
  const cases = JSON.parse(readFileSync("test/quantile.json", "utf8")) as { values: number[]; q: number; want: number | null }[];
  assert.ok(cases.length > 50);
  for (const { values, q, want } of cases) {
    assert.ok(Object.is(quantile(values, q), want ?? NaN), `${q} of ${values.length} values`);
  }
});

test("a range is of the values in any order", () => {
  assert.deepEqual(rangeOf(Float64Array.of(5, 3, 1, 2, 4)), { low: 1.4, median: 3, high: 4.6 });
});

test("a difference within the noise is neither better nor worse", () => {
  const v = verdictOf(Float64Array.of(0, 0, 0, 0), Float64Array.of(2, -2, 0.05, 3), true, 0.1);
  assert.deepEqual([v.better, v.worse], [0.5, 0.25]);
  assert.equal(verdictOf(Float64Array.of(0, 0), Float64Array.of(2, -2), false, 0).better, 0.5);
});

// A model of one number a: its series is a times the row, plus the amount of the change,
// which begins at row 1. Where a is negative it breaks down, with the run beside it. What it is
// asked is noted.
function host(asked: string[], lanes: number): Host {
  let ran: { a: number; job: Job }[] = [];
  const series = (lane: number) => Float64Array.of(0, ran[lane]!.a, 2 * ran[lane]!.a).map((v, i) => v + (i > 0 ? (ran[lane]!.job.changes[0]?.amount ?? 0) : 0));
  const begin = (list: Lane[]) => {
    ran = list.map(({ job, member }) => {
      const values = Float64Array.of(1);
      member!(values);
      for (const [, v] of job.values) values[0] = v;
      return { a: values[0]!, job };
    });
    return ran.every(({ a }) => a >= 0);
  };
  const mock = {
    lanes,
    run: (...list: Lane[]) => (asked.push("run"), begin(list)),
    start: (steps: number, ...list: Lane[]) => (asked.push("start"), begin(list) ? { steps, rows: 0, state: ran } : null),
    goOn: (s: { state: typeof ran }, ...list: Lane[]) => (asked.push("goOn"), (ran = s.state.map(({ a }, i) => ({ a, job: list[i]!.job }))), true),
    each: (_: number, from: number, f: (v: number, i: number) => void, lane = 0) => series(lane).forEach((v, i) => i >= from && f(v, i)),
    last: (_: number, lane = 0) => series(lane)[2]!,
  };
  return Object.assign(Object.create(Host.prototype) as Host, mock);
}

const layout = { rows: 3, steps: 20, start: 0, step: 0.1, state: 0, out: 8, width: 1 };
const views = [{ column: 0, better: "higher", noise: 0, weights: null }];
const about = { views, rows: 3, today: 1, thin: [2, 3] } as unknown as About;
const job = (amount: number, a?: number): Job => ({ values: a === undefined ? [] : [[0, a]], changes: [{ at: 0, kind: 0, amount, start: 1, over: 0, until: null }] });
const none: Job = { values: [], changes: [] };

// worker has some futures: a is 1, 2, -1 and 3.
function worker(asked: string[], from = 0, to = 4, room = 1 << 20, lanes = 1): Futures {
  const values = Float64Array.of(1, 2, -1, 3).slice(from, to);
  const setup = { values, count: to - from, seed: 0, numbers: [], today: 1, usual: job(1).changes, room, model: { layout, views, places: [[0]] } };
  return new Futures(host(asked, lanes), setup as unknown as ConstructorParameters<typeof Futures>[1]);
}

let id = 0;
function parts(futures: Futures, jobs: Job[], drawn = jobs.length): Part[] {
  futures.ask({ id: ++id, jobs, drawn, shown: [0] });
  const out: Part[] = [];
  for (let p = futures.go(); p !== undefined; p = futures.go()) if (p) out.push(p);
  return out;
}

const answer = (jobs: Job[], difference = false, futures = worker([])) => summed(about, parts(futures, jobs)[0]!.runs, difference);

test("a future in which any run breaks down is left out of all, and counted", () => {
  const a = answer([none, job(5)]);
  assert.deepEqual([a.counted, a.excluded], [3, 1]);
  assert.equal(a.levels[0]![0]!.median, 4);
  assert.equal(a.levels[1]![0]!.median, 9);
  assert.deepEqual({ ...a.verdicts[1]![0]! }, { low: 5, median: 5, high: 5, better: 1, worse: 0 });
  assert.deepEqual(a.bands[0]![0]!.futures.map((f) => [...f]), [[NaN, 3, 6]]); // of the single ones, the third is left out
});

test("bands of differences pair the futures", () => {
  const a = answer([none, job(5)], true);
  assert.deepEqual([...a.bands[0]![1]!.low], [NaN, 5, 5]);
  assert.deepEqual([...a.bands[0]![0]!.high], [NaN, 0, 0]);
});

test("runs with the same values share their first steps, and no run is done twice", () => {
  const asked: string[] = [];
  const futures = worker(asked);
  parts(futures, [none, job(5)]);
  const count = (what: string) => asked.filter((x) => x === what).length;
  assert.deepEqual([count("start"), count("goOn"), count("run")], [4, 6, 0]); // one of the four breaks down at once
  parts(futures, [none, job(6)]);
  assert.deepEqual([count("start"), count("goOn")], [4, 9]);
  parts(futures, [none, job(5)]);
  assert.deepEqual([count("start"), count("goOn")], [4, 9]);
});

test("side by side, a future that breaks down takes none with it", () => {
  const asked: string[] = [];
  const futures = worker(asked, 0, 4, 1 << 20, 2);
  const a = answer([none, job(5)], false, futures);
  assert.deepEqual([a.counted, a.excluded], [3, 1]);
  assert.deepEqual([...new Set(asked)], ["start", "goOn", "run"]);
  assert.equal(asked.filter((x) => x === "run").length, 4); // the pair with the broken one, for both jobs
  assert.equal(asked.filter((x) => x === "goOn").length, 2);
});

test("another assumption is another beginning; a run of other values is done from its start", () => {
  const asked: string[] = [];
  const futures = worker(asked);
  parts(futures, [none, job(5)]);
  asked.length = 0;
  parts(futures, [{ values: [[0, 7]], changes: [] }, job(5, 7), job(4)]);
  assert.deepEqual([...new Set(asked)].sort(), ["goOn", "run", "start"]);
  assert.equal(asked.filter((x) => x === "run").length, 4);
});

test("what is found does not depend on shares, on workers, on lanes or on what is kept", () => {
  const jobs = [none, job(5), job(-2), job(9)];
  const whole = parts(worker([], 0, 4, 0), jobs, 2);
  for (const cuts of [[0, 4], [0, 1, 4], [0, 2, 3, 4]]) {
    for (const [lanes, room] of [[1, 1 << 20], [2, 1 << 20], [2, 0]]) {
      const each = cuts.slice(1).map((to, i) => parts(worker([], cuts[i], to, room, lanes), jobs, 2));
      for (const group of [0, 1]) {
        const runs = whole[group]!.runs.map((_, j) => joined(each.map((p) => p[group]!.runs[j]!), 1));
        assert.deepEqual(runs, whole[group]!.runs);
      }
    }
  }
});

test("what is drawn is answered first; the others have no series", () => {
  const list = parts(worker([]), [none, job(5), job(6)], 2);
  assert.deepEqual(list.map((p) => [p.group, p.runs.length, p.runs.every((r) => r.series !== null)]), [[0, 2, true], [1, 1, false]]);
});

test("shares are whole and take every future once", () => {
  assert.deepEqual(shares(10, 4), [[0, 2], [2, 5], [5, 7], [7, 10]]);
});

test("steps are shared until the first change begins, by the rule of the engine", () => {
  const l = { start: 2000, step: 0.25, steps: 40 } as Layout;
  const from = (start: number) => sharedSteps(l, [{ ...job(1).changes[0]!, start }, { ...job(1).changes[0]!, start: 2008 }]);
  assert.deepEqual([from(2005), from(2005.1), from(2005.2), from(1990), sharedSteps(l, [])], [20, 20, 21, 0, 40]);
});

test("bands are unpacked to values of the axis, gaps staying gaps", () => {
  const b = unpacked({ low: [99, null], high: [250, 1e9], futures: [[0, 400, null, -200], [2000, null, 0, 0]], words: [] }, { min: 100, max: 200 });
  assert.deepEqual([b.low, b.high], [[99, null], [250, 1e9]]);
  assert.deepEqual(b.futures, [[100, 110, null, 105], [150, null, 150, 150]]);
});

test("an outline goes along the top and back along the bottom", () => {
  assert.deepEqual(outline({ low: [1, 2], high: [3, NaN] }, (i, v) => [i, v]), [[0, 3], [1, 2], [0, 1]]);
});
