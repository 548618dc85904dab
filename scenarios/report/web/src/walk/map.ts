// The map of a model: its modules as at most twelve boxes, with an arrow for what acts on what.

import type { Walk } from "../generated.ts";
import { folded, node } from "../svg.ts";

const most = 12; // boxes

// A Box is a module with everything inside it; the last may hold all that have no box.
export interface Box {
  name: string;
  label: string;
  about: string;
  places: number[];
}

// boxesOf groups the places by module of the first level, the model's own under its name.
export function boxesOf(w: Walk, model: string): Box[] {
  const by = new Map<string, Box>();
  w.places.forEach((p, i) => {
    const top = p.module.split(".")[0]!;
    const m = w.modules.find((m) => m.name === top);
    const box = by.get(top) ?? { name: top, label: m?.label ?? model, about: m?.about ?? "", places: [] };
    box.places.push(i);
    by.set(top, box);
  });
  const all = [...by.values()];
  if (all.length <= most) return all;
  const large = [...all].sort((a, b) => b.places.length - a.places.length).slice(0, most - 1);
  const rest = all.filter((b) => !large.includes(b));
  return [...all.filter((b) => large.includes(b)), { name: "\u0000", label: `${rest.length} smaller modules`, about: "", places: rest.flatMap((b) => b.places) }];
}

// between counts the influences from one box on another.
function between(w: Walk, boxes: Box[]): number[][] {
  const of = new Map<number, number>();
  boxes.forEach((b, k) => b.places.forEach((i) => of.set(i, k)));
  const count = boxes.map(() => boxes.map(() => 0));
  w.places.forEach((p, i) => p.acts.forEach((a) => a.initial || count[of.get(i)!]![of.get(a.on)!]!++));
  return count;
}

const [width, height, wide, high] = [1000, 400, 180, 62];

// mapOf draws the boxes in a ring; go is called with the one that is chosen.
export function mapOf(w: Walk, boxes: Box[], go: (b: Box) => void): SVGSVGElement {
  const svg = node("svg", { class: "map-of-modules", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "The modules of the model" }) as SVGSVGElement;
  const head = node("marker", { id: "walk-head", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 13, markerHeight: 13, orient: "auto", markerUnits: "userSpaceOnUse" });
  head.append(node("path", { d: "M0 0L8 4L0 8z", class: "head" }));
  const defs = node("defs", {});
  defs.append(head);
  svg.append(defs);
  const centre = boxes.map((_, k) => {
    const turn = (2 * Math.PI * k) / boxes.length - Math.PI / 2;
    return { x: width / 2 + (width / 2 - wide / 2 - 8) * Math.cos(turn), y: height / 2 + (height / 2 - high / 2 - 8) * Math.sin(turn) };
  });
  const counts = between(w, boxes);
  counts.forEach((row, i) =>
    row.forEach((n, j) => {
      if (i === j || n === 0) return;
      const [a, b] = [edge(centre[i]!, centre[j]!), edge(centre[j]!, centre[i]!)];
      const [mx, my] = [(a.x + b.x) / 2 + (b.y - a.y) * 0.12, (a.y + b.y) / 2 - (b.x - a.x) * 0.12];
      svg.append(node("path", { d: `M${a.x} ${a.y}Q${mx} ${my} ${b.x} ${b.y}`, class: "way", "stroke-width": Math.min(6, 1 + n / 3), "marker-end": "url(#walk-head)" }));
    }),
  );
  boxes.forEach((b, k) => svg.append(boxOf(b, centre[k]!, counts, boxes, k, go)));
  return svg;
}

interface Point {
  x: number;
  y: number;
}

// edge is where the line from a box to another leaves it.
function edge(from: Point, to: Point): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = Math.min(wide / 2 / Math.max(1e-9, Math.abs(dx)), high / 2 / Math.max(1e-9, Math.abs(dy)), 1);
  return { x: from.x + dx * share, y: from.y + dy * share };
}

function boxOf(b: Box, at: Point, counts: number[][], boxes: Box[], k: number, go: (b: Box) => void): SVGElement {
  const on = boxes.filter((_, j) => j !== k && counts[k]![j]! > 0).map((x) => x.label);
  const said = `${b.label}, ${b.places.length} variables${on.length ? `; acts on ${on.join(", ")}` : ""}`;
  const g = node("g", { class: "box", role: "button", tabindex: 0, "aria-label": said });
  g.append(node("rect", { x: at.x - wide / 2, y: at.y - high / 2, width: wide, height: high, rx: 3 }));
  const lines = folded(b.label, 16, wide - 16).slice(0, 3);
  lines.forEach((l, i) => g.append(node("text", { x: at.x, y: at.y + 6 + (i - (lines.length - 1) / 2) * 18, "text-anchor": "middle", "font-size": 16 }, l)));
  g.addEventListener("click", () => go(b));
  g.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" && e.key !== " ") return;
    e.preventDefault();
    go(b);
  });
  return g;
}
