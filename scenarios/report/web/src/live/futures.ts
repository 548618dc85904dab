// Several hundred futures of a few runs, as a worker computes them: in slices, so that a
// newer question stops an older one.

import { sharedSteps, weighed, type Host, type Lane, type Start } from "./host.ts";
import type { Change, Job, Model } from "./model.ts";

export interface Setup {
  module: WebAssembly.Module;
  model: Pick<Model, "layout" | "views"> & { places: number[][] };
  values: Float64Array; // of this worker's futures, one after the other
  count: number; // of them
  seed: number;
  numbers: number[]; // by which they draw; empty if the model draws nothing
  today: number; // row from which bands are drawn
  usual: Change[]; // of all scenarios: when the first begins
  room: number; // bytes for the states from which runs go on; 0: each runs from its start
}

export interface Question {
  id: number;
  jobs: Job[]; // the first is the baseline
  drawn: number; // how many of them, from the first on, are drawn: they are answered first
  shown: number[]; // the views that are drawn
}

// A Part is one worker's answer: for the drawn jobs, then for the others.
export interface Part {
  id: number;
  group: number; // 0 the drawn, 1 the others
  runs: Run[]; // by job of the group
}

// A Run is a job in all futures of a worker.
export interface Run {
  broke: Uint8Array; // by future: 1 if it met a number that is not finite
  levels: Float64Array; // by view and future: at the horizon; of a cost, its sum
  series: Float64Array[] | null; // of each view shown: by row from today on and future
}

const smallest = 8; // steps that are worth a state to go on from
const remembered = 40; // jobs

interface Known extends Run {
  done: number; // futures
  shown: string; // the views of the series
}

// Futures answers questions and remembers the runs of earlier ones.
export class Futures {
  private readonly known = new Map<string, Known>(); // by job
  private begin = { key: "", steps: 0, list: [] as (Start | null)[] };
  private question: Question = { id: 0, jobs: [], drawn: 0, shown: [] };
  private at = 0; // job
  private now: Known | null = null; // its results so far
  private shares = false; // whether it goes on from the kept states

  constructor(
    private readonly host: Host,
    private readonly setup: Omit<Setup, "module">,
  ) {}

  ask(q: Question): void {
    this.question = q;
    this.share(q.jobs);
    this.goTo(0);
  }

  private goTo(job: number): void {
    this.at = job;
    if (job >= this.question.jobs.length) return;
    this.now = this.of(job);
    this.shares = this.begin.steps > 0 && valuesOf(this.question.jobs[job]!) === this.begin.key;
  }

  // go runs the next futures and gives a part when it is complete; undefined when all are.
  go(): Part | null | undefined {
    const q = this.question;
    if (this.at >= q.jobs.length) return undefined;
    const k = this.now!;
    if (k.done < this.setup.count) {
      this.some(k, q.jobs[this.at]!);
      return null;
    }
    this.goTo(this.at + 1);
    if (this.at === q.drawn) return this.part(0, 0, q.drawn);
    if (this.at === q.jobs.length) return this.part(1, q.drawn, q.jobs.length);
    return null;
  }

  private part(group: number, from: number, to: number): Part {
    const runs = this.question.jobs.slice(from, to).map((_, i) => {
      const k = this.of(from + i);
      return { broke: k.broke, levels: k.levels, series: group === 0 ? k.series : null };
    });
    return { id: this.question.id, group, runs };
  }

  // share finds how many steps the jobs that begin with the baseline's values have in
  // common. States kept for other values are dropped.
  private share(jobs: Job[]): void {
    const { layout } = this.setup.model;
    const key = valuesOf(jobs[0]!);
    const like = jobs.filter((j) => valuesOf(j) === key);
    let steps = sharedSteps(layout, [...this.setup.usual, ...like.flatMap((j) => j.changes)]);
    const bytes = layout.out - layout.state + 8 * layout.width * layout.rows;
    if (steps < smallest || bytes * Math.ceil(this.setup.count / this.host.lanes) > this.setup.room) steps = 0;
    if (this.begin.key !== key || this.begin.steps !== steps) this.begin = { key, steps, list: [] };
  }

  // of returns the results of a job, new ones if there are none.
  private of(index: number): Known {
    const q = this.question;
    const key = JSON.stringify(q.jobs[index]);
    const drawn = index < q.drawn;
    let k = this.known.get(key);
    if (k && drawn && k.shown !== String(q.shown)) k = undefined;
    this.known.delete(key);
    k ??= this.fresh(drawn);
    this.known.set(key, k);
    if (this.known.size > remembered) this.known.delete(this.known.keys().next().value!);
    return k;
  }

  private fresh(drawn: boolean): Known {
    const { count, today, model } = this.setup;
    const rows = model.layout.rows - today;
    return {
      done: 0,
      shown: drawn ? String(this.question.shown) : "",
      broke: new Uint8Array(count),
      levels: new Float64Array(model.views.length * count),
      series: drawn ? this.question.shown.map(() => new Float64Array(rows * count)) : null,
    };
  }

  // some does the next futures, as many as run side by side.
  private some(k: Known, job: Job): void {
    const from = k.done;
    const group: Lane[] = [];
    while (k.done < this.setup.count && group.length < this.host.lanes) group.push(this.lane(job, k.done++));
    this.host.apart(group, this.run(group, from / this.host.lanes), (i, finite, lane) => this.note(k, from + i, finite, lane));
  }

  // note takes over the numbers of a future.
  private note(k: Known, future: number, finite: boolean, lane: number): void {
    const { count, today } = this.setup;
    const views = this.setup.model.views;
    const { host } = this;
    if (!finite) {
      k.broke[future] = 1;
      return;
    }
    views.forEach((v, i) => (k.levels[i * count + future] = v.weights?.length ? weighed(host.column(v.column, lane), v.weights) : host.last(v.column, lane)));
    k.series?.forEach((series, i) => host.each(views[this.question.shown[i]!]!.column, today, (v, row) => (series[(row - today) * count + future] = v), lane));
  }

  private lane(job: Job, future: number): Lane {
    const { places } = this.setup.model;
    const own = this.setup.values.subarray(future * places.length, (future + 1) * places.length);
    const member = (values: Float64Array) => places.forEach((list, k) => list.forEach((p) => (values[p] = own[k]!)));
    const { seed, numbers } = this.setup;
    return numbers.length ? { job, member, draws: { seed, member: numbers[future]! } } : { job, member };
  }

  // run does a group of futures, with their first steps from the states that are kept if the
  // job begins like these. It reports whether none of them breaks down.
  private run(group: Lane[], index: number): boolean {
    if (!this.shares) return this.host.run(...group);
    const { steps, list } = this.begin;
    if (list[index] === undefined) list[index] = this.host.start(steps, ...group.map((l) => ({ ...l, job: { ...l.job, changes: [] } })));
    const start = list[index];
    return start !== null && this.host.goOn(start, ...group);
  }
}

const valuesOf = (job: Job) => JSON.stringify(job.values);
