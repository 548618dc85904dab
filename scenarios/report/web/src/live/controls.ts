// Sliders with number fields: decisions and, apart, assumptions.

import type { Input, Model } from "./model.ts";
import { make } from "../make.ts";
import { clamp, numberOf, valueOf, type State } from "./state.ts";
import { withUnit } from "./words.ts";

export function button(text: string, act: () => void): HTMLButtonElement {
  const b = make("button", "", text);
  b.type = "button";
  b.addEventListener("click", act);
  return b;
}

// percent: shares are moved as percent.
const percent = (i: Input) => i.words.kind === "share";

// shownAs is a value as the number field has it, exactly.
export const shownAs = (i: Input, v: number) => (percent(i) ? String(Number(`${v}e2`)) : String(v));

// typed returns the exact number in a field; null if it is no number.
export function typed(i: Input, text: string): number | null {
  const v = numberOf(text);
  return v === null || !percent(i) ? v : Number(`${v}e-2`);
}

// snapped is the step nearest to a slider's place, without the tail of a binary sum.
export function snapped(i: Input, v: number): number {
  const steps = Math.round((v - i.low) / i.step);
  return Math.min(i.high, Number((i.low + steps * i.step).toPrecision(12)));
}

export interface Moves {
  begin(): void; // before a move
  move(i: Input, value: number): void; // while it goes on
  end(remarks: string[]): void;
}

class Control {
  readonly root = make("div", "input");
  private readonly slider = make("input");
  private readonly field = make("input");
  private readonly was = make("small", "was");

  constructor(
    readonly input: Input,
    private readonly moves: Moves,
  ) {
    const id = `input-${input.name}`;
    const label = make("label", "", input.label);
    label.htmlFor = id;
    if (input.about) label.title = input.about;
    const who = make("small", input.hatched ? "who hatch" : "who", input.decision ? `decides: ${input.who}` : input.who);
    Object.assign(this.slider, { type: "range", id, min: "0", max: String(Math.ceil((input.high - input.low) / input.step - 1e-9)), step: "1" });
    Object.assign(this.field, { type: "text", inputMode: "decimal", className: "field", ariaLabel: `${input.label}, as a number` });
    const unit = make("span", "of", percent(input) ? ["%", input.words.rate].join(" ").trim() : input.words.unit || (input.words.kind === "money" ? ["dollars", input.words.rate].join(" ").trim() : ""));
    const value = make("span", "value");
    value.append(this.field, unit);
    this.root.append(label, who, this.slider, value, this.was);
    this.listen();
  }

  private listen(): void {
    const { input, slider, field, moves } = this;
    let moving = false;
    slider.addEventListener("input", () => {
      if (!moving) moves.begin();
      moving = true;
      moves.move(input, snapped(input, input.low + Number(slider.value) * input.step));
    });
    slider.addEventListener("change", () => {
      moving = false;
      moves.end([]);
    });
    field.addEventListener("change", () => {
      const remarks: string[] = [];
      const v = typed(input, field.value);
      moves.begin();
      if (v === null) remarks.push(`“${field.value}” is not a number; “${input.label}” stays as it is.`);
      else moves.move(input, clamp(input, v, remarks));
      moves.end(remarks);
    });
  }

  // show puts the control where the state is.
  show(m: Model, s: State): void {
    const { input } = this;
    const v = valueOf(m, s, input);
    this.slider.value = String(Math.round((v - input.low) / input.step));
    this.slider.setAttribute("aria-valuetext", withUnit(input.words, v));
    this.field.value = shownAs(input, v);
    const moved = v !== input.value;
    this.root.classList.toggle("moved", moved);
    this.was.textContent = moved ? `instead of ${withUnit(input.words, input.value)}` : `${withUnit(input.words, input.low)} to ${withUnit(input.words, input.high)}`;
  }
}

const open = 5; // levers of a group that are not folded away

// Levers are the sliders, decisions by who decides them and, apart, assumptions.
export interface Levers {
  root: HTMLElement;
  show(s: State): void;
  rank(strengths: Map<string, number>): void; // the decisions that move most come first
}

// controls makes the sliders. rebase says that assumptions move no new decisions too.
export function controls(m: Model, rebase: HTMLElement, moves: Moves): Levers {
  const all = m.inputs.map((i) => new Control(i, moves));
  const decisions = make("div", "decisions");
  const assumptions = make("div", "assumptions");
  const root = make("div", "levers");
  root.append(decisions, assumptions);
  const of = (decision: boolean) => all.filter((c) => c.input.decision === decision);
  const argued = arguedOf(m);
  const layOut = (strength: Map<string, number>) => decisions.replaceChildren(make("h3", "", "Decisions"), ...byOwner(of(true), argued, strength));
  layOut(new Map());
  const list = of(false);
  const fold = make("details", "more");
  fold.append(make("summary", "", `Assumptions (${list.length})`), rebase, ...list.map((c) => c.root));
  assumptions.append(list.length ? fold : make("p", "unit", "The model gives no assumption a range."));
  return { root, show: (s) => all.forEach((c) => c.show(m, s)), rank: layOut };
}

// arguedOf are the names of the decisions that some scenario moves. They are what is argued about;
// a model may have levers beside them that nobody can take, such as those of its tests.
export function arguedOf(m: Pick<Model, "inputs" | "presets">): Set<string> {
  const moved = new Set(m.presets.flatMap((p) => p.changes.map((c) => c.at)));
  return new Set(m.inputs.filter((i) => i.decision && i.at.some((a) => moved.has(a))).map((i) => i.name));
}

// byOwner groups decisions by who takes them: those that scenarios move first, and of them the
// strongest; all but the first few are folded.
function byOwner(list: Control[], argued: Set<string>, strength: Map<string, number>): HTMLElement[] {
  if (list.length === 0) return [make("p", "unit", "The model has no decision.")];
  const of = (c: Control) => strength.get(c.input.name) ?? 0;
  const rest = (c: Control) => Number(!argued.has(c.input.name));
  const sorted = list.map((c, i) => ({ c, i })).sort((a, b) => rest(a.c) - rest(b.c) || of(b.c) - of(a.c) || a.i - b.i).map(({ c }) => c);
  const first = sorted.slice(0, open);
  const groups = new Map<string, Control[]>();
  for (const c of sorted.slice(open)) groups.set(c.input.who, [...(groups.get(c.input.who) ?? []), c]);
  const folds = [...groups].map(([who, members]) => {
    const d = make("details", "more");
    d.append(make("summary", "", `${who} (${members.length})`), ...members.map((c) => c.root));
    return d;
  });
  return [...first.map((c) => c.root), ...folds];
}
