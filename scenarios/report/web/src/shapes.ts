// The shapes of a chart that no series of the library draws: the strip of the misfit, bands and
// single futures behind the lines; labels at their ends, notes and a guess above them.

import type { Frame, Note, PlotBand } from "./frame.ts";
import type { Looks } from "./generated.ts";
import { endLabels } from "./labels.ts";
import { colorOf } from "./looks.ts";
import { familyOf, folded, widthOf } from "./svg.ts";

// A Shape is an element of a custom series.
export interface Shape {
  type: string;
  shape?: Record<string, unknown>;
  style: Record<string, unknown>;
}

type Point = [x: number, y: number];

// outline goes along the high end of a band and back along the low one; at gives the place of
// a row's value. Values that are not finite are left out.
export function outline(b: { low: ArrayLike<number>; high: ArrayLike<number> }, at: (row: number, value: number) => Point): Point[] {
  const along = (values: ArrayLike<number>) => Array.from(values, (v, i) => (Number.isFinite(v) ? [at(i, v)] : [])).flat();
  return [...along(b.high), ...along(b.low).reverse()];
}

export const polygon = (points: Point[], style: Shape["style"]): Shape => ({ type: "polygon", shape: { points }, style });
export const polyline = (points: Point[], style: Shape["style"]): Shape => ({ type: "polyline", shape: { points }, style: { fill: "none", ...style } });
const rule = (x1: number, y1: number, x2: number, y2: number, stroke: string): Shape => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { fill: "none", stroke, lineWidth: 1 } });

// words are a text from its left end, or to its right end, on a halo that keeps lines off it.
export function words(f: Frame, text: string, x: number, y: number, style: Shape["style"] = {}): Shape {
  const halo = { stroke: "var(--paper)", lineWidth: 3, lineJoin: "round" };
  return { type: "text", style: { text, x, y, fill: "var(--ink)", fontSize: f.text, fontFamily: familyOf(), verticalAlign: "middle", ...halo, ...style } };
}

// underShapes are cut off at the edges of the grid.
export function underShapes(f: Frame, looks: Looks): Shape[] {
  const { scene: s, margins: m, height } = f;
  const out: Shape[] = [];
  if (s.misfit) {
    const top = f.clamped(s.misfit.half);
    out.push({ type: "rect", shape: { x: m.left, y: top, width: width(f), height: f.clamped(-s.misfit.half) - top }, style: { fill: "url(#hatch)", opacity: 0.28 } });
  }
  out.push(...s.bands.map((b) => bandOf(b, f, looks)), ...s.bands.flatMap((b) => b.futures.flatMap((v) => futureOf(v, colorOf(looks, b.key), f))));
  if (s.y.min < 0 && s.y.max > 0) out.push(rule(m.left, f.y(0), m.left + width(f), f.y(0), "var(--ink)"));
  out.push(...(s.under?.(f) ?? []));
  if (hasToday(f)) out.push(rule(f.x(s.times[s.today]!), m.top, f.x(s.times[s.today]!), height - m.bottom, "var(--soft)"));
  return out;
}

const width = ({ width, margins }: Frame): number => width - margins.left - margins.right; // of the grid

const hasToday = ({ scene: s }: Frame) => s.times.length > 0 && s.times[s.today]! > s.x.min + 1e-9;

function bandOf(b: PlotBand, f: Frame, looks: Looks): Shape {
  const color = colorOf(looks, b.key);
  const points = outline(b, (i, v) => [f.x(f.scene.times[i]!), f.clamped(v)]);
  return polygon(points, { fill: color, fillOpacity: 0.14, stroke: color, strokeOpacity: 0.5, lineWidth: 1 });
}

// futureOf is a single future, in pieces where it has numbers that are not finite.
function futureOf(values: ArrayLike<number>, stroke: string, f: Frame): Shape[] {
  const pieces: Point[][] = [[]];
  Array.from(values, (v, i) => (Number.isFinite(v) ? pieces.at(-1)!.push([f.x(f.scene.times[i]!), f.y(v)]) : pieces.push([])));
  return pieces.filter((p) => p.length > 1).map((p) => polyline(p, { stroke, lineWidth: 0.75, strokeOpacity: 0.35 }));
}

// overShapes may stand in the margins.
export function overShapes(f: Frame, looks: Looks): Shape[] {
  const { scene: s, margins: m, text: t } = f;
  const out: Shape[] = [];
  if (s.misfit) {
    const foot = Math.min(f.height - m.bottom, f.clamped(-s.misfit.half));
    const lines = folded(s.misfit.words, 0.93 * t, width(f) - 12);
    lines.forEach((l, i) => out.push(words(f, l, m.left + 6, foot - (0.7 + 1.1 * (lines.length - 1 - i)) * t, { fontSize: 0.93 * t })));
  }
  if (s.y.cut) {
    const jag: Point[] = [[0, 0], [5, -3], [-5, -7], [5, -11], [-5, -15], [0, -18]];
    out.push(polyline(jag.map(([dx, dy]) => [m.left + dx, f.height - m.bottom + dy]), { stroke: "var(--ink)", lineWidth: 1.2 }));
  }
  if (hasToday(f)) out.push(words(f, "today", f.x(s.times[s.today]!) + 4, m.top - 0.9 * t, { fill: "var(--soft)" }));
  return [...out, ...endLabels(f, looks), ...(s.notes ?? []).flatMap((n) => noteOf(n, f, looks)), ...guessOf(f), ...(s.over?.(f) ?? [])];
}

// noteOf are words at a point of a line, on the side where there is room.
function noteOf(n: Note, f: Frame, looks: Looks): Shape[] {
  const [x, y] = [f.x(n.time), f.y(n.value)];
  const at = Math.min(f.height - f.margins.bottom - 4, Math.max(f.margins.top + f.text, n.value < 0 ? y + 1.25 * f.text : y - 1.25 * f.text));
  const left = x + widthOf(n.words, f.text) > f.width - f.margins.right;
  return [
    { type: "circle", shape: { cx: x, cy: y, r: 0.3 * f.text }, style: { fill: colorOf(looks, n.key) } },
    words(f, n.words, x, at, { align: left ? "right" : "left" }),
  ];
}

// guessOf is the line that a room drew, with its name beside it.
function guessOf(f: Frame): Shape[] {
  const { guess, times } = f.scene;
  if (!guess) return [];
  const points = guess.values.flatMap((v, i): Point[] => (v === null ? [] : [[f.x(times[i]!), f.clamped(v)]]));
  const beside = points[Math.floor(points.length * 0.6)];
  if (!beside) return [];
  const stroke = "var(--yours)";
  return [
    polyline(points, { stroke, lineWidth: 4, lineDash: [2, 9], lineCap: "round" }),
    words(f, guess.words, beside[0], beside[1] - 0.95 * f.text, { fill: stroke, fontWeight: 600, align: "right" }),
  ];
}
