// A figure of the page: the words and numbers that Go made, drawn over the static picture once
// the figure comes near the window.

import type { Figure } from "./data.ts";
import { Plot, type Margins, type PlotBand, type Scene } from "./plot.ts";

// A Look is the part of the page's state that every chart shows.
export interface Look {
  lit: Set<string>; // lines that are not dim
  picked: string; // the line with its band; "" for none
}

export class Chart {
  readonly root: HTMLElement;
  readonly plot: HTMLElement;
  private picture: Plot | null = null; // null until it comes near the window

  constructor(
    readonly figure: Figure,
    private look: Look,
    private readonly drawn: () => void,
  ) {
    this.root = document.getElementById(figure.id)!;
    this.plot = this.root.querySelector(".plot")!;
  }

  get isDrawn(): boolean {
    return this.picture?.frame != null;
  }

  get margins(): Margins {
    return this.picture!.frame!.margins;
  }

  xOf(time: number): number {
    return this.picture!.frame!.x(time);
  }

  yOf(value: number): number {
    return this.picture!.frame!.y(value);
  }

  timeAt(x: number): number {
    return this.picture!.frame!.timeAt(x);
  }

  isLit(key: string): boolean {
    return this.look.lit.has(key) || key === this.look.picked;
  }

  // isBanded reports whether the band of a line is shown: the picked one's, and in a chart of
  // levels that of no new decisions.
  isBanded(key: string): boolean {
    return key === this.look.picked || key === "s0";
  }

  // rangeAt is " (20,100 to 23,400)" where the band of a line is shown.
  rangeAt(key: string, index: number): string {
    const band = this.figure.lines.find((l) => l.key === key)?.band;
    const words = this.isBanded(key) ? band?.words[index - this.figure.now] : undefined;
    return words ? ` (${words})` : "";
  }

  // near draws the figure, once.
  near(): void {
    if (this.picture) return;
    const box = document.createElement("div");
    box.className = "chart";
    this.plot.append(box);
    this.plot.classList.add("drawn");
    this.picture = new Plot(box, this.drawn);
    this.picture.motion.show(this.scene());
  }

  // show takes the page's state over; it costs nothing where nothing is drawn yet.
  show(look: Look): void {
    this.look = look;
    this.picture?.motion.show(this.scene());
  }

  resize(): void {
    this.picture?.resized();
  }

  private scene(): Scene {
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

// watch draws figures as they come near the window.
export function watch(charts: Chart[]): void {
  const by = new Map<Element, Chart>(charts.map((c) => [c.root, c]));
  const seen = new IntersectionObserver(
    (entries) => {
      for (const e of entries) {
        if (!e.isIntersecting) continue;
        seen.unobserve(e.target);
        by.get(e.target)!.near();
      }
    },
    { rootMargin: "300px" },
  );
  for (const root of by.keys()) seen.observe(root);
}
