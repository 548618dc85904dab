// The page's data for the script. Go makes them (internal/wire): every number comes
// with its words, so that nothing is rounded here. The bands are unpacked later.

import type * as wire from "./generated.ts";
import { unpack } from "./save.ts";

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

export interface Figure extends wire.Figure {
  times: number[];
  dates: string[];
  lines: Line[];
}

export interface PageData extends wire.Page {
  figures: Figure[];
  reasons: wire.Reason[];
}

// readData fails where this browser cannot unpack what the page carries.
export async function readData(): Promise<PageData> {
  const page = JSON.parse(document.getElementById("data")!.textContent!) as wire.Page;
  const found = (await island("findings")) as wire.Findings;
  return { ...page, figures: (found.figures ?? []).map((f) => figureOf(f, found)), reasons: found.reasons ?? [] };
}

// island is a document that the page carries compressed.
export async function island(id: string): Promise<unknown> {
  const bytes = await unpack({ name: "", type: "", data: document.getElementById(id)!.textContent! });
  return JSON.parse(new TextDecoder().decode(bytes));
}

// figureOf completes a figure by the times of the page, and gives its lines a value for each.
export function figureOf(f: wire.Figure, page: Pick<wire.Findings, "times" | "dates">): Figure {
  const times = f.times ?? page.times!;
  const whole = (l: wire.Line) => [...Array<null>(l.first).fill(null), ...l.values];
  return { ...f, times, dates: f.dates ?? page.dates!, lines: f.lines.map((l) => ({ ...l, values: whole(l) })) };
}
