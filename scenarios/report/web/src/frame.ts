// A chart as data, and its frame: the margins that its words need, and where everything is.

import type { Axis } from "./data.ts";
import type { Shape } from "./shapes.ts";
import { widthOf } from "./svg.ts";

export interface PlotLine {
  key: string; // of its look: colour, dash and width
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

// A Reading is the number of a line at a time, in words.
export interface Reading {
  key: string; // "" for what was recorded
  name: string;
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
  // guess is a line drawn by hand, a value for each row; null where nothing is drawn.
  guess?: { values: (number | null)[]; words: string } | null;
  word?: (v: number) => string; // of a value of its lines, for a reader who points at them
  spots?: Spot[]; // of a chart whose x is no time; it has rules across, too
  under?: (f: Frame) => Shape[]; // of the owner, behind the lines
  over?: (f: Frame) => Shape[]; // above them
}

// A Spot is a point that can be pointed at.
export interface Spot {
  x: number;
  y: number;
  size: number; // as a share of the height of text
  style: Record<string, unknown>;
}

// readingsOf are the numbers of a scene's lines at a row, highest first, with the ranges of those
// that have a band.
export function readingsOf(s: Scene, row: number): Reading[] {
  const word = s.word ?? String;
  const drawn = s.lines.filter((l) => l.lit !== false && row >= l.from && Number.isFinite(l.values[row]!));
  drawn.sort((a, b) => b.values[row]! - a.values[row]!);
  return drawn.map((l) => {
    const band = s.bands.find((b) => b.key === l.key);
    const range = band && Number.isFinite(band.low[row]!) ? ` (${word(band.low[row]!)} to ${word(band.high[row]!)})` : "";
    return { key: l.key, name: l.name, words: word(l.values[row]!) + range };
  });
}

export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

type Scale = (v: number) => number;

// A Frame is a scene with its size in pixels. The height of its text is in pixels, too.
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

  // clamped is y of the value, or of the end of the scale that it is beyond.
  clamped(v: number): number {
    return this.y(Math.min(this.scene.y.max, Math.max(this.scene.y.min, v)));
  }

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

  // ticks are the ticks of time, every one or every second or third, so that their words do not
  // touch; the last one is always there.
  get ticks(): number[] {
    const { left, right } = this.margins;
    const { ticks, words } = this.scene.x;
    const each = Math.max(...words.map((w) => widthOf(w, this.text))) + 10;
    const every = Math.max(1, Math.ceil((ticks.length * each) / (this.width - left - right)));
    return ticks.filter((_, i) => (ticks.length - 1 - i) % every === 0);
  }
}
