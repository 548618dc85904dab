// The cursor: one year, read in every chart at once. Mouse, touch and keys move it;
// a click or Enter keeps it, Escape lets go.

import type { Chart } from "./chart.ts";
import type { Figure } from "./data.ts";

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

export interface Reading {
  key: string;
  name: string;
  words: string;
}

// readings are the numbers of the lit lines at a time, highest first.
export function readings(f: Figure, index: number, lit: (key: string) => boolean): Reading[] {
  const list = f.lines.filter((l) => lit(l.key) && l.words[index] !== "");
  list.sort((a, b) => (b.values[index] ?? -Infinity) - (a.values[index] ?? -Infinity));
  return list.map((l) => ({ key: l.key, name: l.name, words: l.words[index]! }));
}

// indexAt is the row of a chart at a time, or -1 if the chart does not reach there.
export function indexAt(times: number[], t: number): number {
  const i = nearest(times, t);
  const step = times.length > 1 ? times[1]! - times[0]! : 1;
  return Math.abs(times[i]! - t) <= step ? i : -1;
}

export class Cursor {
  private time: number | null = null;
  private active: Chart | null = null;
  private kept = false;

  constructor(
    private readonly charts: Chart[],
    private readonly live: HTMLElement,
  ) {
    for (const c of charts) this.listen(c);
  }

  private listen(c: Chart): void {
    const p = c.plot;
    p.tabIndex = 0;
    p.setAttribute("role", "group");
    p.setAttribute("aria-label", `${c.figure.title}: chart. Left and right arrow keys read it year by year.`);
    p.addEventListener("pointermove", (e) => this.kept || this.point(c, e));
    p.addEventListener("pointerleave", () => this.leave());
    p.addEventListener("click", (e) => this.keep(c, e));
    p.addEventListener("keydown", (e) => this.key(c, e));
    p.addEventListener("blur", () => this.leave());
  }

  private point(c: Chart, e: MouseEvent): void {
    if (!c.isDrawn) return;
    const i = nearest(c.figure.times, c.timeAt(e.clientX - c.plot.getBoundingClientRect().left));
    this.show(c, c.figure.times[i]!);
  }

  private keep(c: Chart, e: MouseEvent): void {
    this.kept = !this.kept;
    if (this.kept) this.point(c, e);
  }

  private leave(): void {
    if (!this.kept) this.clear();
  }

  private key(c: Chart, e: KeyboardEvent): void {
    if (e.key === "Escape") {
      this.kept = false;
      this.clear();
      return;
    }
    if (e.key === "Enter") {
      this.kept = !this.kept && this.time !== null;
      return;
    }
    const times = c.figure.times;
    const fresh = this.time === null && e.key.startsWith("Arrow");
    const at = nearest(times, this.time ?? c.figure.today);
    const to = fresh ? at : stepped(times, at, e.key, e.shiftKey);
    if (to === null) return;
    e.preventDefault();
    this.show(c, times[to]!);
    this.live.textContent = spoken(c, to);
  }

  // refresh draws the cursor again after the charts changed.
  refresh(): void {
    if (this.active && this.time !== null) this.show(this.active, this.time);
  }

  private clear(): void {
    this.time = null;
    for (const c of this.charts) c.plot.querySelectorAll(".cursor,.dot,.tip").forEach((n) => n.remove());
  }

  private show(active: Chart, time: number): void {
    if (!active.isDrawn) return;
    this.clear();
    this.time = time;
    this.active = active;
    for (const c of this.charts.filter((c) => c.isDrawn && c.plot.offsetParent)) {
      const i = indexAt(c.figure.times, time);
      if (i < 0) continue;
      drawRule(c, i);
      drawDots(c, i);
      if (c === active) drawTip(c, i);
    }
  }
}

function spoken(c: Chart, index: number): string {
  const list = readings(c.figure, index, (k) => c.isLit(k)).map((r) => `${r.name}: ${r.words}${c.rangeAt(r.key, index)}`);
  return `${c.figure.dates[index]}. ${list.join(". ")}.`;
}

function mark(c: Chart, className: string, left: number): HTMLElement {
  const n = document.createElement("div");
  n.className = className;
  n.style.left = `${left}px`;
  c.plot.append(n);
  return n;
}

function drawRule(c: Chart, index: number): void {
  const n = mark(c, "cursor", c.xOf(c.figure.times[index]!));
  n.style.top = `${c.margins.top}px`;
  n.style.bottom = `${c.margins.bottom}px`;
}

function drawDots(c: Chart, index: number): void {
  for (const l of c.figure.lines) {
    const v = l.values[index];
    if (v === null || v === undefined || l.words[index] === "" || !c.isLit(l.key)) continue;
    mark(c, `dot ${l.key}`, c.xOf(c.figure.times[index]!)).style.top = `${c.yOf(v)}px`;
  }
}

function drawTip(c: Chart, index: number): void {
  const time = c.figure.times[index]!;
  const tip = mark(c, "tip", 0);
  const head = document.createElement("p");
  head.textContent = c.figure.dates[index]!;
  const table = document.createElement("table");
  const recorded = c.figure.recorded?.find((p) => Math.abs(p.time - time) < 1e-9);
  if (recorded) table.append(rowOf("", "recorded", recorded.words));
  for (const r of readings(c.figure, index, (k) => c.isLit(k))) table.append(rowOf(r.key, r.name, r.words + c.rangeAt(r.key, index)));
  tip.append(head, table);
  const x = c.xOf(time);
  const right = x + 14 + tip.offsetWidth <= c.plot.clientWidth;
  tip.style.left = `${right ? x + 14 : Math.max(0, x - 14 - tip.offsetWidth)}px`;
  tip.style.top = `${c.margins.top}px`;
}

function rowOf(key: string, name: string, words: string): HTMLTableRowElement {
  const row = document.createElement("tr");
  for (const text of ["", name, words]) row.insertCell().textContent = text;
  if (key) {
    const swatch = document.createElement("i");
    swatch.className = key;
    row.cells[0]!.append(swatch);
  } else {
    row.cells[0]!.textContent = "●";
  }
  return row;
}
