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

export class Cursor {
  private index = -1;
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
    p.addEventListener("pointermove", (e) => this.point(c, e));
    p.addEventListener("pointerleave", () => this.leave());
    p.addEventListener("click", (e) => this.keep(c, e));
    p.addEventListener("keydown", (e) => this.key(c, e));
    p.addEventListener("blur", () => this.leave());
  }

  private point(c: Chart, e: MouseEvent): void {
    if (this.kept) return;
    this.show(c, nearest(c.figure.times, c.timeAt(e.clientX - c.plot.getBoundingClientRect().left)));
  }

  private keep(c: Chart, e: MouseEvent): void {
    this.kept = !this.kept;
    if (this.kept) {
      this.kept = false;
      this.point(c, e);
      this.kept = true;
    }
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
      this.kept = !this.kept && this.index >= 0;
      return;
    }
    const at = this.index < 0 ? nearest(c.figure.times, c.figure.today) : this.index;
    const to = this.index < 0 && e.key.startsWith("Arrow") ? at : stepped(c.figure.times, at, e.key, e.shiftKey);
    if (to === null) return;
    e.preventDefault();
    this.show(c, to);
    this.live.textContent = this.spoken(c);
  }

  private spoken(c: Chart): string {
    const list = readings(c.figure, this.index, (k) => c.isLit(k)).map((r) => `${r.name}: ${r.words}`);
    return `${c.figure.dates[this.index]}. ${list.join(". ")}.`;
  }

  // refresh draws the cursor again after the charts changed.
  refresh(): void {
    if (this.active && this.index >= 0) this.show(this.active, this.index);
  }

  private clear(): void {
    this.index = -1;
    for (const c of this.charts) c.plot.querySelectorAll(".cursor,.dot,.tip").forEach((n) => n.remove());
  }

  private show(active: Chart, index: number): void {
    this.clear();
    this.index = index;
    this.active = active;
    for (const c of this.charts) {
      this.rule(c, index);
      this.dots(c, index);
    }
    this.tip(active, index);
  }

  private rule(c: Chart, index: number): void {
    const n = document.createElement("div");
    n.className = "cursor";
    const m = c.margins;
    n.style.left = `${c.xOf(c.figure.times[index]!)}px`;
    n.style.top = `${m.top}px`;
    n.style.bottom = `${m.bottom}px`;
    c.plot.append(n);
  }

  private dots(c: Chart, index: number): void {
    for (const l of c.figure.lines) {
      const v = l.values[index];
      if (v === null || v === undefined || l.words[index] === "" || !c.isLit(l.key)) continue;
      const n = document.createElement("div");
      n.className = `dot ${l.key}`;
      n.style.left = `${c.xOf(c.figure.times[index]!)}px`;
      n.style.top = `${c.yOf(v)}px`;
      c.plot.append(n);
    }
  }

  private tip(c: Chart, index: number): void {
    const tip = document.createElement("div");
    tip.className = "tip";
    const head = document.createElement("p");
    head.textContent = c.figure.dates[index]!;
    const table = document.createElement("table");
    const recorded = c.figure.recorded?.find((p) => Math.abs(p.time - c.figure.times[index]!) < 1e-9);
    if (recorded) table.append(rowOf("", "recorded", recorded.words));
    for (const r of readings(c.figure, index, (k) => c.isLit(k))) table.append(rowOf(r.key, r.name, r.words));
    tip.append(head, table);
    c.plot.append(tip);
    const x = c.xOf(c.figure.times[index]!);
    const room = c.plot.clientWidth;
    const right = x + 14 + tip.offsetWidth <= room;
    tip.style.left = `${right ? x + 14 : Math.max(0, x - 14 - tip.offsetWidth)}px`;
    tip.style.top = `${c.margins.top}px`;
  }
}

function rowOf(key: string, name: string, words: string): HTMLTableRowElement {
  const row = document.createElement("tr");
  for (const text of ["", name, words]) row.insertCell().textContent = text;
  if (key) {
    const mark = document.createElement("i");
    mark.className = key;
    row.cells[0]!.append(mark);
  } else {
    row.cells[0]!.textContent = "●";
  }
  return row;
}
