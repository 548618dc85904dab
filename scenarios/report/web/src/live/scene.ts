// The pictures of the reader's own runs.

import type { Axis, Figure } from "../data.ts";
import type { PlotBand, PlotLine, Scene } from "../plot.ts";
import type { Answer } from "./answers.ts";
import { timesOf, todayOf, type Model } from "./model.ts";
import type { Numbers } from "./tell.ts";
import { number, signed, valueAxis } from "./words.ts";

// A Show says what of some runs is drawn: one view of the model, as levels or as differences
// from the first run, which is no new decisions. Alone: the second run is the first and has no
// line of its own.
export interface Show {
  view: number;
  place: number; // of the view among those that the answer has bands for
  difference: boolean;
  alone: boolean;
  pins: string[]; // names of the runs after the second
}

const keys = ["s0", "yours", "pinned", "pinned two", "pinned three"];

// sceneOf is the picture of runs; with an answer, lines are medians of the futures.
export function sceneOf(m: Model, figures: Figure[], numbers: Numbers[], answer: Answer | null, show: Show): Scene {
  const view = m.views[show.view]!;
  const f = figures.find((x) => x.title === view.title) ?? figures[0]!;
  const times = timesOf(m);
  const today = todayOf(m);
  const { difference } = show;
  const names = ["No new decisions", "Yours", ...show.pins];
  const order = [0, ...show.pins.map((_, i) => i + 2), ...(show.alone ? [] : [1])];
  const q = { ...view.words, finest: difference ? Math.max(view.words.finest, view.words.coarse) : view.words.finest };
  const word = (v: number) => (difference ? signed(q, v) : number(q, v));
  const base = numbers[0]!.columns[show.view]!;
  const found = answer?.bands[show.place];
  const lines: PlotLine[] = order.map((j) => {
    const own = numbers[j]!.columns[show.view]!;
    const single = difference ? own.map((v, i) => v - base[i]!) : own;
    const median = found?.[j]?.median; // of the futures, from today on
    const values = median && !(difference && j === 0) ? single.map((v, i) => (i < today ? v : median[i]!)) : single;
    return { key: keys[j]!, name: names[j]!, values, label: word(values[values.length - 1]!), from: j === 0 && !difference ? 0 : today, strong: j === 1 };
  });
  const bands = (found ?? []).slice(0, show.alone ? 1 : 2).map((b, j): PlotBand => ({ key: keys[j]!, ...b })).slice(difference ? 1 : 0);
  const points = f.title === view.title && !difference ? (f.recorded ?? []) : [];
  const x = difference ? { ...f.x, min: times[today]!, ...ticksFrom(f.x, times[today]!) } : f.x;
  return { title: view.title, x, y: axisOf(m, show, lines, bands, today), times, today, lines, bands, points, names: true, word };
}

// axisOf is the chart's own axis, unless a line or band leaves it.
export function axisOf(m: Model, show: Pick<Show, "view" | "difference">, lines: PlotLine[], bands: PlotBand[], today: number): Axis {
  const view = m.views[show.view]!;
  let [low, high] = [Infinity, -Infinity];
  const see = (values: ArrayLike<number>, from: number) => {
    for (let i = from; i < values.length; i++) {
      const v = values[i]!;
      if (Number.isFinite(v)) [low, high] = [Math.min(low, v), Math.max(high, v)];
    }
  };
  lines.forEach((l) => see(l.values, l.from));
  const size = (low <= 0 && high >= 0 ? 8 : 2) * Math.max(Math.abs(low), Math.abs(high)); // as reach in internal/chart
  const [least, most] = size > 0 && size < Infinity ? [low - size, high + size] : [-Infinity, Infinity];
  bands.forEach((b) => [b.low, b.high].forEach((values) => see(Array.from(values, (v) => Math.min(most, Math.max(least, v))), today)));
  if (show.difference) {
    const a = valueAxis(Math.min(0, low), Math.max(0, high), { ...view.words, millions: Math.max(-low, high) >= 2e6 });
    return { ...a, words: a.words.map((w, i) => (a.ticks[i]! > 0 ? `+${w}` : w)) };
  }
  if (low >= view.y.min && high <= view.y.max) return view.y;
  return valueAxis(Math.min(low, view.y.min), Math.max(high, view.y.max), view.words);
}

// ticksFrom are the ticks of an axis from a time on.
function ticksFrom(x: Axis, from: number): Pick<Axis, "ticks" | "words"> {
  const kept = x.ticks.map((t, i) => ({ t, w: x.words[i]! })).filter(({ t }) => t >= from - 1e-9);
  return { ticks: kept.map((k) => k.t), words: kept.map((k) => k.w) };
}
