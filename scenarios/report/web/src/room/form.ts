// The form of a guess, for those who do not draw: a direction, an amount, and the hands.

import type { Figure } from "../data.ts";
import { button } from "../live/controls.ts";
import { make } from "../make.ts";
import { numberOf } from "../live/state.ts";
import type { Hands } from "../record/record.ts";
import type { Guess } from "./guess.ts";

export class GuessForm {
  readonly root = make("form", "guess-form");
  private readonly amount = make("input", "field");
  private readonly hands: Record<keyof Hands, HTMLInputElement>;
  private direction = 0;

  constructor(
    private readonly figure: Figure,
    private readonly half: number,
    private readonly keep: (words: string, hands: Hands) => void,
    private readonly guess: Guess,
    private readonly changed: () => void,
  ) {
    const ways = make("fieldset");
    ways.append(make("legend", "", "The room says"));
    for (const [words, way] of [["more", 1], ["about the same", 0], ["less", -1]] as const) {
      const radio = make("input");
      Object.assign(radio, { type: "radio", name: "way", value: String(way), id: `way-${way}` });
      radio.addEventListener("change", () => this.set(way));
      const label = make("label", "", words);
      label.htmlFor = radio.id;
      ways.append(radio, label);
    }
    Object.assign(this.amount, { type: "text", inputMode: "decimal", id: "guess-amount" });
    this.amount.addEventListener("change", () => this.set(this.direction || 1));
    const about = make("label", "", "about how much ");
    about.htmlFor = this.amount.id;
    const much = make("p");
    much.append(about, this.amount, make("span", "unit", figure.unit));
    this.hands = { more: this.count("more"), same: this.count("the same"), less: this.count("less") };
    const counted = make("fieldset");
    counted.append(make("legend", "", "Hands"), ...Object.values(this.hands).map((h) => h.parentElement!));
    const submit = make("button", "", "Keep the guess");
    submit.type = "submit";
    this.root.append(ways, much, counted, submit, button("Clear", () => this.clear()), make("p", "unit", "Or draw the line on the chart."));
    this.root.addEventListener("submit", (e) => {
      e.preventDefault();
      this.keep(this.words(), this.counts());
    });
  }

  private count(words: string): HTMLInputElement {
    const field = make("input", "field");
    Object.assign(field, { type: "number", min: "0", max: "100000", inputMode: "numeric", id: `hands-${words.replace(" ", "-")}` });
    const label = make("label", "", `${words} `);
    label.htmlFor = field.id;
    const p = make("p");
    p.append(label, field);
    return field;
  }

  private set(way: number): void {
    this.direction = way;
    const typed = numberOf(this.amount.value);
    this.guess.ramp(way * Math.abs(typed ?? this.half / 4));
    this.changed();
  }

  // drawn is called when a line was drawn by hand.
  drawn(): void {
    const end = this.guess.end;
    if (end === null) return;
    this.amount.value = String(Number(Math.abs(end).toPrecision(2)));
    this.direction = Math.sign(end);
    const radio = this.root.querySelector<HTMLInputElement>(`#way-${Math.abs(end) < this.half / 50 ? 0 : this.direction}`);
    if (radio) radio.checked = true;
  }

  private clear(): void {
    this.guess.clear();
    this.root.reset();
    this.direction = 0;
    this.changed();
  }

  private words(): string {
    const end = this.guess.end;
    if (end === null) return "no line";
    const size = Math.abs(end);
    if (size < this.half / 50) return "about the same";
    const unit = this.figure.unit ? ` ${this.figure.unit}` : "";
    return `${end > 0 ? "more" : "less"}, about ${Number(size.toPrecision(2)).toLocaleString("en")}${unit}`;
  }

  private counts(): Hands {
    const n = (f: HTMLInputElement) => Math.max(0, Math.floor(numberOf(f.value) ?? 0));
    return { more: n(this.hands.more), same: n(this.hands.same), less: n(this.hands.less) };
  }
}
