// The page of combinations: points are pointed at and picked, and boxes put one together.
// Go words everything (internal/bundle); here it is only found and shown.

import type { Bundle, Bundles as Data } from "./generated.ts";
import { make } from "./make.ts";
import { planeOf } from "./plane.ts";
import { Plot } from "./plot.ts";
import { makeSortable } from "./sort.ts";

export type { Bundle, Bundles as Data } from "./generated.ts";

// nearest is the bundle whose point, in pixels, is nearest to a place, if one is within reach.
export function nearest(list: { x: number; y: number; best: boolean }[], x: number, y: number, reach: number): number {
  let [best, at] = [reach, -1];
  list.forEach((b, i) => {
    const d = Math.hypot(b.x - x, b.y - y) - (b.best ? 2 : 0); // of two in one place, the best
    if (d < best) [best, at] = [d, i];
  });
  return at;
}

// along is the next bundle after one in an order; one that is not in it goes to the
// nearest place there.
export function along(list: Bundle[], from: number, step: number, order: (b: Bundle) => number, pass: (b: Bundle) => boolean): number {
  const places = list.map((_, i) => i).filter((i) => pass(list[i]!)).sort((a, b) => order(list[a]!) - order(list[b]!) || a - b);
  if (places.length === 0) return from;
  const here = places.indexOf(from);
  if (here >= 0) return places[Math.min(places.length - 1, Math.max(0, here + step))]!;
  const after = places.findIndex((i) => order(list[i]!) > order(list[from]!));
  if (after < 0) return places[places.length - 1]!;
  return step > 0 ? places[after]! : places[Math.max(0, after - 1)]!;
}

// find is the bundle of some parts; missing says why there is none.
export const find = (d: Data, parts: number[]) => d.bundles.findIndex((b) => b.parts.join() === [...parts].sort((a, c) => a - c).join());

export function missing(d: Data, parts: number[]): string {
  const pair = d.apart.find(([a, b]) => parts.includes(a) && parts.includes(b));
  if (pair) return `“${d.labels[pair[0]]}” and “${d.labels[pair[1]]}” cannot be combined: both change the same decision at the same time.`;
  return "This combination was not run.";
}

const mark = "with=";

// write and read put a combination into the fragment of a link, by the set's names.
export const write = (d: Data, parts: number[]) => mark + parts.map((p) => encodeURIComponent(d.ids[p]!)).join("+");

export function read(d: Data, fragment: string): number[] | null {
  if (!fragment.startsWith(mark)) return null;
  const names = fragment.slice(mark.length).split("+").filter(Boolean);
  const parts = names.map((n) => d.ids.findIndex((id) => encodeURIComponent(id) === n));
  return parts.includes(-1) ? null : parts;
}

class Page {
  private picked: number;
  private pointed = -1;
  private readonly says = document.getElementById("mix-says")!;
  private readonly boxes = [...document.querySelectorAll<HTMLInputElement>("[data-part]")];
  private readonly box = document.querySelector<HTMLElement>(".cost");
  private readonly plot: Plot | null;

  constructor(private readonly d: Data) {
    const linked = read(d, location.hash.slice(1));
    this.picked = d.first;
    for (const box of this.boxes) box.addEventListener("change", () => this.put());
    this.plot = this.box && new Plot(this.box);
    if (this.box && this.plot) this.listen(this.box, this.plot);
    if (linked) this.combine(linked);
    else this.pick(d.first, false);
  }

  private listen(box: HTMLElement, plot: Plot): void {
    const under = (e: PointerEvent | MouseEvent) => {
      const f = plot.frame;
      if (!f) return -1;
      const r = box.getBoundingClientRect();
      const spots = this.d.bundles.map((b) => ({ x: f.x(b.x), y: f.y(b.y), best: b.best }));
      return nearest(spots, e.clientX - r.left, e.clientY - r.top, 2 * f.text);
    };
    box.addEventListener("pointermove", (e) => this.point(under(e)));
    box.addEventListener("pointerleave", () => this.point(-1));
    box.addEventListener("blur", () => this.point(-1));
    box.addEventListener("click", (e) => {
      const i = under(e);
      if (i >= 0) this.pick(i, true);
    });
    box.addEventListener("keydown", (e) => {
      const i = this.key(e.key);
      if (i === null) return;
      e.preventDefault();
      this.pick(i, true);
      this.point(i);
    });
  }

  // point shows a bundle beside its point; -1 goes back to the one that is picked.
  private point(i: number): void {
    if (i === this.pointed) return;
    this.pointed = i;
    this.draw(this.d.bundles[i < 0 ? this.picked : i]!);
    this.plot?.tell(i < 0 ? null : i, i < 0 ? null : this.tipOf(this.d.bundles[i]!));
  }

  // tipOf is the tooltip as elements, so that no name in it can become markup.
  private tipOf(b: Bundle): HTMLElement {
    const lines = this.d.shown.map((o) => {
      const [difference, range, , better] = b.rows[o]!;
      return make("div", "", `${this.d.outcomes[o]}: ${difference}${range ? ` (${range})` : ""}${better && o === this.d.shown[0] ? `, better in ${better} futures` : ""}`);
    });
    const root = make("div");
    root.append(make("p", "", this.title(b)), ...lines);
    return root;
  }

  private title(b: Bundle): string {
    return b.parts.length ? b.parts.map((p) => this.d.labels[p]).join(" + ") : "No new decisions";
  }

  private key(key: string): number | null {
    const { bundles } = this.d;
    const best = (step: number) => along(bundles, this.picked, step, (b) => b.x, (b) => b.best);
    const all = (step: number) => along(bundles, this.picked, step, (b) => b.y, () => true);
    switch (key) {
      case "ArrowRight":
        return best(1);
      case "ArrowLeft":
        return best(-1);
      case "Home":
        return best(-bundles.length);
      case "End":
        return best(bundles.length);
      case "ArrowUp":
        return all(1);
      case "ArrowDown":
        return all(-1);
    }
    return null;
  }

  // put goes where the boxes say.
  private put(): void {
    this.combine(this.boxes.filter((b) => b.checked).map((b) => Number(b.dataset["part"])));
  }

  private combine(parts: number[]): void {
    const i = find(this.d, parts);
    if (i >= 0) return this.pick(i, true);
    this.says.replaceChildren(make("p", "", missing(this.d, parts)));
    this.draw(null);
  }

  private pick(i: number, linked: boolean): void {
    this.picked = i;
    const { parts } = this.d.bundles[i]!;
    for (const b of this.boxes) b.checked = parts.includes(Number(b.dataset["part"]));
    if (linked) history.replaceState(null, "", `#${write(this.d, parts)}`);
    this.show(i);
  }

  private show(i: number): void {
    this.draw(this.d.bundles[i]!);
    this.tell(this.d.bundles[i]!);
  }

  // draw puts a ring around a point, and the range of its outcome and cost through it.
  private draw(b: Bundle | null): void {
    const { plane, bundles, futures } = this.d;
    if (plane) this.plot?.show(planeOf(plane, bundles, b, futures));
  }

  private tell(b: Bundle): void {
    const { d } = this;
    const t = make("table");
    const head = t.createTHead().insertRow();
    for (const text of ["", "Difference", ...(d.futures ? ["Worst tenth of futures", "Better in"] : [])]) head.append(Object.assign(make("th", text ? "number" : "", text), { scope: "col" }));
    const body = t.createTBody();
    b.rows.forEach((cells, i) => {
      const r = body.insertRow();
      r.append(Object.assign(make("th", "", d.outcomes[i]), { scope: "row" }));
      const [difference, range, worst, better] = cells;
      const first = make("td", "number", difference);
      if (range) first.append(make("small", "", range));
      r.append(first);
      if (d.futures) r.append(make("td", "number", worst), make("td", "number", better));
    });
    const scroll = make("div", "scroll");
    scroll.append(t);
    const says = make("ul", "said");
    const pairs = d.pairs.filter((p) => b.parts.includes(p.A) && b.parts.includes(p.B)).map((p) => p.Words);
    for (const text of [...b.says, ...pairs]) says.append(make("li", "", text));
    this.says.replaceChildren(make("h3", "", this.title(b)), make("p", "unit", "Against no new decisions"), scroll, says);
  }
}

function start(): void {
  const root = document.documentElement;
  root.classList.add("script");
  root.classList.toggle("room", new URLSearchParams(location.search).has("room"));
  new Page(JSON.parse(document.getElementById("data")!.textContent!) as Data);
  document.querySelectorAll<HTMLTableElement>("table[data-sort]").forEach(makeSortable);
  const larger = document.getElementById("larger")!;
  larger.addEventListener("click", () => (larger.ariaPressed = String(root.classList.toggle("room"))));
}

if (typeof document !== "undefined") start();
