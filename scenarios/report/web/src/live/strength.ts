// How much each decision moves an outcome: the levers that matter stand first.

import type { Host } from "./host.ts";
import type { Job, Model } from "./model.ts";
import { fresh, yours } from "./state.ts";

const slice = 10; // ms of runs between two chances to paint

// strengths returns, by the name of each decision, the largest difference that it makes to a
// view at the horizon when it is moved to an end of its range; of a cost, over the whole time.
export async function strengths(m: Model, host: Host, view: number): Promise<Map<string, number>> {
  const v = m.views[view]!;
  const end = (lane: number) => {
    if (!v.weights?.length) return host.last(v.column, lane);
    let sum = 0;
    host.each(v.column, 0, (x, row) => (sum += x * (v.weights![row] ?? 0)), lane);
    return sum;
  };
  const ends = (jobs: Job[]) => {
    const out: number[] = [];
    host.runs(jobs.map((job) => ({ job })), (_, finite, lane) => out.push(finite ? end(lane) : NaN));
    return out;
  };
  const base = ends([{ values: [], changes: [] }])[0]!;
  const out = new Map<string, number>();
  let begun = performance.now();
  for (const i of m.inputs.filter((i) => i.decision)) {
    const jobs = [i.low, i.high].filter((x) => x !== i.value).map((x) => yours(m, { ...fresh(m), moved: new Map([[i.name, x]]) }));
    const moved = ends(jobs).map((x) => Math.abs(x - base));
    out.set(i.name, Math.max(0, ...moved.filter(Number.isFinite)));
    if (performance.now() - begun < slice) continue;
    await new Promise((done) => setTimeout(done));
    begun = performance.now();
  }
  return out;
}
