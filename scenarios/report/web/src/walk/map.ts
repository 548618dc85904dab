// The map of a model: its modules as at most twelve boxes, with a signed arrow for what acts on
// what.

import type { Walk } from "../generated.ts";
import { most } from "./core.ts";
import type { Arrow, Card } from "./layout.ts";

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

// mapOf is the picture of the modules: an arrow where one acts on another, with the sign that all
// its influences share, or ±.
export function mapOf(w: Walk, boxes: Box[], go: (b: Box) => void): { cards: Card[]; arrows: Arrow[] } {
  const of = new Map<number, number>();
  boxes.forEach((b, k) => b.places.forEach((i) => of.set(i, k)));
  const signs = new Map<string, Set<string>>();
  w.places.forEach((p, i) =>
    p.acts.forEach((a) => {
      const key = `${of.get(i)} ${of.get(a.on)}`;
      if (!a.initial && of.get(i) !== of.get(a.on)) signs.set(key, (signs.get(key) ?? new Set()).add(a.sign));
    }),
  );
  const arrows = [...signs].map(([key, s]): Arrow => {
    const [from, to] = key.split(" ").map(Number);
    const one = s.size === 1 ? [...s][0] : "?";
    return { from: from!, to: to!, sign: one === "+" ? "+" : one === "-" ? "\u2212" : "\u00b1", delayed: false, material: false };
  });
  const cards = boxes.map((b, k): Card => {
    const on = arrows.filter((a) => a.from === k).map((a) => boxes[a.to]!.label);
    return { label: b.label, kind: "module", said: `${b.label}, ${b.places.length} variables${on.length ? `; acts on ${on.join(", ")}` : ""}`, go: () => go(b) };
  });
  return { cards, arrows };
}
