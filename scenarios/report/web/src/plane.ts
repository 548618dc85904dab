// The picture of cost against outcome: a spot for each combination, the frontier as a stair, and
// the ranges of the one that is picked.

import type { Frame, Scene, Spot } from "./frame.ts";
import type { Bundle, Plane } from "./generated.ts";
import { polyline, words, type Shape } from "./shapes.ts";

const blue = "var(--best)";
const pink = "var(--yours)";

// Points on the frontier are larger, so that colour is not the only sign; hollow ones have a part
// without a known cost.
const looks: Record<Bundle["look"], Pick<Spot, "size" | "style">> = {
  best: { size: 0.86, style: { color: blue, borderColor: "var(--paper)", borderWidth: 1, opacity: 1 } },
  other: { size: 0.57, style: { color: "var(--soft)", opacity: 0.55 } },
  unpriced: { size: 0.57, style: { color: "none", borderColor: "var(--soft)", borderWidth: 1.3, opacity: 1 } },
  dear: { size: 0.57, style: { color: "var(--rule)", opacity: 1 } },
};

// planeOf is the picture with a combination picked; null for none.
export function planeOf(p: Plane, list: Bundle[], picked: Bundle | null, futures: boolean): Scene {
  return {
    title: p.title, x: p.x, y: p.y, times: [], today: 0, lines: [], bands: [], points: [],
    spots: list.map((b) => ({ x: b.x, y: b.y, ...looks[b.look] })),
    under: (f) => [...zeroOf(f), ...stairsOf(f, p, list, futures), ...budgetOf(f, p)],
    over: (f) => [...lettersOf(f, p, list), ...directionsOf(f), ...(picked ? ringOf(f, picked, futures) : [])],
  };
}

const line = (x1: number, y1: number, x2: number, y2: number, style: Shape["style"]): Shape => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { fill: "none", ...style } });

// zeroOf are the rules of no new decisions.
function zeroOf(f: Frame): Shape[] {
  const { top, bottom, left, right } = f.margins;
  const style = { stroke: "var(--ink)", lineWidth: 1 };
  return [line(f.x(0), top, f.x(0), f.height - bottom, style), line(left, f.y(0), f.width - right, f.y(0), style)];
}

// stairsOf are no slope: between two combinations nothing can be bought that does better than the
// cheaper one. Each has the range of its outcome.
function stairsOf(f: Frame, p: Plane, list: Bundle[], futures: boolean): Shape[] {
  const best = p.stairs.map((i) => list[i]!);
  const corners = best.flatMap((b, i): [number, number][] => {
    const at: [number, number] = [f.x(b.x), f.y(b.y)];
    return i === 0 ? [at] : [[at[0], f.y(best[i - 1]!.y)], at];
  });
  const reaches = futures ? best.map((b) => line(f.x(b.x), f.y(b.ybar[0]), f.x(b.x), f.y(b.ybar[1]), { stroke: blue, lineWidth: 1.5, opacity: 0.35 })) : [];
  return [...reaches, polyline(corners, { stroke: blue, lineWidth: 1.5 })];
}

function budgetOf(f: Frame, p: Plane): Shape[] {
  if (p.budget === null || p.budget > p.x.max) return [];
  return [line(f.x(p.budget), f.margins.top, f.x(p.budget), f.height - f.margins.bottom, { stroke: "var(--warn)", lineWidth: 1.5, lineDash: [6, 4] })];
}

// directionsOf say which way costs more, and where the budget ends.
function directionsOf(f: Frame): Shape[] {
  const y = f.height - f.margins.bottom - 0.8 * f.text;
  return [words(f, "costs more \u2192", f.width - f.margins.right - 4, y, { align: "right", fill: "var(--soft)" })];
}

// lettersOf name the frontier where there is room, on the side that it leaves free.
function lettersOf(f: Frame, p: Plane, list: Bundle[]): Shape[] {
  const out: Shape[] = [];
  let last = [-Infinity, -Infinity];
  for (const b of p.stairs.map((i) => list[i]!)) {
    const [x, y] = [f.x(b.x), f.y(b.y)];
    if (Math.hypot(x - last[0]!, y - last[1]!) <= 2.4 * f.text) continue;
    out.push(words(f, b.name, x - 0.6 * f.text, y + (p.lower ? 1 : -1) * f.text, { align: "right" }));
    last = [x, y];
  }
  if (p.budget !== null && p.budget <= p.x.max) out.push(words(f, "budget", f.x(p.budget) - 5, f.margins.top - 0.7 * f.text, { align: "right", fill: "var(--soft)" }));
  return out;
}

// ringOf is around the combination that is picked, with the ranges of its outcome and cost.
function ringOf(f: Frame, b: Bundle, futures: boolean): Shape[] {
  const [x, y] = [f.x(b.x), f.y(b.y)];
  const bars = futures
    ? [line(x, f.y(b.ybar[0]), x, f.y(b.ybar[1]), { stroke: pink, lineWidth: 2.5 }), line(f.x(b.xbar[0]), y, f.x(b.xbar[1]), y, { stroke: pink, lineWidth: 1.5 })]
    : [];
  return [...bars, { type: "circle", shape: { cx: x, cy: y, r: 0.64 * f.text }, style: { fill: "none", stroke: pink, lineWidth: 3 } }];
}
