// The charts of a run: those chosen in the command, and any variable that the reader adds.

import { Chart, type Look } from "../chart.ts";
import { Cursor } from "../cursor.ts";
import type { Figure, Line } from "../data.ts";
import type { Place, Runs, Walk } from "../generated.ts";
import { button } from "../live/controls.ts";
import type { Model } from "../live/model.ts";
import { valueAxis } from "../live/words.ts";
import { make } from "../make.ts";
import { pictureOf } from "../picture.ts";
import { csvOf, hand, pngOf } from "../save.ts";
import type { Bank, BankRun } from "./bank.ts";
import { figures, learn, named, plain } from "./names.ts";

export class Board {
  private readonly grid = make("div", "grid-of");
  private readonly charts = new Map<number, Chart>();
  private readonly look: Look = { lit: new Set(), picked: "" };
  private readonly places = new Map<number, Place>(); // by column
  private difference = false;
  private readonly live = document.getElementById("live")!;

  constructor(
    root: HTMLElement,
    private readonly m: Model,
    w: Walk,
    private readonly runs: Runs,
    private readonly bank: Bank,
  ) {
    learn(w, runs.columns);
    for (const p of w.places) for (const c of p.columns) this.places.set(c, p);
    root.replaceChildren(this.tools(), this.grid);
    for (const c of runs.charts) this.add(c);
  }

  // tools add a chart by name, and switch to differences.
  private tools(): HTMLElement {
    const row = make("p", "choosing");
    const field = make("input", "field find");
    Object.assign(field, { type: "text", id: "add-chart" });
    field.setAttribute("list", "column-names");
    const label = make("label", "", "Add a chart of ");
    label.htmlFor = field.id;
    const list = make("datalist");
    list.id = "column-names";
    list.append(...this.runs.columns.map((name, c) => new Option(name, named(this.places.get(c), name))));
    field.addEventListener("change", () => {
      const c = this.found(field.value);
      if (c < 0) return;
      field.value = "";
      this.add(c, true);
    });
    const box = make("input");
    Object.assign(box, { type: "checkbox", id: "as-difference" });
    const says = make("label", "", " as difference from this run");
    says.htmlFor = box.id;
    box.addEventListener("change", () => {
      this.difference = box.checked;
      this.show();
    });
    const both = make("span");
    both.append(box, says);
    row.append(label, field, list, both);
    return row;
  }

  // found is the column that a text names, or the first with the text in it; -1 for none.
  private found(text: string): number {
    const t = text.trim().toLowerCase();
    if (t === "") return -1;
    const names = this.runs.columns.map((name, c) => [name.toLowerCase(), named(this.places.get(c), name).toLowerCase()]);
    const exact = names.findIndex((n) => n.includes(t));
    return exact >= 0 ? exact : names.findIndex((n) => n.some((x) => x.includes(t)));
  }

  // add puts a chart of a column on the board, first if the reader asked for it.
  add(c: number, first = false): void {
    const known = this.charts.get(c);
    if (known) {
      known.root.scrollIntoView({ block: "center" });
      return;
    }
    const p = this.places.get(c);
    const root = make("figure", "small");
    root.id = `chart-of-${c}`;
    const head = make("figcaption");
    const words = make("div");
    words.append(make("h3", "", named(p, this.runs.columns[c]!)), make("p", "unit", p?.unit ?? ""));
    const name = named(p, this.runs.columns[c]!);
    const out = button("×", () => this.remove(c));
    out.ariaLabel = `Remove ${name}`;
    head.append(words, out);
    const tools = make("div", "tools");
    const picture = () => pictureOf(chart, [`${this.runs.title}. ${this.runs.credit}.`]);
    const files: [string, () => void][] = [
      ["CSV", () => hand(`${figure.file}.csv`, "text/csv", csvOf(figure))],
      ["PNG", async () => hand(`${figure.file}.png`, "image/png", await pngOf(await picture()))],
      ["SVG", async () => hand(`${figure.file}.svg`, "image/svg+xml", await picture())],
    ];
    for (const [kind, act] of files) {
      const b = button(kind, act);
      b.ariaLabel = `${kind} of ${name}`;
      tools.append(b);
    }
    root.append(head, make("div", "plot"), tools);
    if (first) this.grid.prepend(root);
    else this.grid.append(root);
    const figure = this.figure(c);
    const chart = new Chart(figure, this.look, () => {});
    this.charts.set(c, chart);
    new Cursor([chart], this.live);
    this.look.lit = new Set(this.bank.shown().map((r) => r.key));
    if (first) root.scrollIntoView({ block: "nearest" });
  }

  private remove(c: number): void {
    const chart = this.charts.get(c)!;
    chart.plot.dispose();
    chart.root.remove();
    this.charts.delete(c);
  }

  // show draws all charts again with the runs as they are, and the legend.
  show(): void {
    this.look.lit = new Set(this.bank.shown().map((r) => r.key));
    for (const [c, chart] of this.charts) {
      Object.assign(chart.figure, this.figure(c));
      chart.show(this.look);
    }
    document.getElementById("legend")!.replaceChildren(...this.bank.all().map((r) => this.entry(r)));
  }

  private figure(c: number): Figure {
    const name = this.runs.columns[c]!;
    const p = this.places.get(c);
    const base = this.bank.runs[0]!.column(c);
    const runs = this.difference ? this.bank.shown().filter((r) => r.key !== this.bank.runs[0]!.key) : this.bank.shown();
    const lines = runs.map((r): Line => lineOf(r, this.difference ? r.column(c).map((v, i) => v - base[i]!) : r.column(c)));
    let [low, high] = [Infinity, -Infinity];
    for (const l of lines) for (const v of l.values) if (v !== null) [low, high] = [Math.min(low, v), Math.max(high, v)];
    if (this.difference) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
    if (low === high) [low, high] = [Math.min(low, 0), Math.max(high, 0) || 1]; // a line that never moves is seen against zero
    const y = valueAxis(low, high, plain);
    const root = document.getElementById(`chart-of-${c}`);
    if (root) root.dataset["ends"] = runs.map((r) => r.column(c).at(-1)).join(" "); // exactly
    return {
      id: `chart-of-${c}`, title: named(p, name) + (this.difference ? ": difference from this run" : ""), unit: p?.unit ?? "", wide: false,
      x: this.runs.x, y, today: this.bank.times[0]!, known: this.bank.times.at(-1)!, times: this.bank.times, dates: this.m.time.dates, lines,
      recorded: null, file: `${this.runs.file}-${name.replace(/[^\w.-]+/g, "-")}`, now: 0,
      source: "", notes: [], misfit: null,
    };
  }

  // entry is a run in the legend, which can be switched off and, if the reader kept it, removed.
  private entry(r: BankRun): HTMLElement {
    const item = make("li");
    const ns = "http://www.w3.org/2000/svg";
    const swatch = document.createElementNS(ns, "svg");
    for (const [k, v] of [["class", "swatch"], ["viewBox", "0 0 30 10"], ["aria-hidden", "true"]]) swatch.setAttribute(k!, v!);
    const path = document.createElementNS(ns, "path");
    path.setAttribute("d", "M1 5H29");
    path.setAttribute("class", `line ${r.key}`);
    swatch.append(path);
    const box = make("input");
    Object.assign(box, { type: "checkbox", id: `draw-${r.key}`, checked: !this.bank.isOff(r) });
    box.addEventListener("change", () => this.bank.turn(r, box.checked));
    const label = make("label");
    label.htmlFor = box.id;
    label.append(swatch, make("bdi", "", r.name));
    item.append(box, label);
    if (r.said) item.append(make("small", "", r.said));
    if (this.bank.removable(r)) {
      const out = button("×", () => this.bank.remove(r));
      out.ariaLabel = `Remove ${r.name}`;
      item.append(out);
    }
    return item;
  }
}

// lineOf is a run's line. Its words are made when the cursor reads them.
function lineOf(r: BankRun, series: Float64Array): Line {
  const values = Array.from(series, (v) => (Number.isFinite(v) ? v : null));
  const last = values.findLast((v) => v !== null) ?? null;
  const said = (v: number | null | undefined) => (v === null || v === undefined ? "" : figures(v));
  return {
    key: r.key, name: r.name, first: 0, values, label: [said(last), r.name], end: last,
    get words() {
      return values.map(said);
    },
  };
}
