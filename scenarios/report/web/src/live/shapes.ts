// The shapes of bands: the outline of a range, and single futures, in a chart's pixels.

import type { Figure } from "../data.ts";

// A Plot is the part of a chart that shapes need.
export interface Plot {
  figure: Figure;
  xOf(time: number): number;
  yOf(value: number): number;
  isLit(key: string): boolean;
}

// outline goes along the high end of a band and back along the low one.
export function outline(b: { low: (number | null)[]; high: (number | null)[] }, at: (row: number, value: number) => number[]): number[][] {
  const along = (values: (number | null)[]) => values.flatMap((v, i) => (v === null ? [] : [at(i, v)]));
  return [...along(b.high), ...along(b.low).reverse()];
}

// bandShapes are the bands of some lines of a chart, in its pixels.
export function bandShapes(c: Plot, shown: Set<string>): object[] {
  const f = c.figure;
  const out: object[] = [];
  const at = (row: number, value: number) => [c.xOf(f.times[f.now + row]!), c.yOf(Math.min(f.y.max, Math.max(f.y.min, value)))];
  const lines = f.lines.filter((l) => l.band && shown.has(l.key) && c.isLit(l.key));
  for (const l of lines) {
    const style = { fill: `var(--${l.key})`, fillOpacity: 0.14, stroke: `var(--${l.key})`, strokeOpacity: 0.5, lineWidth: 1 };
    out.push({ type: "polygon", shape: { points: outline(l.band!, at) }, style });
  }
  for (const l of lines) {
    for (const future of l.band!.futures) {
      const points = future.flatMap((v, i) => (v === null ? [] : [at(i, v)]));
      out.push({ type: "polyline", shape: { points }, style: { stroke: `var(--${l.key})`, lineWidth: 0.75, opacity: 0.4, fill: "none" } });
    }
  }
  return out;
}
