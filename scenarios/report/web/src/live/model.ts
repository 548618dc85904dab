// What the page carries of the model (live.go): the module, its inputs, the scenarios
// as presets, and the futures of the comparison.

import type { Axis } from "../data.ts";
import type { Quantity } from "./words.ts";

export interface Layout {
  header: { status: number; rows: number; done: number; change_count: number; seed: number; member: number };
  values: number; // address of the parameters
  count: number; // of parameters
  changes: number; // address of the table of changes
  change_size: number;
  change_room: number;
  change_count: number; // the assumptions of the set come first and stay
  state: number; // from here on, up to the rows, is all that a run changes
  out: number;
  width: number;
  rows: number;
  steps: number;
  start: number;
  step: number; // of time
}

export interface Change {
  at: number; // which parameter
  kind: number; // 0 to, 1 add, 2 times
  amount: number;
  start: number;
  over: number;
  until: number | null; // null: for good
}

export interface Input {
  name: string;
  label: string;
  about: string;
  decision: boolean;
  who: string;
  hatched: boolean;
  at: number[];
  base: number[] | null; // what the value multiplies, place by place; null: it is put there itself
  value: number;
  low: number;
  high: number;
  step: number;
  words: Quantity;
}

export interface Preset {
  id: string;
  label: string;
  key: string;
  about: string;
  changes: Change[];
}

export interface View {
  title: string;
  unit: string;
  column: number;
  words: Quantity;
  judged: boolean;
  better: "higher" | "lower" | "";
  weights: number[] | null; // of a cost: its sum over the rows
  noise: number;
  y: Axis;
}

export interface Futures {
  of: number;
  count: number;
  places: number[][];
  values: string;
  thin: number[];
  agree: number;
  seed: number; // of the model's own draws
  numbers: number[]; // of the futures, by which they draw; empty if the model draws nothing
}

export interface Model {
  code: string;
  plain: string; // the same without vector instructions
  layout: Layout;
  time: { start: number; stop: number; today: number; from: number; save: number; end: string; since: string; unit: string; dates: string[] };
  inputs: Input[];
  presets: Preset[];
  views: View[];
  futures: Futures;
}

// A Job is one run: numbers that are set from the start, and dated changes.
export interface Job {
  values: [place: number, value: number][];
  changes: Change[];
}

// timesOf are the times of the rows; todayOf is the first row from today on.
export const timesOf = (m: Model) => m.time.dates.map((_, i) => m.time.start + i * m.time.save);
export const todayOf = (m: Model) => Math.max(0, timesOf(m).findIndex((t) => t >= m.time.today - 1e-9));
