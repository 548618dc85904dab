// Labels at the line ends: the number and, where there is room, the name, moved apart so that
// none covers another.

import type { Frame, PlotLine } from "./frame.ts";
import type { Looks } from "./generated.ts";
import { colorOf } from "./looks.ts";
import { words, type Shape } from "./shapes.ts";
import { spread, type Label } from "./spread.ts";
import { folded, widthOf } from "./svg.ts";

interface EndLabel extends Label {
  ends: { key: string; at: number }[];
  number: string;
  words: string[]; // lines, of which the first begins with the number
  strong: boolean;
}

// endLabels are the labels with a rule from each line's end to its own.
export function endLabels(f: Frame, looks: Looks): Shape[] {
  const line = f.text * 1.15;
  const right = f.width - f.margins.right;
  const high = f.height - f.margins.bottom + line / 2;
  const labels = labelsOf(f, line, high);
  spread(labels, 0, high, line);
  return labels.flatMap((l) => [
    ...l.ends.map(({ key, at }): Shape => ({
      type: "line", shape: { x1: right + 3, y1: at, x2: right + 12, y2: l.top + line / 2 }, style: { fill: "none", stroke: colorOf(looks, key), lineWidth: 1.5 },
    })),
    ...l.words.flatMap((w, i) => wordsOf(f, l, w, i, right + 16, l.top + (i + 0.5) * line)),
  ]);
}

// wordsOf is a line of a label; the first has the number, in bold.
function wordsOf(f: Frame, l: EndLabel, text: string, i: number, x: number, y: number): Shape[] {
  const fontWeight = l.strong ? 700 : 400;
  if (i > 0) return [words(f, text, x, y, { fontWeight })];
  const name = text.slice(l.number.length);
  const number = words(f, l.number, x, y, { fontWeight: 700 });
  return name.trim() === "" ? [number] : [number, words(f, name.trim(), x + widthOf(`${l.number} `, f.text, 700), y, { fontWeight })];
}

// labelsOf joins lines that end in the same words. Names are whole or left out: where the
// height does not hold them all, only the highest, the lowest and the picked line keep theirs.
function labelsOf(f: Frame, line: number, high: number): EndLabel[] {
  const room = f.margins.right - 20;
  const drawn = f.scene.lines.filter((l) => l.lit !== false && Number.isFinite(endOf(l)));
  const make = (named: (l: PlotLine) => boolean) => {
    const out: EndLabel[] = [];
    for (const l of drawn) {
      const lines = f.named && named(l) ? folded(`${l.label} ${l.name}`, f.text, room, l.strong ? 700 : 400) : [l.label];
      const at = f.clamped(endOf(l));
      const same = out.find((o) => o.words.join("\n") === lines.join("\n"));
      if (same) same.ends.push({ key: l.key, at });
      else out.push({ ends: [{ key: l.key, at }], number: l.label, words: lines, at, top: 0, height: lines.length * line + 3, strong: Boolean(l.strong) });
    }
    return out;
  };
  const whole = make(() => true);
  if (whole.reduce((sum, l) => sum + l.height, 0) <= high) return whole;
  const ends = drawn.map(endOf);
  const [most, least] = [Math.max(...ends), Math.min(...ends)];
  return make((l) => Boolean(l.strong) || [most, least].includes(endOf(l)));
}

const endOf = (l: PlotLine): number => l.values[l.values.length - 1]!;
