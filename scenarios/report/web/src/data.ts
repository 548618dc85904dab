// The page's data for the script. Go makes them (internal/wire): every number comes
// with its words, so that nothing is rounded here. The values of lines are taken from the
// series that draw them, and the bands are unpacked later.

import type * as wire from "./generated.ts";

export type { Axis, Download, Point } from "./generated.ts";

// A band is the range of a line over the futures, in values of the axis.
export interface Band {
  low: (number | null)[]; // from the figure's now on
  high: (number | null)[];
  futures: (number | null)[][];
  words: string[]; // the range in words
}

export interface Line extends wire.Line {
  values: (number | null)[]; // one per time of the figure; null where the line is not drawn
  band?: Band; // once the futures are unpacked
}

export interface Series {
  id: string;
  data: { value: [number, number | null] }[];
  [option: string]: unknown;
}

export interface Figure extends wire.Figure {
  option: { series: Series[]; [option: string]: unknown };
  times: number[];
  dates: string[];
  lines: Line[];
}

export interface PageData extends wire.Page {
  figures: Figure[];
}

export function readData(): PageData {
  const page = JSON.parse(document.getElementById("data")!.textContent!) as wire.Page;
  const figures = (page.figures ?? []).map((f) => figureOf(f, page));
  return { ...page, figures };
}

// figureOf completes a figure by the times of the page and by its lines' values.
function figureOf(f: wire.Figure, page: wire.Page): Figure {
  const out = { ...f, times: f.times ?? page.times!, dates: f.dates ?? page.dates! } as Figure;
  joinTimes(out);
  fillValues(out);
  return out;
}

// joinTimes gives the values of a series their times, which Go leaves out.
export function joinTimes(f: Figure): void {
  for (const s of f.option.series) {
    if (Array.isArray(s.data)) continue;
    const { first, values } = s.data as unknown as wire.Series;
    s.data = values.map((v, i) => ({ value: [f.times[first + i]!, v] }));
  }
}

// fillValues takes each line's numbers, one a time of the figure, from the series
// that draw it: one, and for the baseline a second beyond the records.
export function fillValues(f: Figure): void {
  const index = new Map(f.times.map((t, i) => [t, i]));
  for (const l of f.lines) {
    l.values = f.times.map(() => null);
    for (const s of f.option.series.filter((s) => s.id === l.key || s.id === `${l.key}-beyond`)) {
      for (const d of s.data ?? []) l.values[index.get(d.value[0])!] = d.value[1];
    }
  }
}
