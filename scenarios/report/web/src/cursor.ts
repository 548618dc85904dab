// The cursor: one time, read in every chart at once. Mouse, touch and keys move it; a click or
// Enter keeps it, Escape lets go. ECharts draws it.

import { make } from "./make.ts";
import type { Plot, Reading } from "./plot.ts";

// A Readable is a chart with its numbers in words.
export interface Readable {
  readonly title: string;
  readonly box: HTMLElement;
  readonly plot: Plot;
  readonly times: number[];
  readonly dates: string[];
  readonly today: number; // time at which the keys begin
  readings(row: number): Reading[];
}

// nearest is the index of the time nearest to t.
export function nearest(times: number[], t: number): number {
  let best = 0;
  times.forEach((x, i) => {
    if (Math.abs(x - t) < Math.abs(times[best]! - t)) best = i;
  });
  return best;
}

// stepped is the index that a key moves to: a whole time unit at a time, or a row with Shift.
export function stepped(times: number[], index: number, key: string, fine: boolean): number | null {
  const last = times.length - 1;
  const unit = fine ? 0 : 1;
  switch (key) {
    case "ArrowRight":
      return unit ? nearest(times, Math.floor(times[index]! + 1 + 1e-9)) : Math.min(last, index + 1);
    case "ArrowLeft":
      return unit ? nearest(times, Math.ceil(times[index]! - 1 - 1e-9)) : Math.max(0, index - 1);
    case "Home":
      return 0;
    case "End":
      return last;
  }
  return null;
}

// indexAt is the row of a chart at a time, or -1 if the chart does not reach there.
export function indexAt(times: number[], t: number): number {
  const i = nearest(times, t);
  const step = times.length > 1 ? times[1]! - times[0]! : 1;
  return Math.abs(times[i]! - t) <= step ? i : -1;
}

export class Cursor {
  private time: number | null = null;
  private active: Readable | null = null;
  private kept = false;

  constructor(
    private readonly charts: Readable[],
    private readonly live: HTMLElement,
  ) {
    for (const c of charts) this.listen(c);
  }

  private listen(c: Readable): void {
    const p = c.box;
    p.tabIndex = 0;
    p.setAttribute("role", "group");
    p.setAttribute("aria-label", `${c.title}: chart. Left and right arrow keys read it year by year.`);
    p.addEventListener("pointermove", (e) => this.kept || this.point(c, e));
    p.addEventListener("pointerleave", () => this.leave());
    p.addEventListener("click", (e) => this.keep(c, e));
    p.addEventListener("keydown", (e) => this.key(c, e));
    p.addEventListener("blur", () => this.leave());
  }

  private point(c: Readable, e: MouseEvent): void {
    const f = c.plot.frame;
    if (!f) return;
    const i = nearest(c.times, f.timeAt(e.clientX - c.box.getBoundingClientRect().left));
    if (c !== this.active || c.times[i] !== this.time) this.show(c, c.times[i]!);
  }

  private keep(c: Readable, e: MouseEvent): void {
    this.kept = !this.kept;
    if (this.kept) this.point(c, e);
  }

  private leave(): void {
    if (!this.kept) this.clear();
  }

  private key(c: Readable, e: KeyboardEvent): void {
    if (e.key === "Escape") {
      this.kept = false;
      this.clear();
      return;
    }
    if (e.key === "Enter") {
      this.kept = !this.kept && this.time !== null;
      return;
    }
    const fresh = this.time === null && e.key.startsWith("Arrow");
    const at = nearest(c.times, this.time ?? c.today);
    const to = fresh ? at : stepped(c.times, at, e.key, e.shiftKey);
    if (to === null) return;
    e.preventDefault();
    this.show(c, c.times[to]!);
    this.live.textContent = `${c.dates[to]}. ${c.readings(to).map((r) => `${r.name}: ${r.words}`).join(". ")}.`;
  }

  // refresh draws the cursor again after the charts changed.
  refresh(): void {
    if (this.active && this.time !== null) this.show(this.active, this.time);
  }

  private clear(): void {
    if (this.time === null) return;
    this.time = this.active = null;
    for (const c of this.charts) c.plot.read(null);
  }

  private show(active: Readable, time: number): void {
    if (!active.plot.frame) return;
    this.time = time;
    this.active = active;
    for (const c of this.charts.filter((c) => c.plot.frame && c.box.offsetParent)) {
      const i = indexAt(c.times, time);
      if (i < 0) c.plot.read(null);
      else c.plot.read(c.times[i]!, c === active ? tipOf(c, i) : null);
    }
  }
}

// tipOf is the tooltip as elements, so that no name in it can become markup.
function tipOf(c: Readable, row: number): HTMLElement {
  const root = make("div");
  const table = make("table");
  for (const r of c.readings(row)) table.append(rowOf(r));
  root.append(make("p", "", c.dates[row]), table);
  return root;
}

function rowOf({ key, name, words }: Reading): HTMLTableRowElement {
  const row = document.createElement("tr");
  for (const text of [key ? "" : "●", name, words]) row.insertCell().textContent = text;
  if (key) row.cells[0]!.append(make("i", key));
  return row;
}
