// The looks of lines, by key. Go makes the table (internal/chart), for the whole page.

import type { PlotLine } from "./frame.ts";
import type { Looks } from "./generated.ts";

// colorOf is a variable of the style sheet, so that a chart follows the theme without being drawn
// again. A key without a look is drawn in ink.
export const colorOf = (looks: Looks, key: string): string => looks.lines[key]?.color ?? "var(--ink)";

// dashOf are the lengths of strokes and gaps; null is a whole line.
export const dashOf = (looks: Looks, key: string): number[] | null => looks.dashes[key] ?? null;

// thicknessOf grows with the text, for a room. A line that is picked is thicker.
export function thicknessOf(looks: Looks, l: PlotLine, text: number): number {
  const own = looks.lines[l.key]?.width ?? 1.8;
  return ((l.strong ? Math.max(3.6, own) : own) * Math.max(14, text)) / 14;
}
