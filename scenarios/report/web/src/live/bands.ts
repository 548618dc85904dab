// Bands: where a line lies in eight of ten futures, with single futures as thin lines.
// Go packs them (internal/chart); they are unpacked after the lines are drawn.

import { island, type Band, type Figure } from "../data.ts";
import type * as wire from "../generated.ts";

const fineness = 4000; // parts of a chart's height, as in internal/wire

// unpacked turns the steps of single futures into values of the axis.
export function unpacked(p: wire.Band, y: { min: number; max: number }): Band {
  const futures = p.futures.map((row) => {
    let part = 0;
    return row.map((step) => {
      if (step === null) return null;
      part += step;
      return y.min + (part / fineness) * (y.max - y.min);
    });
  });
  return { low: p.low, high: p.high, futures, words: p.words };
}

// unpackBands gives the lines of all charts their bands, if the page has any.
export async function unpackBands(figures: Figure[]): Promise<void> {
  if (!document.getElementById("bands")) return;
  const all = (await island("bands")) as Record<string, Record<string, wire.Band>>;
  for (const f of figures) {
    for (const l of f.lines) {
      const p = all[f.id]?.[l.key];
      if (p) l.band = unpacked(p, f.y);
    }
  }
}
