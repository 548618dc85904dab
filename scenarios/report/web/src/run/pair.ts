// Two runs side by side: every variable that differs, the largest difference first.

import type { Place, Runs, Walk } from "../generated.ts";
import { button } from "../live/controls.ts";
import { make } from "../make.ts";
import type { Bank, BankRun } from "./bank.ts";
import { figures, named } from "./names.ts";

const most = 40; // rows at once
const few = 12; // settings

// A Gap is how far a variable is apart in two runs.
export interface Gap {
  column: number;
  first: number; // row of the first difference
  at: number; // row of the largest
  difference: number; // there, b - a
  share: number; // of the largest value in either run
}

// gapOf compares two series at the rows where both have a number; null if they agree.
export function gapOf(column: number, a: Float64Array, b: Float64Array): Gap | null {
  let [size, first, at] = [0, -1, -1];
  for (let i = 0; i < a.length; i++) {
    if (Number.isFinite(a[i]) && Number.isFinite(b[i])) size = Math.max(size, Math.abs(a[i]!), Math.abs(b[i]!));
  }
  for (let i = 0; i < a.length; i++) {
    const d = Math.abs(b[i]! - a[i]!);
    if (!(d > 0) || !Number.isFinite(d)) continue;
    if (first < 0) first = i;
    if (at < 0 || d > Math.abs(b[at]! - a[at]!)) at = i;
  }
  return at < 0 ? null : { column, first, at, difference: b[at]! - a[at]!, share: Math.abs(b[at]! - a[at]!) / size };
}

export class Pair {
  private readonly choices: [HTMLSelectElement, HTMLSelectElement];
  private readonly out = make("div");
  private names = "";
  private near = false;

  constructor(
    root: HTMLElement,
    private readonly w: Walk,
    private readonly runs: Runs,
    private readonly bank: Bank,
    private readonly add: (column: number) => void,
  ) {
    const row = make("p", "choosing");
    this.choices = [make("select"), make("select")];
    this.choices.forEach((s, k) => {
      s.id = `pair-${k}`;
      const label = make("label", "", k ? " with " : "Compare ");
      label.htmlFor = s.id;
      row.append(label, s);
      s.addEventListener("change", () => this.compare());
    });
    root.append(row, this.out);
    new IntersectionObserver(([e]) => {
      this.near = e!.isIntersecting;
      if (this.near) this.show();
    }, { rootMargin: "100px" }).observe(root);
  }

  // show offers the runs that there are. The table is made when it can be seen.
  show(): void {
    if (!this.near) return;
    const list = this.bank.all();
    const names = list.map((r) => r.key + r.name).join("\n");
    if (names !== this.names) {
      this.names = names;
      this.choices.forEach((s, k) => {
        const was = s.value;
        s.replaceChildren(...list.map((r) => new Option(r.name, r.key)));
        s.value = list.some((r) => r.key === was) && list.length > 2 ? was : list[k ? list.length - 1 : 0]!.key;
      });
    }
    this.compare();
  }

  private compare(): void {
    const [a, b] = this.choices.map((s) => this.bank.all().find((r) => r.key === s.value));
    if (!a || !b || a === b) {
      this.out.replaceChildren(make("p", "unit", "There is one run so far: move a slider, or start the page with --variant or --against."));
      return;
    }
    this.out.replaceChildren(...this.table(a, b));
  }

  private table(a: BankRun, b: BankRun): HTMLElement[] {
    const place = new Map<number, Place>();
    const set = new Map<number, Place>(); // what is set, not computed
    for (const p of this.w.places) {
      for (const c of p.columns) (p.kind === "constant" || p.kind === "decision" ? set : place).set(c, p);
    }
    const columns = [...place.keys()];
    // All of one run before the other: the module holds one run at a time.
    const before = columns.map((c) => a.exact(c).slice());
    const gaps: Gap[] = [];
    let shared = 0;
    columns.forEach((c, k) => {
      const after = b.exact(c);
      if (before[k]!.some((v, i) => Number.isFinite(v) && Number.isFinite(after[i]))) shared++;
      const g = gapOf(c, before[k]!, after);
      if (g) gaps.push(g);
    });
    gaps.sort((x, y) => y.share - x.share || x.column - y.column);
    const settings = make("p", "", this.settings(set, a, b));
    const said = make("p", "", `${gaps.length} of ${shared} variables differ between “${a.name}” and “${b.name}”${gaps.length > most ? `; the ${most} that differ most, for their size, are listed` : ""}.`);
    if (gaps.length === 0) return [settings, said];
    const table = make("table");
    const head = table.createTHead().insertRow();
    for (const t of ["Variable", "Largest difference", "when", `${a.name} then`, `${b.name} then`, "first differs"]) head.append(make("th", "", t));
    const body = table.createTBody();
    for (const g of gaps.slice(0, most)) {
      const row = body.insertRow();
      const name = make("th");
      name.append(button(named(place.get(g.column), this.runs.columns[g.column]!), () => this.add(g.column)));
      row.append(name);
      const [va, vb] = [before[columns.indexOf(g.column)]![g.at]!, b.exact(g.column)[g.at]!];
      const cells = [`${g.difference > 0 ? "+" : ""}${figures(g.difference)}`, this.when(g.at), figures(va), figures(vb), this.when(g.first)];
      cells.forEach((t, k) => {
        const cell = row.insertCell();
        cell.textContent = t;
        cell.className = "number";
        if (k === 0) cell.title = `exactly ${g.difference}`;
      });
    }
    const scroll = make("div", "scroll");
    scroll.tabIndex = 0;
    scroll.append(table);
    return [settings, said, scroll];
  }

  // settings are the constants and decisions in which the runs differ, in words. A result from a file may
  // lack them.
  private settings(set: Map<number, Place>, a: BankRun, b: BankRun): string {
    const columns = [...set.keys()];
    const before = columns.map((c) => a.exact(c).slice());
    let known = 0;
    const differ = columns.flatMap((c, k) => {
      const after = b.exact(c);
      if (Number.isFinite(before[k]![0]) && Number.isFinite(after[0])) known++;
      const g = gapOf(c, before[k]!, after);
      if (!g) return [];
      const since = g.first > 0 ? ` from ${this.when(g.first)} on` : "";
      return [`${named(set.get(c), this.runs.columns[c]!)} ${figures(after[g.first]!)} instead of ${figures(before[k]![g.first]!)}${since}`];
    });
    if (known === 0 && columns.length > 0) return "Which constants differ is not known: the file does not hold them.";
    const more = differ.length > few ? ` and ${differ.length - few} more` : "";
    return differ.length ? `Set in “${b.name}”: ${differ.slice(0, few).join("; ")}${more}.` : "No constant or decision differs.";
  }

  private when(row: number): string {
    return String(Number(this.bank.times[row]!.toPrecision(10)));
  }
}
