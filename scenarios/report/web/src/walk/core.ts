// The few variables of a module that its picture shows, and what they act on: directly, or
// through variables that are not shown.

import type { Place, Walk } from "../generated.ts";
import type { Arrow } from "./layout.ts";

export const most = 12; // boxes of a picture

// rank of a kind: what accumulates says most, then what flows, then what is decided.
const rank: Record<string, number> = { stock: 0, flow: 1, decision: 2, aux: 3 };

// coreOf is at most twelve of some places: stocks, their flows, decisions, then what has most
// links; in the order of the model.
export function coreOf(w: Walk, places: number[], room = most): number[] {
  const inside = new Set(places);
  const links = new Map<number, number>();
  const count = (i: number) => links.set(i, (links.get(i) ?? 0) + 1);
  for (const i of places) {
    for (const a of w.places[i]!.acts) {
      if (a.initial || !inside.has(a.on)) continue;
      count(i);
      count(a.on);
    }
  }
  const shown = places.filter((i) => (rank[w.places[i]!.kind] ?? 9) < 9 && links.has(i));
  const chosen = [...shown].sort((a, b) => rank[w.places[a]!.kind]! - rank[w.places[b]!.kind]! || links.get(b)! - links.get(a)! || a - b).slice(0, room);
  return chosen.sort((a, b) => a - b);
}

const turned = { "+": "-", "-": "+", "?": "?" } as const;
type Sign = keyof typeof turned;

// arrowsOf are the influences among some places, by their positions in the list. A way through
// places that are not in the list counts as one arrow, whose sign is the product of its links'.
export function arrowsOf(w: Walk, list: number[], within: number[]): Arrow[] {
  const at = new Map(list.map((i, k) => [i, k]));
  const inside = new Set(within);
  const out: Arrow[] = [];
  for (const from of list) {
    const found = new Map<number, { signs: Set<Sign>; delayed: boolean; material: boolean }>();
    const seen = new Set<string>();
    const follow = (p: Place, sign: Sign, delayed: boolean, first: boolean) => {
      for (const a of p.acts) {
        if (a.initial || !inside.has(a.on)) continue;
        const next: Sign = sign === "?" || a.sign === "?" ? "?" : a.sign === "-" ? turned[sign] : sign;
        const late = delayed || a.delayed;
        if (at.has(a.on)) {
          if (a.on === from) continue; // a loop through what is not shown
          const f = found.get(a.on) ?? { signs: new Set<Sign>(), delayed: false, material: false };
          f.signs.add(next);
          f.delayed ||= late;
          f.material ||= first && a.material;
          found.set(a.on, f);
          continue;
        }
        const key = `${a.on} ${next} ${late}`;
        if (seen.has(key)) continue;
        seen.add(key);
        follow(w.places[a.on]!, next, late, false);
      }
    };
    follow(w.places[from]!, "+", false, true);
    for (const [to, f] of found) {
      const one = f.signs.size === 1 ? [...f.signs][0]! : "?";
      out.push({ from: at.get(from)!, to: at.get(to)!, sign: one === "+" ? "+" : one === "-" ? "\u2212" : "\u00b1", delayed: f.delayed, material: f.material });
    }
  }
  return out;
}
