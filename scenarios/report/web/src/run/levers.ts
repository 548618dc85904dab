// The sliders of a run. A model may have thousands of constants: the first few have a slider, and
// any other gets one by its name.

import type { Runs } from "../generated.ts";
import { button, controls, type Levers as Sliders } from "../live/controls.ts";
import type { Input, Model } from "../live/model.ts";
import { baseline, fresh, moveTo, type State } from "../live/state.ts";
import { make } from "../make.ts";
import type { Bank } from "./bank.ts";
import type { Game } from "./game.ts";
import { Table } from "./table.ts";

const few = 8; // decisions, and as many assumptions, with a slider at first

export class Levers {
  private state: State;
  private before: State[] = []; // for undo
  private shown: Set<string>;
  private sliders: Sliders | null = null;
  private readonly place = make("div");
  private readonly remark = make("p", "remark");
  private readonly undo = button("Undo", () => this.back());
  private readonly reset = button("Reset", () => this.begin(() => (this.state = fresh(this.m))));
  private readonly keep = button("Keep this run", () => this.kept());
  private waiting = 0;
  private count = 0; // of kept runs
  private game: Game | null = null; // while one is played
  private readonly table: Table;

  constructor(
    private readonly root: HTMLElement,
    private readonly m: Model,
    private readonly bank: Bank,
    runs: Runs,
  ) {
    this.state = fresh(m);
    this.table = new Table(m, bank, runs, () => this.state, (g) => this.play(g));
    const first = (decision: boolean) => m.inputs.filter((i) => i.decision === decision).slice(0, few);
    this.shown = new Set([...first(true), ...first(false)].map((i) => i.name));
    const tools = make("p", "buttons");
    tools.append(this.undo, this.reset, this.keep);
    this.remark.hidden = true;
    root.append(this.table.root, tools, this.remark, ...(m.inputs.length > this.shown.size ? [this.finder()] : []), this.place);
    this.build();
  }

  // finder gives any constant a slider.
  private finder(): HTMLElement {
    const p = make("p", "choice");
    const field = make("input", "field find");
    Object.assign(field, { type: "text", id: "add-slider" });
    field.setAttribute("list", "input-names");
    const label = make("label", "", `Add a slider (${this.m.inputs.length} in all) `);
    label.htmlFor = field.id;
    const list = make("datalist");
    list.id = "input-names";
    list.append(...this.m.inputs.map((i) => new Option(i.name, i.label)));
    field.addEventListener("change", () => {
      const t = field.value.trim().toLowerCase();
      const has = (i: Input, f: (x: string) => boolean) => f(i.name.toLowerCase()) || f(i.label.toLowerCase());
      const found = this.m.inputs.find((i) => has(i, (x) => x === t)) ?? (t ? this.m.inputs.find((i) => has(i, (x) => x.includes(t))) : undefined);
      if (!found) return;
      field.value = "";
      this.shown = new Set([found.name, ...this.shown]);
      this.build();
      document.getElementById(`input-${found.name}`)?.focus();
    });
    p.append(label, field, list);
    return p;
  }

  // build makes the sliders of the inputs that are shown.
  private build(): void {
    const inputs = [...this.shown].map((n) => this.m.inputs.find((i) => i.name === n)!);
    this.sliders = controls({ ...this.m, inputs }, make("p", "unit", "Each holds from the start of the run."), {
      begin: () => this.game ?? this.before.push(this.state),
      move: (i, value) => {
        if (this.game) this.table.set(i, value);
        else this.state = moveTo(this.m, this.state, i, value);
        this.later();
      },
      end: (remarks) => {
        this.remark.textContent = remarks.join(" ");
        this.remark.hidden = remarks.length === 0;
        this.later();
      },
    });
    this.place.replaceChildren(this.sliders.root);
    this.place.querySelectorAll<HTMLDetailsElement>(".assumptions > details").forEach((d) => (d.open = true));
    this.show();
  }

  // later runs the model once a frame, however fast a slider moves.
  private later(): void {
    if (!this.waiting) {
      this.waiting = requestAnimationFrame(() => {
        this.waiting = 0;
        this.run();
      });
    }
    this.show();
  }

  // play begins a game or, with null, ends one: then the sliders are where they were.
  private play(game: Game | null): void {
    this.game = game;
    this.root.classList.toggle("playing", game !== null);
    this.root.classList.toggle("by-decisions", this.m.inputs.some((i) => i.decision));
    this.run();
  }

  private run(): void {
    if (this.game) {
      this.table.show();
      this.show();
      return;
    }
    const said = this.m.inputs.flatMap((i) => {
      const v = this.state.moved.get(i.name) ?? this.state.assumed.get(i.name);
      return v === undefined ? [] : [i.base ? `${i.name} × ${v}` : `${i.name}=${v}`];
    });
    const s = this.state;
    // A slider holds from the start of the run, so a decision is set as an assumption is.
    const values = baseline(this.m, { ...s, assumed: new Map([...s.assumed, ...s.moved]) }).values;
    this.bank.move(values.length ? { values, changes: [] } : null, said.join(", "));
    this.show();
  }

  private begin(change: () => void): void {
    this.before.push(this.state);
    change();
    this.run();
  }

  private back(): void {
    const last = this.before.pop();
    if (last) this.state = last;
    this.run();
  }

  // kept makes the reader's run one of the others; the sliders stay where they are.
  private kept(): void {
    this.bank.keep(`kept ${++this.count}`);
    this.show();
  }

  show(): void {
    this.sliders?.show(this.game?.state() ?? this.state);
    if (this.game) return;
    this.undo.disabled = this.before.length === 0;
    const moved = this.state.moved.size + this.state.assumed.size > 0;
    this.reset.disabled = !moved;
    this.keep.disabled = !moved || this.bank.full || this.bank.all().at(-1)!.key !== "yours";
    this.keep.title = this.bank.full ? "No more lines could be told apart" : "";
  }
}
