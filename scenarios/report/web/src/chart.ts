// A figure of the page: the words and numbers that Go made, drawn over the static picture once
// the figure comes near the window.

import type { Figure } from "./data.ts";
import { Plot, type PlotBand, type Reading, type Scene } from "./plot.ts";

// A Look is the part of the page's state that every chart shows.
export interface Look {
  lit: Set<string>; // lines that are not dim
  picked: string; // the line with its band; "" for none
}

export class Chart {
  readonly root: HTMLElement;
  readonly box: HTMLElement; // of the pictures; the keyboard reads it
  readonly plot: Plot;

  constructor(
    readonly figure: Figure,
    private look: Look,
    drawn: () => void,
  ) {
    this.root = document.getElementById(figure.id)!;
    this.box = this.root.querySelector(".plot")!;
    this.plot = new Plot(this.box, drawn);
    this.plot.show(() => this.scene());
  }

  get title(): string {
    return this.figure.title;
  }

  get times(): number[] {
    return this.figure.times;
  }

  get dates(): string[] {
    return this.figure.dates;
  }

  get today(): number {
    return this.figure.today;
  }

  readonly isLit = (key: string): boolean => this.look.lit.has(key) || key === this.look.picked;

  // isBanded reports whether the band of a line is shown: the picked one's, and in a chart of
  // levels that of no new decisions.
  isBanded(key: string): boolean {
    return key === this.look.picked || key === "s0";
  }

  // readings are the numbers at a row, with their ranges where a band is shown; what was recorded
  // comes first.
  readings(row: number): Reading[] {
    const { recorded, times } = this.figure;
    const point = recorded?.find((p) => Math.abs(p.time - times[row]!) < 1e-9);
    const lines = readings(this.figure, row, (k) => this.isLit(k)).map((r) => ({ ...r, words: r.words + this.rangeAt(r.key, row) }));
    return point ? [{ key: "", name: "recorded", words: point.words }, ...lines] : lines;
  }

  // rangeAt is " (20,100 to 23,400)" where the band of a line is shown.
  private rangeAt(key: string, row: number): string {
    const band = this.figure.lines.find((l) => l.key === key)?.band;
    const words = this.isBanded(key) ? band?.words[row - this.figure.now] : undefined;
    return words ? ` (${words})` : "";
  }

  // show takes the page's state over.
  show(look: Look): void {
    this.look = look;
    this.plot.show(() => this.scene());
  }

  // scene is the figure in the page's state.
  scene(): Scene {
    const f = this.figure;
    const today = Math.max(0, f.times.findIndex((t) => t >= f.today - 1e-9));
    const numbers = (values: (number | null)[]) => values.map((v) => v ?? NaN);
    const lines = f.lines.map((l) => ({
      key: l.key, name: l.name, values: numbers(l.values), label: l.label[0]!, from: l.first,
      lit: this.isLit(l.key), strong: l.key === this.look.picked,
    }));
    // The picked line is drawn last, above the others; the baseline before it.
    lines.sort((a, b) => Number(a.strong) - Number(b.strong) || Number(a.key === "s0") - Number(b.key === "s0"));
    const before = Array<number>(f.now).fill(NaN);
    const bands = f.lines.flatMap((l): PlotBand[] => {
      if (!l.band || !this.isBanded(l.key)) return [];
      const whole = (values: (number | null)[]) => [...before, ...numbers(values)];
      return [{ key: l.key, low: whole(l.band.low), high: whole(l.band.high), futures: l.band.futures.map(whole) }];
    });
    const notes = f.notes.filter((n) => n.key === this.look.picked);
    return { title: f.title, x: f.x, y: f.y, times: f.times, today, known: f.known, lines, bands, points: f.recorded ?? [], names: f.wide, notes, misfit: f.misfit };
  }
}

// readings are the numbers of the lit lines of a figure at a row, highest first.
export function readings(f: Figure, row: number, lit: (key: string) => boolean): Reading[] {
  const list = f.lines.filter((l) => lit(l.key) && l.words[row] !== "");
  list.sort((a, b) => (b.values[row] ?? -Infinity) - (a.values[row] ?? -Infinity));
  return list.map((l) => ({ key: l.key, name: l.name, words: l.words[row]! }));
}
