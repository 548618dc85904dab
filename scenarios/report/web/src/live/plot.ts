// The chart of the reader's own runs: plain SVG, so that a line is redrawn in the time
// of a frame, moves from old to new when asked to, and is printed as it stands.

import type { Axis } from "../data.ts";
import { outline } from "./shapes.ts";
import { browserClock, Motion } from "./motion.ts";

export interface PlotLine {
  key: string; // class of its colour
  name: string;
  values: ArrayLike<number>;
  label: string; // at its end
  from: number; // row from which it is drawn
}

export interface PlotBand {
  key: string;
  low: ArrayLike<number>;
  high: ArrayLike<number>;
  futures: ArrayLike<number>[];
}

export interface Scene {
  title: string;
  x: Axis;
  y: Axis;
  times: number[];
  today: number; // row
  lines: PlotLine[];
  bands: PlotBand[];
  points: { time: number; value: number }[]; // recorded
}

function node(name: string, attributes: Record<string, string | number>, text = ""): SVGElement {
  const n = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [k, v] of Object.entries(attributes)) n.setAttribute(k, String(v));
  n.textContent = text;
  return n;
}

export class Plot {
  readonly svg = node("svg", { class: "static own", role: "img" }) as SVGSVGElement;
  private readonly parts = ["bands", "axes", "lines", "ends"].map((c) => node("g", { class: c }));
  // motion decides which scene is drawn when. Its phase is in data-motion.
  readonly motion: Motion<Scene>;
  private drawn: Scene | null = null;
  private axes = "";

  constructor(root: HTMLElement) {
    const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
    const say = (phase: string) => (root.dataset["motion"] = phase);
    this.motion = new Motion(browserClock, (s) => this.draw(s), onTheWay, calm, say);
    this.svg.append(...this.parts);
    root.append(this.svg);
    new ResizeObserver(() => this.resized()).observe(root);
  }

  private get size(): { width: number; height: number } {
    return { width: this.svg.clientWidth || 600, height: this.svg.clientHeight || 300 };
  }

  private resized(): void {
    this.axes = "";
    if (this.drawn) this.draw(this.drawn);
  }

  private draw(s: Scene): void {
    this.drawn = s;
    const { lines } = s;
    const { width, height } = this.size;
    const margin = { left: 62, right: 74, top: 24, bottom: 28 };
    const x = (row: number) => margin.left + ((s.times[row]! - s.x.min) / (s.x.max - s.x.min)) * (width - margin.left - margin.right);
    const y = (v: number) => height - margin.bottom - ((v - s.y.min) / (s.y.max - s.y.min)) * (height - margin.top - margin.bottom);
    const axes = JSON.stringify([width, height, s.x, s.y, s.points.length, s.title]);
    if (axes !== this.axes) {
      this.axes = axes;
      this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      this.parts[1]!.replaceChildren(...axesOf(s, width, height, margin, x, y));
    }
    this.svg.setAttribute("aria-label", `${s.title}. ${s.lines.map((l) => `${l.name}: ${l.label} at the end`).join(". ")}.`);
    this.parts[0]!.replaceChildren(...bandsOf(s, x, y));
    this.parts[2]!.replaceChildren(...lines.map((l) => node("path", { d: path(l.values, l.from, s, x, y), class: `line ${l.key}` })));
    this.parts[3]!.replaceChildren(...endsOf(lines, width - margin.right, y, height));
  }
}

// onTheWay is a scene whose lines are between those of two; bands are drawn where the
// way ends.
const onTheWay = (from: Scene, to: Scene, share: number): Scene => ({ ...to, lines: between(from.lines, to.lines, share), bands: [] });

// between is the lines on their way; a line that was not there before does not move.
export function between(before: PlotLine[], after: PlotLine[], share: number): PlotLine[] {
  const eased = share * share * (3 - 2 * share);
  return after.map((l) => {
    const old = before.find((b) => b.key === l.key);
    if (!old || old.values.length !== l.values.length) return l;
    return { ...l, values: Array.from(l.values, (v, i) => old.values[i]! + (v - old.values[i]!) * eased) };
  });
}

type Scale = (v: number) => number;

function path(values: ArrayLike<number>, from: number, s: Scene, x: Scale, y: Scale): string {
  let d = "";
  let pen = "M";
  for (let i = from; i < s.times.length; i++) {
    const v = values[i]!;
    if (!Number.isFinite(v) || v < s.y.min || v > s.y.max) {
      pen = "M";
      continue;
    }
    d += `${pen}${x(i).toFixed(1)} ${y(v).toFixed(1)}`;
    pen = "L";
  }
  return d;
}

function bandsOf(s: Scene, x: Scale, y: Scale): SVGElement[] {
  const rows = s.times.map((_, i) => i).slice(s.today);
  const area = s.bands.map((b) => {
    const at = (i: number, v: number) => [x(rows[i]!), y(Math.min(s.y.max, Math.max(s.y.min, v)))];
    const points = outline({ low: rows.map((i) => finite(b.low[i]!)), high: rows.map((i) => finite(b.high[i]!)) }, at);
    return node("path", { d: points.length ? `M${points.map((p) => `${p[0]!.toFixed(1)} ${p[1]!.toFixed(1)}`).join("L")}Z` : "", class: `band ${b.key}` });
  });
  const thin = s.bands.flatMap((b) => b.futures.map((f) => node("path", { d: path(f, s.today, s, x, y), class: `future ${b.key}` })));
  return [...area, ...thin];
}

const finite = (v: number) => (Number.isFinite(v) ? v : null);

function axesOf(s: Scene, width: number, height: number, m: { left: number; right: number; top: number; bottom: number }, x: Scale, y: Scale): SVGElement[] {
  const out: SVGElement[] = [];
  s.y.ticks.forEach((t, i) => {
    out.push(node("line", { x1: m.left, x2: width - m.right, y1: y(t), y2: y(t), class: t === 0 ? "zero" : "grid" }));
    out.push(node("text", { x: m.left - 8, y: y(t) + 5, class: "tick", "text-anchor": "end" }, s.y.words[i]));
  });
  const every = Math.ceil((s.x.ticks.length * 52) / (width - m.left - m.right));
  const across = (t: number) => m.left + ((t - s.x.min) / (s.x.max - s.x.min)) * (width - m.left - m.right);
  s.x.ticks.forEach((t, i) => {
    if ((s.x.ticks.length - 1 - i) % every === 0) out.push(node("text", { x: across(t), y: height - 8, class: "tick", "text-anchor": "middle" }, s.x.words[i]));
  });
  for (const p of s.points) out.push(node("circle", { cx: across(p.time).toFixed(1), cy: y(p.value).toFixed(1), r: 3.5, class: "point" }));
  out.push(node("line", { x1: x(s.today), x2: x(s.today), y1: m.top - 6, y2: height - m.bottom, class: "today" }));
  out.push(node("text", { x: x(s.today) + 4, y: m.top - 8, class: "tick" }, "today"));
  return out;
}

// endsOf are the numbers at the line ends, moved apart.
function endsOf(lines: PlotLine[], right: number, y: Scale, height: number): SVGElement[] {
  const ends = lines
    .filter((l) => Number.isFinite(l.values[l.values.length - 1]!))
    .map((l) => ({ l, at: y(l.values[l.values.length - 1]!), top: 0 }))
    .sort((a, b) => a.at - b.at);
  let next = 14;
  for (const e of ends) {
    e.top = Math.max(e.at, next);
    next = e.top + 18;
  }
  next = height - 6;
  for (const e of ends.slice().reverse()) {
    e.top = Math.min(e.top, next);
    next = e.top - 18;
  }
  return ends.flatMap(({ l, at, top }) => [
    node("path", { d: `M${right + 2} ${at.toFixed(1)}L${right + 10} ${top.toFixed(1)}`, class: `leader ${l.key}` }),
    node("text", { x: right + 13, y: (top + 5).toFixed(1), class: "label number" }, l.label),
  ]);
}
