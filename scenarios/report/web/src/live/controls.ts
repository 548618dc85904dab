// Sliders with number fields: decisions and, apart, assumptions.

import type { Input, Model } from "./model.ts";
import { make } from "./make.ts";
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

const open = 8; // assumptions that are not folded away

// controls fills the two columns.
export function controls(m: Model, moves: Moves): { decisions: HTMLElement; assumptions: HTMLElement; show(s: State): void } {
  const all = m.inputs.map((i) => new Control(i, moves));
  const column = (className: string, title: string, words: string, list: Control[]) => {
    const root = make("div", className);
    root.append(make("h3", "", title), make("p", "unit", words), ...list.slice(0, open).map((c) => c.root));
    if (list.length > open) {
      const rest = make("details", "more");
      rest.append(make("summary", "", `${list.length - open} more`), ...list.slice(open).map((c) => c.root));
      root.append(rest);
    }
    if (list.length === 0) root.append(make("p", "", "The model gives none a range."));
    return root;
  };
  return {
    decisions: column("decisions", "Decisions", "Somebody can take these. No new decisions takes none of them.", all.filter((c) => c.input.decision)),
    assumptions: column("assumptions", "Assumptions", "Nobody decides these. Moving one moves no new decisions too.", all.filter((c) => !c.input.decision)),
    show: (s) => all.forEach((c) => c.show(m, s)),
  };
}
