// The model as a walk: from the map into a module, to a variable with its causes and effects
// over time, and on. Every variable is computed when it is asked for, by a module of its own.

import type { Look } from "../chart.ts";
import type { Figure } from "../data.ts";
import type { Place, RunLoop, RunLoops, Walk as Places } from "../generated.ts";
import { button } from "../live/controls.ts";
import { Host } from "../live/host.ts";
import { timesOf, todayOf, type Model, type Preset } from "../live/model.ts";
import { number, valueAxis } from "../live/words.ts";
import { make } from "../make.ts";
import { Plot } from "../plot.ts";
import { unpack } from "../save.ts";
import { node } from "../svg.ts";
import { arrowsOf, coreOf } from "./core.ts";
import { drawn } from "./layout.ts";
import { boxesOf, mapOf, type Box } from "./map.ts";

const kinds: Record<string, string> = { stock: "accumulates", flow: "flows", aux: "is computed", constant: "is given", decision: "is decided", data: "is recorded" };
const order = Object.keys(kinds);
const plain = { kind: "plain", unit: "", rate: "", finest: 0, coarse: 0, millions: false } as const;
const mostSeen = 12; // causes and effects that are shown at once
const mostLoops = 5; // loops that are shown at once

// A Shown is a run that the walk shows beside others: column gives a variable by row.
export interface Shown {
  key: string; // class of its colour
  name: string;
  column: (column: number) => Float64Array;
}

export class Walker {
  private readonly view = make("div", "walk-view");
  private readonly trail: (() => void)[] = [];
  private readonly boxes: Box[];
  private runs: Shown[] = [];
  private element = ""; // of the array that was looked at last; "" before
  private again: () => void = () => this.home();

  constructor(
    root: HTMLElement,
    private readonly w: Places,
    private readonly m: Model | null, // null: it cannot run here
    private readonly host: Host | null,
    private readonly figure: Pick<Figure, "x">,
    private readonly title: string,
  ) {
    this.boxes = boxesOf(w, title);
    root.append(this.finder(), this.view);
    this.home();
  }

  // pick computes the runs that are shown: no new decisions and the picked scenario.
  pick(look: Look): void {
    if (!this.m) {
      const picked = this.w.scored.find((r) => r.key === look.picked);
      const none = (r: RunLoops): Shown => ({ key: r.key, name: r.name, column: () => new Float64Array() });
      return this.show([...this.w.scored.slice(0, 1), ...(picked && picked !== this.w.scored[0] ? [picked] : [])].map(none));
    }
    const picked = this.m.presets.find((p) => p.key === look.picked);
    this.show([this.m.presets[0]!, ...(picked && picked !== this.m.presets[0] ? [picked] : [])].map((p) => this.preset(p)));
  }

  // show draws the place again with these runs.
  show(runs: Shown[]): void {
    this.runs = runs;
    this.again();
  }

  // preset is the run of a scenario: every variable is computed once, when the first is asked for.
  private preset(p: Preset): Shown {
    const columns = new Map<number, Float64Array>();
    const column = (c: number) => {
      if (columns.size === 0) {
        this.host!.run({ job: { values: [], changes: p.changes } });
        for (const x of this.w.places) for (const k of x.columns) columns.set(k, this.host!.column(k));
      }
      return columns.get(c)!;
    };
    return { key: p.key || "s0", name: p.label, column };
  }

  // finder goes to a variable by its name or label.
  private finder(): HTMLElement {
    const p = make("p", "choice");
    const field = make("input", "field find");
    Object.assign(field, { type: "text", id: "walk-find" });
    field.setAttribute("list", "walk-names");
    const label = make("label", "", "Go to a variable ");
    label.htmlFor = field.id;
    const names = make("datalist");
    names.id = "walk-names";
    names.append(...this.w.places.map((x) => new Option(x.name, x.label)));
    field.addEventListener("change", () => {
      const text = field.value.trim().toLowerCase();
      const at = this.w.places.findIndex((x) => x.label.toLowerCase() === text || x.name.toLowerCase() === text);
      const near = at >= 0 ? at : text === "" ? -1 : this.w.places.findIndex((x) => x.label.toLowerCase().includes(text) || x.name.toLowerCase().includes(text));
      if (near >= 0) this.go(() => this.place(near));
    });
    p.append(label, field, names);
    return p;
  }

  // go shows a place and remembers the way back.
  private go(show: () => void): void {
    this.trail.push(this.again);
    this.again = show;
    show();
    this.view.querySelector<HTMLElement>("h3")?.focus();
  }

  private heading(text: string): HTMLElement {
    const h = make("h3", "", text);
    h.tabIndex = -1;
    const row = make("div", "walk-head");
    row.append(h);
    if (this.trail.length) {
      row.append(button("Back", () => this.back()), button("All modules", () => this.go(() => this.home())));
    }
    return row;
  }

  private back(): void {
    this.again = this.trail.pop() ?? (() => this.home());
    this.again();
  }

  private home(): void {
    this.again = () => this.home();
    if (this.boxes.length <= 1) return this.inside(this.boxes[0] ?? { name: "", label: this.title, about: "", places: [] });
    const map = mapOf(this.w, this.boxes, (b) => this.go(() => this.inside(b)));
    this.view.replaceChildren(this.heading("Modules"), drawn("The modules of the model", map.cards, map.arrows, this.across()), legend());
  }

  // across reports whether a picture has the width to go from left to right.
  private across(): boolean {
    return this.view.clientWidth >= 700;
  }

  // picture shows the core of a module; null if nothing in it acts on anything.
  private picture(b: Box): HTMLElement | null {
    const core = coreOf(this.w, b.places);
    const arrows = arrowsOf(this.w, core, b.places);
    if (core.length < 2 || arrows.length === 0) return null;
    const cards = core.map((i, k) => {
      const p = this.w.places[i]!;
      const on = arrows.filter((a) => a.from === k).map((a) => `${this.w.places[core[a.to]!]!.label} (${a.sign})`);
      return { label: p.label, kind: p.kind, said: `${p.label}${on.length ? `; acts on ${on.join(", ")}` : ""}`, go: () => this.go(() => this.place(i)) };
    });
    const root = make("div", "net-of");
    root.append(drawn(`What acts on what in ${b.label}`, cards, arrows, this.across()), legend());
    const hidden = b.places.filter((i) => !core.includes(i) && !["constant", "data"].includes(this.w.places[i]!.kind)).length;
    if (hidden) root.append(make("p", "unit", `${hidden} more ${hidden === 1 ? "step is" : "steps are"} folded into the arrows, and in the lists below.`));
    return root;
  }

  // inside lists the variables of a module, what accumulates first.
  private inside(b: Box): void {
    const out: HTMLElement[] = [this.heading(b.label)];
    if (b.about) out.push(make("p", "unit", b.about));
    const picture = this.picture(b);
    if (picture) out.push(picture);
    for (const kind of order) {
      const list = b.places.filter((i) => this.w.places[i]!.kind === kind);
      if (list.length === 0) continue;
      const ul = make("ul", "places");
      for (const i of list) {
        const item = make("li");
        item.append(this.door(i));
        ul.append(item);
      }
      const fold = make("details", "more");
      fold.open = !picture && (kind === "stock" || kind === "decision");
      fold.append(make("summary", "", `${list.length} ${list.length === 1 ? "variable" : "variables"}: what ${kinds[kind]!}`), ul);
      out.push(fold);
    }
    this.view.replaceChildren(...out);
  }

  private door(i: number): HTMLButtonElement {
    return button(this.w.places[i]!.label, () => this.go(() => this.place(i)));
  }

  // place shows a variable between its causes and its effects.
  private place(i: number): void {
    const p = this.w.places[i]!;
    const causes = this.w.places.flatMap((x, k) => x.acts.filter((a) => a.on === i).map((a) => ({ at: k, ...a })));
    const effects = p.acts.map((a) => ({ ...a, at: a.on }));
    const three = make("div", "walk-three");
    three.append(this.side("What acts on it", causes), this.middle(p), this.side("What it acts on", effects));
    this.view.replaceChildren(this.heading(p.label), three, this.loops(p));
  }

  private side(title: string, list: { at: number; sign: string; delayed: boolean; initial: boolean }[]): HTMLElement {
    const root = make("div", "walk-side");
    root.append(make("h4", "", title));
    if (list.length === 0) root.append(make("p", "unit", "Nothing in the model."));
    const cards = list.map((a) => {
      const card = make("div", "walk-card");
      const way = { "+": "+ same way", "-": "\u2212 opposite way", "?": "either way" }[a.sign] ?? "";
      const how = [way, a.delayed ? "after a delay" : "", a.initial ? "at the start only" : ""].filter(Boolean).join(", ");
      card.append(this.door(a.at), make("small", "", how), this.strip(this.w.places[a.at]!));
      return card;
    });
    root.append(...cards.slice(0, mostSeen));
    if (cards.length > mostSeen) {
      const fold = make("details", "more");
      fold.append(make("summary", "", `${cards.length - mostSeen} more`), ...cards.slice(mostSeen));
      root.append(fold);
    }
    return root;
  }

  private middle(p: Place): HTMLElement {
    const root = make("div", "walk-middle");
    if (p.about) root.append(make("p", "", p.about));
    const facts = make("dl");
    const fact = (name: string, text: string, className = "") => {
      if (text === "") return;
      const row = make("div");
      row.append(make("dt", "", name), make("dd", className, text));
      facts.append(row);
    };
    fact("In words", p.words, "lines");
    fact("In symbols", p.equation, "lines code");
    fact("Name", p.name, "code");
    fact("Unit", p.unit);
    fact("Known from", p.evidence);
    fact("Source", p.source);
    fact("Decides", p.owner);
    const box = make("div", "own-plot");
    if (this.host && p.columns.length) {
      root.append(box);
      this.draw(p, box, root);
    }
    root.append(facts);
    return root;
  }

  // draw shows the variable over time; of an array the first element, or the one that is chosen.
  private draw(p: Place, box: HTMLElement, root: HTMLElement): void {
    const plot = new Plot(box);
    const show = (element: number) => {
      const column = p.columns[element]!;
      const lines = this.runs.map((r, k) => {
        const values = r.column(column);
        return { key: r.key, name: r.name, values, label: number(plain, values[values.length - 1]!), from: 0, strong: k === 1 };
      });
      box.dataset["ends"] = lines.map((l) => l.values[l.values.length - 1]!).join(" "); // exactly
      const all = lines.flatMap((l) => Array.from(l.values)).filter(Number.isFinite);
      const y = valueAxis(Math.min(...all), Math.max(...all), plain);
      plot.show({ title: p.label, x: this.figure.x, y, times: timesOf(this.m!), today: todayOf(this.m!), lines, bands: [], points: [], names: true });
    };
    if (p.elements.length > 1) {
      const select = make("select");
      select.ariaLabel = `Element of ${p.label}`;
      p.elements.forEach((e, k) => select.append(new Option(e, String(k))));
      select.value = String(this.elementOf(p));
      select.addEventListener("change", () => {
        this.element = p.elements[Number(select.value)]!;
        this.again(); // causes and effects go to the same element
        this.view.querySelector<HTMLElement>(".walk-middle select")?.focus();
      });
      root.prepend(select);
    }
    show(this.elementOf(p));
  }

  // elementOf is the place of the element that is looked at: the one that was chosen, or one of
  // its parts where an array has fewer dimensions, otherwise the first.
  private elementOf(p: Place): number {
    const chosen = this.element.split(", ");
    const fits = (e: string) => e.split(", ").every((x) => chosen.includes(x));
    return Math.max(0, p.elements.indexOf(this.element) >= 0 ? p.elements.indexOf(this.element) : p.elements.findIndex(fits));
  }

  // strip is a variable over time, small: its shape, and where it begins and ends.
  private strip(p: Place): HTMLElement | SVGElement {
    if (!this.host || p.columns.length === 0) return make("span");
    const element = this.elementOf(p);
    const runs = this.runs.map((r) => ({ key: r.key, values: r.column(p.columns[element]!) }));
    const all = runs.flatMap((r) => Array.from(r.values)).filter(Number.isFinite);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const svg = node("svg", { class: "strip", viewBox: "0 0 160 34", preserveAspectRatio: "none", "aria-hidden": "true" });
    for (const r of runs) {
      const d = Array.from(r.values, (v, i) => (Number.isFinite(v) ? `${(i / Math.max(1, r.values.length - 1)) * 160} ${high > low ? 31 - ((v - low) / (high - low)) * 28 : 17}` : "")).filter(Boolean);
      svg.append(node("path", { d: d.length > 1 ? `M${d.join("L")}` : "", class: `line ${r.key}` }));
    }
    const root = make("span", "strip-of");
    const last = runs[0]?.values ?? new Float64Array(1);
    root.append(svg, make("small", "", `${number(plain, last[0]!)} → ${number(plain, last[last.length - 1]!)}${p.elements.length > 1 ? ` (${p.elements[element]})` : ""}`));
    return root;
  }

  // loops are those through a variable: with their scores over time where they are known.
  private loops(p: Place): HTMLElement {
    const scored = this.runs.flatMap((r) => this.w.scored.filter((x) => x.key === r.key).map((x) => ({ name: r.name, run: x, through: x.loops.filter((l) => l.through.includes(this.w.places.indexOf(p))) })));
    if (this.w.scored.length === 0) return this.named(p);
    const fold = make("details", "more");
    const count = scored[0]?.through.length ?? 0;
    fold.append(make("summary", "", count ? `Loops through it, and when they act (${count})` : "No loop that explains much passes it"));
    for (const { name, run, through } of scored) {
      if (through.length === 0) continue;
      const head = make("h4", "", name);
      const rest = through.slice(mostLoops);
      fold.append(head, this.scores(run, through.slice(0, mostLoops)));
      if (rest.length) {
        const more = make("details", "more");
        more.append(make("summary", "", `${rest.length} more`), this.scores(run, rest));
        fold.append(more);
      }
    }
    const note = scored[0]?.run.note;
    if (note) fold.append(make("p", "unit", `Upwards the loop reinforces change, downwards it balances it; its height is its part of the whole. ${note}`));
    return fold;
  }

  private scores(run: RunLoops, list: RunLoop[]): HTMLElement {
    const ul = make("ul", "scores");
    for (const l of list) {
      const item = make("li");
      const words = make("div");
      words.append(make("b", "", `${l.name}, ${l.polarity === "unknown" ? "changing" : l.polarity}, ${l.share}`), make("small", "", `${l.places.map((i) => this.w.places[i]!.label).join(" \u2192 ")} \u2192 back${l.steps ? `, by ${l.steps} more` : ""}`));
      item.append(scoreStrip(run, l), words);
      ul.append(item);
    }
    return ul;
  }

  // named are the loops of the structure, of a model whose runs were not scored.
  private named(p: Place): HTMLElement {
    const fold = make("details", "more");
    fold.append(make("summary", "", p.loops.length ? `Loops through it (${p.loops.length})` : "No loop passes it"));
    const list = make("ol", "said");
    for (const k of p.loops.slice(0, 40)) {
      const l = this.w.loops[k]!;
      const item = make("li");
      item.append(make("b", "", l.polarity === "unknown" ? "either" : l.polarity), document.createTextNode(`: ${l.places.map((i) => this.w.places[i]!.label).join(" \u2192 ")} \u2192 back`));
      list.append(item);
    }
    fold.append(list);
    if (this.w.left_out) fold.append(make("p", "unit", `${this.w.left_out}.`));
    return fold;
  }
}

// scoreStrip is the score of a loop over time, in thousandths from -1000 to 1000 at the edges.
function scoreStrip(run: RunLoops, l: RunLoop): SVGElement {
  const most = Math.max(50, ...l.over.map(Math.abs));
  const y = (v: number) => 20 - (v / most) * 18;
  const x = (i: number) => (i / Math.max(1, l.over.length - 1)) * 160;
  const svg = node("svg", { class: "strip", viewBox: "0 0 160 40", preserveAspectRatio: "none", role: "img", "aria-label": scoreWords(run, l) });
  svg.append(node("path", { d: "M0 20H160", class: "zero" }), node("path", { d: `M${l.over.map((v, i) => `${x(i)} ${y(v)}`).join("L")}`, class: `line ${run.key}` }));
  return svg;
}

// scoreWords says when a loop is strongest, for readers who cannot see the strip.
function scoreWords(run: RunLoops, l: RunLoop): string {
  const top = l.over.reduce((best, v, i) => (Math.abs(v) > Math.abs(l.over[best]!) ? i : best), 0);
  return `Strongest around ${Math.round(run.times[top]!)}: ${Math.round(Math.abs(l.over[top]!) / 10)} % of the change`;
}

// legend explains the marks of a picture.
function legend(): HTMLElement {
  return make("p", "unit", "+ more of the first makes the second more than it would be; \u2212 less; \u00b1 either; \u2225 after a delay. Choose a box to go there.");
}

// startWalk builds the part once it comes near the window, if the page has the model.
export function startWalk(m: Model | null, figure: Figure, title: string, listen: (f: (look: Look) => void) => void): void {
  const root = document.getElementById("walk");
  const island = document.getElementById("places");
  if (!root || !island) return;
  new IntersectionObserver(
    async ([e], seen) => {
      if (!e!.isIntersecting) return;
      seen.disconnect();
      const text = new TextDecoder().decode(await unpack({ name: "", type: "", data: island.textContent! }));
      const raw = JSON.parse(text) as Places;
      const host = m && (await wholeHost(m));
      const walker = new Walker(root, raw, m, host, figure, title);
      listen((look) => walker.pick(look));
      root.dataset["ready"] = "";
    },
    { rootMargin: "200px" },
  ).observe(root);
}

// wholeHost runs every variable; null where this browser cannot.
async function wholeHost(m: Model): Promise<Host | null> {
  try {
    const bytes = await unpack({ name: "", type: "", data: m.whole.code });
    const { instance } = await WebAssembly.instantiate(bytes);
    return new Host(instance, m.whole.layout);
  } catch {
    return null;
  }
}
