// The workers of a page, each with a share of the futures.

import { joined, shares, summed, type About, type Answer } from "./answers.ts";
import type { Part, Question, Run, Setup } from "./futures.ts";
import type { Change, Job, Model } from "./model.ts";
import { unpack } from "../save.ts";
import workerSource from "worker-source";

const room = 192 << 20; // bytes of states, in all workers

export class Crew {
  private id = 0;
  private asked = 0; // when, in ms
  private difference = false;
  private parts: (Part | undefined)[][] = [[], []]; // by group and worker
  private drawn: Run[] = []; // of the last answer to group 0

  constructor(
    private readonly workers: Worker[],
    private readonly about: About,
    private readonly heard: (a: Answer) => void,
  ) {
    workers.forEach((w, i) => w.addEventListener("message", (e: MessageEvent<Part>) => this.hear(e.data, i)));
  }

  // ask asks for the futures of jobs; an older question is dropped.
  ask(jobs: Job[], drawn: number, shown: number[], difference: boolean): void {
    this.asked = performance.now();
    this.difference = difference;
    this.parts = [[], []];
    const q: Question = { id: ++this.id, jobs, drawn, shown };
    for (const w of this.workers) w.postMessage(q);
  }

  private hear(p: Part, worker: number): void {
    if (p.id !== this.id) return;
    const parts = this.parts[p.group]!;
    parts[worker] = p;
    if (parts.filter(Boolean).length < this.workers.length) return;
    const runs = p.runs.map((_, j) => joined(parts.map((x) => x!.runs[j]!), this.about.views.length));
    if (p.group === 0) this.drawn = runs;
    const answer = summed(this.about, p.group === 0 ? runs : [this.drawn[0]!, ...runs].map((r) => ({ ...r, series: null })), this.difference);
    const name = ["weir futures", "weir scenarios"][p.group]!;
    performance.clearMeasures(name);
    performance.measure(name, { start: this.asked, end: performance.now() });
    this.heard({ id: p.id, group: p.group, ...answer });
  }
}

// startCrew starts as many workers as the machine has processors for, at most four.
export async function startCrew(m: Model, module: WebAssembly.Module, today: number, heard: (a: Answer) => void): Promise<Crew> {
  const values = new Float64Array(await unpack({ name: "", type: "", data: m.futures.values }));
  const { places, count, thin, seed, numbers } = m.futures;
  const n = Math.max(1, Math.min(4, navigator.hardwareConcurrency || 1, Math.floor(count / 10)));
  const url = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
  const usual: Change[] = m.presets.flatMap((p) => p.changes);
  const workers = shares(count, n).map(([from, to]) => {
    const worker = new Worker(url);
    const setup: Setup = {
      module,
      values: values.slice(from * places.length, to * places.length),
      model: { layout: m.layout, views: m.views, places },
      count: to - from,
      seed,
      numbers: numbers.slice(from, to),
      today,
      usual,
      room: room / n,
    };
    worker.postMessage(setup);
    return worker;
  });
  return new Crew(workers, { views: m.views, rows: m.layout.rows, today, thin }, heard);
}
