// The model as the page carries it (scenarios/live): the module, its inputs, the scenarios
// as presets, and the futures of the comparison.

import type { Change, Model } from "../generated.ts";

export type { Change, Futures, Input, Layout, Model, Preset, View } from "../generated.ts";

// A Job is one run: numbers that are set from the start, and dated changes.
export interface Job {
  values: [place: number, value: number][];
  changes: Change[];
}

// timesOf are the times of the rows; todayOf is the first row from today on.
export const timesOf = (m: Model) => m.time.dates.map((_, i) => m.time.start + i * m.time.save);
export const todayOf = (m: Model) => Math.max(0, timesOf(m).findIndex((t) => t >= m.time.today - 1e-9));
