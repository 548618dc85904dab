// The reader's settings, their meaning for a run, and their form in a link.

import type { Change, Input, Job, Model } from "./model.ts";
import { withUnit } from "./words.ts";

// A Settings maps the names of inputs to the reader's values. It is a Map, because a model
// may call a variable constructor or __proto__, which every plain object has already.
export type Settings = ReadonlyMap<string, number>;

export interface State {
  preset: string; // id
  from: number; // the date from which moved decisions hold
  moved: Settings; // decisions
  assumed: Settings; // assumptions
}

export const none: Settings = new Map();

export const fresh = (m: Model): State => ({ preset: "none", from: m.time.from, moved: none, assumed: none });

export const presetOf = (m: Model, s: State) => m.presets.find((p) => p.id === s.preset) ?? m.presets[0]!;

// settings are the inputs that the reader set, with their values, in the model's order.
const settings = (m: Model, values: Settings) =>
  m.inputs.flatMap((i) => {
    const value = values.get(i.name);
    return value === undefined ? [] : [{ i, value }];
  });

// put is the number that an input's value puts at its k-th place.
const put = (i: Input, k: number, value: number) => (i.base ? i.base[k]! * value : value);

// baseline is no new decisions under the reader's assumptions.
export function baseline(m: Model, s: State): Job {
  const values = settings(m, s.assumed).flatMap(({ i, value }) => i.at.map((at, k): [number, number] => [at, put(i, k, value)]));
  return { values, changes: [] };
}

// yours is the preset, with the decisions that the reader moved in place of its own.
export function yours(m: Model, s: State): Job {
  const moved = settings(m, s.moved);
  const taken = new Set(moved.flatMap(({ i }) => i.at));
  const own = moved.flatMap(({ i, value }) =>
    i.at.map((at, k): Change => ({ at, kind: 0, amount: put(i, k, value), start: s.from, over: 0, until: null })),
  );
  return { values: baseline(m, s).values, changes: [...presetOf(m, s).changes.filter((c) => !taken.has(c.at)), ...own] };
}

// scenarioJobs are the scenarios as they are, under the reader's assumptions.
export const scenarioJobs = (m: Model, s: State): Job[] => m.presets.slice(1).map((p) => ({ values: baseline(m, s).values, changes: p.changes }));

// valueOf is an input's value: the reader's, or the one at which the preset ends.
export function valueOf(m: Model, s: State, i: Input): number {
  const own = (i.decision ? s.moved : s.assumed).get(i.name);
  if (own !== undefined) return own;
  if (!i.decision) return i.value;
  return presetOf(m, s)
    .changes.filter((c) => c.at === i.at[0])
    .reduce((v, c) => (c.kind === 0 ? c.amount : c.kind === 1 ? v + c.amount : v * c.amount), i.value);
}

// moveTo is the state with an input moved. A value equal to the preset's own is not kept as
// the reader's.
export function moveTo(m: Model, s: State, i: Input, value: number): State {
  const [moved, assumed] = [new Map(s.moved), new Map(s.assumed)];
  const next: State = { ...s, moved, assumed };
  const to = i.decision ? moved : assumed;
  to.delete(i.name);
  if (valueOf(m, next, i) !== value) to.set(i.name, value);
  return next;
}

// clamp puts a value between an input's ends and says so.
export function clamp(i: Input, value: number, remarks: string[]): number {
  const v = Math.min(i.high, Math.max(i.low, value));
  if (v !== value) remarks.push(`“${i.label}” goes from ${withUnit(i.words, i.low)} to ${withUnit(i.words, i.high)}; it was put at ${withUnit(i.words, v)}.`);
  return v;
}

const mark = "try?";

// write is the state as the fragment of a link.
export function write(m: Model, s: State): string {
  const p = new URLSearchParams();
  if (s.preset !== "none") p.set("scenario", s.preset);
  if (s.from !== m.time.from) p.set("from", String(s.from));
  for (const { i, value } of settings(m, s.moved)) p.set(`set.${i.name}`, String(value));
  for (const { i, value } of settings(m, s.assumed)) p.set(`assume.${i.name}`, String(value));
  const text = p.toString();
  return text ? mark + text : "";
}

// A Draft is a state that is still being read.
type Draft = { preset: string; from: number; moved: Map<string, number>; assumed: Map<string, number> };

// read is the state of a fragment. Parts without a meaning are left out, with a remark.
export function read(m: Model, fragment: string): { state: State; remarks: string[] } {
  const state: Draft = { ...fresh(m), moved: new Map(), assumed: new Map() };
  const remarks: string[] = [];
  if (!fragment.startsWith(mark)) {
    return { state, remarks: fragment ? ["The end of this link means nothing here and was ignored."] : [] };
  }
  let bad = 0;
  for (const [key, text] of new URLSearchParams(fragment.slice(mark.length))) {
    if (!readOne(m, state, key, text, remarks)) bad++;
  }
  if (bad > 0) remarks.push(`${bad === 1 ? "One part" : `${bad} parts`} of this link ${bad === 1 ? "means" : "mean"} nothing here and ${bad === 1 ? "was" : "were"} ignored.`);
  return { state, remarks };
}

function readOne(m: Model, s: Draft, key: string, text: string, remarks: string[]): boolean {
  if (key === "scenario") {
    const known = m.presets.some((p) => p.id === text);
    if (known) s.preset = text;
    return known;
  }
  const value = numberOf(text);
  if (value === null) return false;
  if (key === "from") {
    s.from = clampFrom(m, value, remarks);
    return true;
  }
  const [kind, name] = [key.slice(0, key.indexOf(".")), key.slice(key.indexOf(".") + 1)];
  const input = m.inputs.find((i) => i.name === name && (i.decision ? kind === "set" : kind === "assume"));
  if (!input) return false;
  (input.decision ? s.moved : s.assumed).set(name, clamp(input, value, remarks));
  return true;
}

// clampFrom puts a date into the run and says so.
export function clampFrom(m: Model, value: number, remarks: string[]): number {
  const v = Math.min(m.time.stop, Math.max(m.time.start, value));
  if (v !== value) remarks.push(`The run goes from ${m.time.start} to ${m.time.stop}; the date was put at ${v}.`);
  return v;
}

// numberOf is a finite number, or null.
export function numberOf(text: string): number | null {
  const v = text.trim() === "" ? NaN : Number(text.trim().replace(/,/g, "").replace("\u2212", "-"));
  return Number.isFinite(v) ? v : null;
}

// spoken is the state in words, for print and files.
export function spoken(m: Model, s: State): string {
  const parts: string[] = [];
  const p = presetOf(m, s);
  if (p.id !== "none") parts.push(p.label);
  const moved = settings(m, s.moved).map(({ i, value }) => `${i.label}: ${withUnit(i.words, value)}`);
  if (moved.length) parts.push(`from ${s.from} on ${moved.join(", ")}`);
  if (!parts.length) parts.push("no new decisions");
  const assumed = settings(m, s.assumed).map(
    ({ i, value }) => `${i.label}: ${withUnit(i.words, value)} instead of ${withUnit(i.words, i.value)}`,
  );
  return parts.join("; ") + (assumed.length ? `; assuming ${assumed.join(", ")}` : "");
}
