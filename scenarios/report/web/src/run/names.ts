// Names of columns in words.

import type { Place, Walk } from "../generated.ts";

// plain is a number as a modeler reads it: no money, no percent.
export const plain = { kind: "plain", unit: "", rate: "", finest: 0, coarse: 0, millions: false } as const;

// figures is a number in five figures, thousands apart: close lines keep different numbers.
export function figures(v: number): string {
  if (!Number.isFinite(v)) return Number.isNaN(v) ? "no number" : v > 0 ? "∞" : "\u2212∞";
  const rounded = Number(v.toPrecision(5));
  const size = Math.abs(rounded);
  const text = size !== 0 && (size < 1e-4 || size >= 1e12) ? size.toExponential() : size.toLocaleString("en-US", { maximumFractionDigits: 9 });
  return rounded < 0 ? `\u2212${text}` : text;
}

// named is a column's label with its element; its name where the page has no label.
export function named(p: Place | undefined, column: string): string {
  if (!p) return column;
  const element = p.elements[0] === undefined ? "" : places(p).get(column);
  return element ? `${p.label} (${element})` : p.label;
}

const known = new WeakMap<Place, Map<string, string>>();

// places are the elements of an array in words, by the names of its columns.
function places(p: Place): Map<string, string> {
  let of = known.get(p);
  if (!of) known.set(p, (of = new Map()));
  return of;
}

// learn tells named which element each column is.
export function learn(w: Walk, columns: string[]): void {
  for (const p of w.places) p.columns.forEach((c, k) => places(p).set(columns[c]!, p.elements[k] ?? ""));
}
