// Draws a chart as plain SVG: the page's charts, the reader's own runs and the room's. A line
// is redrawn in the time of a frame, moves from old to new when asked to, and is printed as it
// stands. Colours and dashes come from the style sheet, by class.

import type { Axis } from "./data.ts";
import { browserClock, Motion } from "./motion.ts";
import { outline } from "./shapes.ts";
import { spread, type Label } from "./spread.ts";

export interface PlotLine {
  key: string; // class of its colour
  name: string;
  values: ArrayLike<number>; // by row of the scene; NaN where it is not drawn
  label: string; // the number at its end
  from: number; // row from which it is drawn
  lit?: boolean; // false: it is dim and has no label
  strong?: boolean; // the one that is picked
}

export interface PlotBand {
  key: string;
  low: ArrayLike<number>; // by row of the scene; NaN where there is none
  high: ArrayLike<number>;
  futures: ArrayLike<number>[];
}

// A Note is written at a point of a line.
export interface Note {
  key: string;
  time: number;
  value: number;
  words: string;
}

export interface Scene {
  title: string;
  x: Axis;
  y: Axis;
  times: number[];
  today: number; // row
  known?: number; // time from which no new decisions is dotted
  lines: PlotLine[];
  bands: PlotBand[];
  points: { time: number; value: number }[]; // recorded
  names?: boolean; // lines have their names at their ends
  notes?: Note[];
  // misfit is a strip around zero: how far the model is from its own record on average.
  misfit?: { half: number; words: string } | null;
  // upto is how far the lines are drawn, as a share of the time from today on; whole if unset.
  upto?: number;
}

export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function node(name: string, attributes: Record<string, string | number>, text = ""): SVGElement {
  const n = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [k, v] of Object.entries(attributes)) n.setAttribute(k, String(v));
  n.textContent = text;
  return n;
}

// pen measures words as they will be drawn.
let pen: CanvasRenderingContext2D | null = null;
let family = "";

export function widthOf(text: string, size: number, weight = 400): number {
  pen ??= document.createElement("canvas").getContext("2d")!;
  family ||= getComputedStyle(document.body).fontFamily;
  pen.font = `${weight} ${size}px ${family}`;
  return pen.measureText(text).width;
}

// folded breaks a text into lines of at most so many pixels; a word that is longer has a line
// of its own.
export function folded(text: string, size: number, room: number, weight = 400): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size, weight) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

type Scale = (v: number) => number;

// A Frame is a scene with its size in pixels: where everything is.
export class Frame {
  readonly margins: Margins;
  readonly named: boolean; // there is room for names at the line ends

  constructor(
    readonly scene: Scene,
    readonly width: number,
    readonly height: number,
    readonly text: number,
  ) {
    const t = text;
    this.named = Boolean(scene.names) && width > 38 * t;
    const ends = Math.max(0, ...scene.lines.map((l) => widthOf(l.label, t, 700)));
    const right = this.named ? Math.max(14 * t, Math.min(22 * t, 0.32 * width)) : ends + 1.8 * t;
    this.margins = { left: Math.max(0, ...scene.y.words.map((w) => widthOf(w, t))) + t, right, top: 2.2 * t, bottom: 2 * t };
  }

  readonly x: Scale = (time) => {
    const { left, right } = this.margins;
    const { min, max } = this.scene.x;
    return left + ((time - min) / (max - min)) * (this.width - left - right);
  };

  readonly y: Scale = (v) => {
    const { top, bottom } = this.margins;
    const { min, max } = this.scene.y;
    return this.height - bottom - ((v - min) / (max - min)) * (this.height - top - bottom);
  };

  timeAt(x: number): number {
    const { left, right } = this.margins;
    const { min, max } = this.scene.x;
    return min + ((x - left) / (this.width - left - right)) * (max - min);
  }

  valueAt(y: number): number {
    const { top, bottom } = this.margins;
    const { min, max } = this.scene.y;
    return min + ((this.height - bottom - y) / (this.height - top - bottom)) * (max - min);
  }
}

export class Plot {
  readonly svg = node("svg", { class: "static own", role: "img" }) as SVGSVGElement;
  private readonly parts = ["bands", "axes", "lines", "ends", "guess"].map((c) => node("g", { class: c }));
  // motion decides which scene is drawn when. Its phase is in data-motion.
  readonly motion: Motion<Scene>;
  frame: Frame | null = null; // of the scene that is drawn
  over: SVGElement[] = []; // shapes of the owner, above the lines
  draws: (f: Frame) => void = () => {}; // puts them where they belong in a frame
  private axes = "";

  constructor(
    private readonly root: HTMLElement,
    private readonly drawn: () => void = () => {},
  ) {
    const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
    const say = (phase: string) => (root.dataset["motion"] = phase);
    this.motion = new Motion(browserClock, (s) => this.draw(s), onTheWay, calm, say);
    this.svg.append(...this.parts);
    root.append(this.svg);
    let width = 0;
    let height = 0;
    new ResizeObserver(([entry]) => {
      const size = entry!.contentRect;
      if (size.width === width && size.height === height) return;
      [width, height] = [size.width, size.height];
      this.resized();
    }).observe(root);
  }

  // resized draws the scene again in the size that it has now.
  resized(): void {
    if (this.frame) this.draw(this.frame.scene);
  }

  private draw(s: Scene): void {
    const text = parseFloat(getComputedStyle(this.root).fontSize) * 0.875;
    const f = new Frame(s, this.svg.clientWidth || 600, this.svg.clientHeight || 300, text);
    this.frame = f;
    const axes = JSON.stringify([f.width, f.height, text, f.margins, s.x, s.y, s.points.length, s.title, s.misfit]);
    if (axes !== this.axes) {
      this.axes = axes;
      this.svg.setAttribute("viewBox", `0 0 ${f.width} ${f.height}`);
      this.parts[1]!.replaceChildren(...axesOf(f));
    }
    this.svg.setAttribute("aria-label", spokenScene(s));
    this.parts[0]!.replaceChildren(...bandsOf(f));
    this.parts[2]!.replaceChildren(...s.lines.flatMap((l) => lineOf(l, f)));
    this.parts[3]!.replaceChildren(...(s.upto === undefined || s.upto >= 1 ? [...endsOf(f), ...notesOf(f)] : []));
    this.parts[4]!.replaceChildren(...this.over);
    this.draws(f);
    this.drawn();
  }
}

function spokenScene(s: Scene): string {
  const lines = s.upto === 0 ? [] : s.lines.filter((l) => l.lit !== false);
  return [`${s.title}`, ...lines.map((l) => `${l.name}: ${l.label} at the end`)].join(". ") + ".";
}

// onTheWay is a scene whose lines are between those of two; bands are drawn where the
// way ends. A scene that grows goes from one length to the other.
const onTheWay = (from: Scene, to: Scene, share: number): Scene => {
  if (from.upto !== undefined && from.upto < 1) return { ...to, upto: from.upto + share * ((to.upto ?? 1) - from.upto), bands: [] };
  return { ...to, lines: between(from.lines, to.lines, share), bands: [] };
};

// between is the lines on their way; a line that was not there before does not move.
export function between(before: PlotLine[], after: PlotLine[], share: number): PlotLine[] {
  const eased = share * share * (3 - 2 * share);
  return after.map((l) => {
    const old = before.find((b) => b.key === l.key);
    if (!old || old.values.length !== l.values.length) return l;
    return { ...l, values: Array.from(l.values, (v, i) => old.values[i]! + (v - old.values[i]!) * eased) };
  });
}

// path is a line through the rows of a scene from one to another; it breaks off where a value
// is not finite or leaves the scale.
function path(values: ArrayLike<number>, from: number, to: number, f: Frame): string {
  const { times, y } = f.scene;
  const slack = 1e-9 * (y.max - y.min);
  let d = "";
  let move = "M";
  for (let i = from; i <= to; i++) {
    const v = values[i]!;
    if (!Number.isFinite(v) || v < y.min - slack || v > y.max + slack) {
      move = "M";
      continue;
    }
    d += `${move}${f.x(times[i]!).toFixed(1)} ${f.y(v).toFixed(1)}`;
    move = "L";
  }
  return d;
}

// lineOf draws a line; no new decisions in two parts, the second dotted.
function lineOf(l: PlotLine, f: Frame): SVGElement[] {
  const { times, known, today, upto } = f.scene;
  const last = times.length - 1;
  const end = upto === undefined ? last : Math.round(today + upto * (last - today));
  const classes = `line ${l.key}${l.lit === false ? " dim" : ""}${l.strong ? " strong" : ""}`;
  if (l.key !== "s0" || known === undefined) return [node("path", { d: path(l.values, l.from, end, f), class: classes })];
  let turn = times.findIndex((t) => t >= known - 1e-9);
  if (turn < 0) turn = last;
  return [
    node("path", { d: path(l.values, l.from, Math.min(turn, end), f), class: classes }),
    node("path", { d: path(l.values, Math.max(turn, l.from), end, f), class: `${classes} beyond` }),
  ];
}

function bandsOf(f: Frame): SVGElement[] {
  const s = f.scene;
  if (s.upto !== undefined && s.upto < 1) return [];
  const rows = s.times.map((_, i) => i).slice(s.today);
  const area = s.bands.map((b) => {
    const at = (i: number, v: number) => [f.x(s.times[rows[i]!]!), f.y(Math.min(s.y.max, Math.max(s.y.min, v)))];
    const points = outline({ low: rows.map((i) => finite(b.low[i]!)), high: rows.map((i) => finite(b.high[i]!)) }, at);
    return node("path", { d: points.length ? `M${points.map((p) => `${p[0]!.toFixed(1)} ${p[1]!.toFixed(1)}`).join("L")}Z` : "", class: `band ${b.key}` });
  });
  const thin = s.bands.flatMap((b) => b.futures.map((v) => node("path", { d: path(v, s.today, s.times.length - 1, f), class: `future ${b.key}` })));
  return [...area, ...thin];
}

const finite = (v: number) => (Number.isFinite(v) ? v : null);

function axesOf(f: Frame): SVGElement[] {
  const { scene: s, margins: m, width, height, text: t } = f;
  const out: SVGElement[] = [];
  if (s.misfit) out.push(...misfitOf(f, s.misfit));
  s.y.ticks.forEach((v, i) => {
    out.push(node("line", { x1: m.left, x2: width - m.right, y1: f.y(v), y2: f.y(v), class: v === 0 ? "zero" : "grid" }));
    out.push(node("text", { x: m.left - 0.5 * t, y: f.y(v) + 0.35 * t, class: "tick", "text-anchor": "end", "font-size": t }, s.y.words[i]));
  });
  const each = Math.max(...s.x.words.map((w) => widthOf(w, t))) + 10;
  const every = Math.max(1, Math.ceil((s.x.ticks.length * each) / (width - m.left - m.right)));
  s.x.ticks.forEach((v, i) => {
    if ((s.x.ticks.length - 1 - i) % every === 0) out.push(node("text", { x: f.x(v), y: height - 0.5 * t, class: "tick", "text-anchor": "middle", "font-size": t }, s.x.words[i]));
  });
  if (s.y.cut) out.push(node("path", { d: `M${m.left} ${height - m.bottom}l5 -3l-10 -4l10 -4l-10 -4l5 -3`, class: "cut" }));
  for (const p of s.points) out.push(node("circle", { cx: f.x(p.time).toFixed(1), cy: f.y(p.value).toFixed(1), r: 0.25 * t, class: "point" }));
  const today = s.times[s.today]!;
  if (today > s.x.min + 1e-9) {
    out.push(node("line", { x1: f.x(today), x2: f.x(today), y1: m.top - 0.5 * t, y2: height - m.bottom, class: "today" }));
    out.push(node("text", { x: f.x(today) + 4, y: m.top - 0.6 * t, class: "tick", "font-size": t }, "today"));
  }
  return out;
}

// misfitOf is the strip of the model's own misfit, as far as it is on the scale.
function misfitOf(f: Frame, misfit: { half: number; words: string }): SVGElement[] {
  const { y } = f.scene;
  const top = f.y(Math.min(y.max, misfit.half));
  const foot = f.y(Math.max(y.min, -misfit.half));
  const width = f.width - f.margins.left - f.margins.right;
  return [
    node("rect", { x: f.margins.left, y: top, width, height: Math.max(0, foot - top), class: "misfit" }),
    node("text", { x: f.margins.left + 6, y: Math.min(f.height - f.margins.bottom, foot) - 0.4 * f.text, class: "label", "font-size": 0.93 * f.text }, misfit.words),
  ];
}

interface EndLabel extends Label {
  ends: { key: string; at: number }[];
  number: string;
  words: string[]; // lines, of which the first begins with the number
  strong: boolean;
}

// endsOf are the numbers at the line ends, where there is room with the names, moved apart.
function endsOf(f: Frame): SVGElement[] {
  const line = f.text * 1.15;
  const right = f.width - f.margins.right;
  const high = f.height - f.margins.bottom + line / 2;
  const labels = labelsOf(f, line, high);
  spread(labels, 0, high, line);
  return labels.flatMap(({ ends, words, number, top, strong }) => [
    ...ends.map(({ key, at }) => node("path", { d: `M${right + 3} ${at.toFixed(1)}L${right + 12} ${(top + line / 2).toFixed(1)}`, class: `leader ${key}` })),
    ...words.map((w, i) => {
      const text = node("text", { x: right + 16, y: (top + (i + 0.8) * line).toFixed(1), class: `label${strong ? " strong" : ""}`, "font-size": f.text }, i === 0 ? w.slice(number.length) : w);
      if (i === 0) text.prepend(node("tspan", { class: "number" }, number));
      return text;
    }),
  ]);
}

// labelsOf joins lines that end in the same words. Names are whole or left out: where the
// height does not hold them all, only the highest, the lowest and the picked line keep theirs.
function labelsOf(f: Frame, line: number, high: number): EndLabel[] {
  const room = f.margins.right - 20;
  const drawn = f.scene.lines.filter((l) => l.lit !== false && Number.isFinite(l.values[l.values.length - 1]!));
  const make = (named: (l: PlotLine) => boolean) => {
    const out: EndLabel[] = [];
    for (const l of drawn) {
      const words = f.named && named(l) ? folded(`${l.label} ${l.name}`, f.text, room, l.strong ? 700 : 400) : [l.label];
      const at = f.y(Math.min(f.scene.y.max, Math.max(f.scene.y.min, l.values[l.values.length - 1]!)));
      const same = out.find((o) => o.words.join("\n") === words.join("\n"));
      if (same) same.ends.push({ key: l.key, at });
      else out.push({ ends: [{ key: l.key, at }], number: l.label, words, at, top: 0, height: words.length * line + 3, strong: Boolean(l.strong) });
    }
    return out;
  };
  const whole = make(() => true);
  if (whole.reduce((sum, l) => sum + l.height, 0) <= high) return whole;
  const ends = drawn.map((l) => l.values[l.values.length - 1]!);
  const [most, least] = [Math.max(...ends), Math.min(...ends)];
  return make((l) => Boolean(l.strong) || [most, least].includes(l.values[l.values.length - 1]!));
}

// notesOf are words at a point of a line, on the side where there is room.
function notesOf(f: Frame): SVGElement[] {
  return (f.scene.notes ?? []).flatMap((n) => {
    const [x, y] = [f.x(n.time), f.y(n.value)];
    const below = n.value < 0;
    const at = Math.min(f.height - f.margins.bottom - 4, Math.max(f.margins.top + f.text, below ? y + 1.6 * f.text : y - 0.9 * f.text));
    const left = x + widthOf(n.words, f.text) > f.width - f.margins.right;
    return [
      node("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 0.3 * f.text, class: `note ${n.key}` }),
      node("text", { x: x.toFixed(1), y: at.toFixed(1), class: "label", "text-anchor": left ? "end" : "start", "font-size": f.text }, n.words),
    ];
  });
}
