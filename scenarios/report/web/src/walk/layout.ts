// A picture of boxes and signed arrows, laid out in layers by dagre: arrows mostly go one way,
// cross little, and pass no box.

import type Dagre from "@dagrejs/dagre";
import { library } from "../library.ts";
import { make } from "../make.ts";
import { folded, node } from "../svg.ts";

// A Card is a box of the picture; stocks, flows and decisions look different.
export interface Card {
  label: string;
  kind: string;
  said: string; // for screen readers
  go: () => void;
}

// An Arrow goes from a card to another, by their positions. It has a sign: + the same way, −
// the opposite way, ± one way at some times and the other at others.
export interface Arrow {
  from: number;
  to: number;
  sign: "+" | "\u2212" | "\u00b1";
  delayed: boolean;
  material: boolean; // it flows: from a flow into a stock, or out of one
}

export interface Point {
  x: number;
  y: number;
}

export interface Laid {
  width: number;
  height: number;
  boxes: { x: number; y: number; width: number; height: number; lines: string[] }[]; // middles
  ways: Point[][]; // of the arrows
  signs: Point[]; // on the arrows, near their middle
}

const [wide, line, pad, mark] = [148, 17, 10, 18];

// lay places boxes with their lines of text, and arrows; across goes from left to right, otherwise
// downwards.
export function lay(dagre: typeof Dagre, lines: string[][], arrows: Arrow[], across: boolean): Laid {
  const g = new dagre.graphlib.Graph({ multigraph: true });
  g.setGraph({ rankdir: across ? "LR" : "TB", nodesep: 16, ranksep: across ? 44 : 34, marginx: 6, marginy: 6, edgesep: 10 });
  g.setDefaultEdgeLabel(() => ({}));
  lines.forEach((l, i) => g.setNode(String(i), { width: wide, height: l.length * line + pad }));
  arrows.forEach((a, i) => g.setEdge(String(a.from), String(a.to), { width: mark, height: mark, labelpos: "c", weight: a.material ? 4 : 1 }, String(i)));
  dagre.layout(g);
  const size = g.graph();
  const boxes = lines.map((l, i) => {
    const n = g.node(String(i));
    return { x: n.x!, y: n.y!, width: wide, height: n.height!, lines: l };
  });
  const edges = arrows.map((a, i) => g.edge({ v: String(a.from), w: String(a.to), name: String(i) }));
  return { width: size.width!, height: size.height!, boxes, ways: edges.map((e) => e.points!), signs: edges.map((e) => middle(e.points!)) };
}

// shortened is at most three lines, with a mark where there were more.
const shortened = (lines: string[]) => (lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]!}\u2026`] : lines);

// middle is a point of the curve through some points, at the middle one of them.
function middle(points: Point[]): Point {
  const m = Math.floor(points.length / 2);
  const [before, at, after] = [points[m - 1]!, points[m]!, points[m + 1] ?? points[m]!];
  const from = m === 1 ? before : { x: (before.x + at.x) / 2, y: (before.y + at.y) / 2 };
  const to = m + 2 >= points.length ? after : { x: (at.x + after.x) / 2, y: (at.y + after.y) / 2 };
  return { x: from.x / 4 + at.x / 2 + to.x / 4, y: from.y / 4 + at.y / 2 + to.y / 4 };
}

// curve goes along points, rounded at each.
function curve(points: Point[]): string {
  const [first, ...rest] = points;
  let d = `M${first!.x} ${first!.y}`;
  rest.forEach((p, i) => {
    const next = rest[i + 1];
    d += next ? `Q${p.x} ${p.y} ${(p.x + next.x) / 2} ${(p.y + next.y) / 2}` : `L${p.x} ${p.y}`;
  });
  return d;
}

let pictures = 0; // drawn so far: arrowheads of two pictures need two names

// drawn is the picture, which comes when the library is there; each card can be entered by mouse
// and key.
export function drawn(title: string, cards: Card[], arrows: Arrow[], across: boolean): HTMLElement {
  // On a phone it keeps its size and scrolls.
  const scroll = make("div", "scroll");
  void library().then(
    ({ dagre }) => scroll.append(picture(dagre, title, cards, arrows, across)),
    () => scroll.append(make("p", "unit", "The picture cannot be laid out in this browser; the lists below have the same.")),
  );
  return scroll;
}

function picture(dagre: typeof Dagre, title: string, cards: Card[], arrows: Arrow[], across: boolean): SVGSVGElement {
  const l = lay(dagre, cards.map((c) => shortened(folded(c.label, 14, wide - pad))), arrows, across);
  const svg = node("svg", { class: "net", viewBox: `0 0 ${l.width} ${l.height}`, width: l.width, height: l.height, role: "group", "aria-label": title }) as SVGSVGElement;
  const id = `net-head-${pictures++}`;
  const head = node("marker", { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 11, markerHeight: 11, orient: "auto", markerUnits: "userSpaceOnUse" });
  head.append(node("path", { d: "M0 0L8 4L0 8z", class: "head" }));
  const defs = node("defs", {});
  defs.append(head);
  svg.append(defs);
  const ways = arrows.map((a, i) => {
    const g = node("g", { class: `way${a.material ? " material" : ""}`, "aria-hidden": "true" });
    g.append(node("path", { d: curve(l.ways[i]!), "marker-end": `url(#${id})` }));
    const at = l.signs[i]!;
    g.append(node("circle", { cx: at.x, cy: at.y, r: mark / 2 - 1 }));
    g.append(node("text", { x: at.x, y: at.y + 5, "text-anchor": "middle", "font-size": 15 }, a.sign));
    if (a.delayed) g.append(node("text", { x: at.x + 10, y: at.y - 6, "font-size": 12 }, "\u2225"));
    return g;
  });
  svg.append(...ways, ...cards.map((c, i) => boxOf(svg, c, l.boxes[i]!, ways.filter((_, k) => arrows[k]!.from === i || arrows[k]!.to === i))));
  return svg;
}

function boxOf(svg: SVGSVGElement, c: Card, b: Laid["boxes"][number], near: SVGElement[]): SVGElement {
  const g = node("g", { class: `box ${c.kind}`, role: "button", tabindex: 0, "aria-label": c.said });
  g.append(node("rect", { x: b.x - b.width / 2, y: b.y - b.height / 2, width: b.width, height: b.height, rx: c.kind === "flow" ? b.height / 2 : 3 }));
  b.lines.forEach((t, i) => g.append(node("text", { x: b.x, y: b.y + 5 + (i - (b.lines.length - 1) / 2) * line, "text-anchor": "middle", "font-size": 14 }, `${t} `))); // with a space, or a name spoken would run two words together
  g.addEventListener("click", c.go);
  g.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" && e.key !== " ") return;
    e.preventDefault();
    c.go();
  });
  // Its arrows stand out while it is pointed at or has the focus.
  const light = (on: boolean) => {
    svg.classList.toggle("asked", on);
    near.forEach((w) => w.classList.toggle("on", on));
  };
  for (const name of ["pointerenter", "focus"]) g.addEventListener(name, () => light(true));
  for (const name of ["pointerleave", "blur"]) g.addEventListener(name, () => light(false));
  return g;
}
