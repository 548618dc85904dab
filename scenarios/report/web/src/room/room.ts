// The room: the page step by step, for a projector and a clicker. Before a reveal nothing of
// the result is on the screen or in what a screen reader reads: the page is away.

import type { Figure, PageData } from "../data.ts";
import type { Step } from "../generated.ts";
import { button } from "../live/controls.ts";
import { niceStep } from "../live/words.ts";
import { make } from "../make.ts";
import { Plot, type PlotLine, type Scene } from "../plot.ts";
import type { Sitting } from "../record/record.ts";
import { Guess } from "./guess.ts";
import { GuessForm } from "./form.ts";
import { Notes } from "./notes.ts";

const growth = 2600; // ms in which a line grows at its reveal

// A Room is open from enter to leave; its guesses stay for the next time.
export class Room {
  private readonly root = make("div", "room-view");
  private readonly head = make("p", "where");
  private readonly title = make("h2");
  private readonly text = make("p", "say");
  private readonly caption = make("p", "caption");
  private readonly box = make("div", "room-plot");
  private readonly extra = make("div", "extra");
  private readonly live = make("p", "hidden");
  private readonly guesses = new Map<string, Guess>();
  private plot: Plot | null = null;
  private at = 0;
  private begun = 0;
  private blank = false;
  private readonly notes: Notes;
  private readonly figure: Figure; // of differences
  private readonly level: Figure; // of the outcome itself

  constructor(
    private readonly data: PageData,
    private readonly sitting: Sitting,
  ) {
    this.figure = data.figures.find((f) => f.id.endsWith("-difference"))!;
    this.level = data.figures[0]!;
    this.notes = new Notes((key) => this.key(key));
    this.root.setAttribute("role", "dialog");
    this.root.setAttribute("aria-modal", "true");
    this.root.ariaLabel = "The room";
    this.root.tabIndex = -1;
    this.live.setAttribute("aria-live", "polite");
    this.root.append(this.bar(), this.title, this.text, this.caption, this.box, this.extra, this.live);
    this.root.addEventListener("keydown", (e) => {
      if (this.key(e.key, e.target as HTMLElement)) e.preventDefault();
    });
  }

  get steps(): Step[] {
    return this.data.steps;
  }

  private bar(): HTMLElement {
    const bar = make("div", "room-bar");
    const tools = make("span", "room-tools");
    tools.append(
      button("Back", () => this.go(this.at - 1)),
      button("Next", () => this.go(this.at + 1)),
      button("Replay", () => this.replay()),
      button("Write down", () => this.write()),
      button("Notes window", () => this.openNotes()),
      button("Leave", () => this.leave()),
    );
    bar.append(this.head, tools);
    return bar;
  }

  // enter opens the room at a step.
  enter(step = 0): void {
    this.begun ||= Date.now();
    document.body.append(this.root);
    document.documentElement.classList.add("presenting");
    history.replaceState(null, "", "#room");
    this.root.focus();
    this.go(step);
  }

  leave(): void {
    this.root.remove();
    document.documentElement.classList.remove("presenting");
    history.replaceState(null, "", "#answer");
    document.getElementById("present")?.focus();
  }

  get open(): boolean {
    return this.root.isConnected;
  }

  private openNotes(): void {
    if (this.notes.open()) return this.tellNotes();
    this.live.textContent = "";
    this.extra.append(make("p", "remark", "This browser refused a second window. “Print the guide” in Files has the notes on paper."));
  }

  // write takes down what was said.
  private write(): void {
    this.extra.querySelector(".said-form")?.remove();
    const form = make("form", "guess-form said-form");
    const field = make("input", "field");
    Object.assign(field, { type: "text", maxLength: 2000, id: "room-note" });
    const label = make("label", "", "What was said ");
    label.htmlFor = field.id;
    const keep = make("button", "", "Write it down");
    keep.type = "submit";
    form.append(label, field, keep);
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      const text = field.value.trim();
      if (text === "") return;
      this.sitting.add({ at: Date.now(), kind: "note", text });
      this.live.textContent = "Written down";
      field.value = "";
    });
    this.extra.append(form);
    field.focus();
  }

  // key answers a key of the keyboard or of a clicker, and reports whether it did.
  private key(key: string, target?: HTMLElement): boolean {
    const typing = target?.matches("input:not([type=radio]), textarea, select");
    if (key === "Escape") {
      this.leave();
      return true;
    }
    if (typing) return false;
    if (target?.matches("button, input") && (key === " " || key === "Enter" || key.startsWith("Arrow"))) return false;
    switch (key) {
      case " ":
      case "ArrowRight":
      case "PageDown":
      case "Enter":
        this.go(this.at + 1);
        return true;
      case "ArrowLeft":
      case "PageUp":
      case "Backspace":
        this.go(this.at - 1);
        return true;
      case "Home":
        this.go(0);
        return true;
      case "End":
        this.go(this.steps.length - 1);
        return true;
      case "r":
      case "R":
        this.replay();
        return true;
      case "b":
      case "B":
      case ".":
        this.blank = !this.blank;
        this.root.classList.toggle("blank", this.blank);
        return true;
    }
    return false;
  }

  private go(to: number): void {
    const next = Math.min(this.steps.length - 1, Math.max(0, to));
    this.at = next;
    this.show();
    this.tellNotes();
  }

  private tellNotes(): void {
    const s = this.steps[this.at]!;
    this.notes.tell({
      at: this.at, of: this.steps.length, title: s.title, text: s.text, notes: s.notes, minutes: s.minutes,
      next: this.steps[this.at + 1]?.title ?? "", begun: this.begun,
    });
  }

  private guessOf(key: string): Guess {
    if (!this.guesses.has(key)) this.guesses.set(key, new Guess(this.figure.times.length));
    return this.guesses.get(key)!;
  }

  // show puts the present step on the screen.
  private show(): void {
    const s = this.steps[this.at]!;
    this.head.textContent = `${this.at + 1} of ${this.steps.length}`;
    this.title.textContent = s.title;
    this.text.textContent = s.text;
    this.text.hidden = s.text === "";
    this.extra.replaceChildren();
    this.root.dataset["kind"] = s.kind;
    this.box.hidden = s.kind === "talk";
    this.sitting.add({ at: Date.now(), kind: "step", title: s.title });
    const scene = this.scene(s);
    this.caption.hidden = this.box.hidden;
    this.caption.textContent = [scene.title, this.level.unit, s.kind === "context" && this.level.recorded?.length ? "points: recorded" : ""].filter(Boolean).join(" \u00b7 ");
    this.plot?.dispose();
    this.plot = this.box.hidden ? null : new Plot(this.box);
    this.box.onpointerdown = this.box.onpointermove = this.box.onpointerup = null;
    if (s.kind === "guess") this.ask(s);
    if (s.kind === "talk") this.write();
    if (s.kind === "reveal") this.sitting.add({ at: Date.now(), kind: "reveal", about: s.name, words: s.text });
    if (!this.plot) return;
    if (s.kind === "reveal" || s.kind === "replay") this.grow(scene);
    else this.plot.show(scene);
  }

  // ask takes the room's guess: by hand on the chart, or by direction and amount; and hands.
  private ask(s: Step): void {
    const guess = this.guessOf(s.key);
    const form = new GuessForm(this.figure, this.half(), (words, hands) => {
      this.redraw();
      this.sitting.add({ at: Date.now(), kind: "guess", about: s.name, key: s.key, words, values: [...guess.values], hands });
      this.live.textContent = `Kept: ${words}`;
    }, guess, () => this.redraw());
    this.extra.append(form.root);
    const { box } = this;
    const plot = this.plot!;
    let last: number | null = null;
    const put = (e: PointerEvent) => {
      const f = plot.frame;
      if (!f) return;
      const r = box.getBoundingClientRect();
      const time = f.timeAt(e.clientX - r.left);
      const times = this.figure.times;
      let row = 0;
      times.forEach((t, i) => Math.abs(t - time) < Math.abs(times[row]! - time) && (row = i));
      const y = f.scene.y;
      guess.put(row, Math.min(y.max, Math.max(y.min, f.valueAt(e.clientY - r.top))), last);
      last = row;
      this.redraw();
    };
    box.onpointerdown = (e) => {
      box.setPointerCapture(e.pointerId);
      last = null;
      put(e);
    };
    box.onpointermove = (e) => e.buttons === 1 && put(e);
    box.onpointerup = () => form.drawn();
  }

  private redraw(): void {
    this.plot?.show(this.scene(this.steps[this.at]!));
  }

  // guessed is the guess of a step as it is drawn above the lines, wherever the chart of
  // differences is shown.
  private guessed(s: Step): Scene["guess"] {
    const guess = this.guesses.get(s.key);
    if (!guess || guess.empty || s.kind === "context" || s.kind === "read") return null;
    return { values: [...guess.values], words: "the room’s guess" };
  }

  // replay lets the line of the step grow again, as often as asked.
  replay(): void {
    const s = this.steps[this.at]!;
    if (!this.plot || !["reveal", "replay", "why"].includes(s.kind)) return;
    this.grow(this.scene(s));
  }

  private grow(scene: Scene): void {
    const base = scene.lines.filter((l) => l.key === "s0");
    this.plot!.play({ ...scene, lines: base, bands: [], notes: [] }, { ...scene, notes: [] }, growth);
    this.plot!.rest(scene);
  }

  // half is the height of the chart for guesses: from the level of today, so that it says
  // nothing of the result.
  private half(): number {
    const today = this.level.lines[0]!.values[this.level.now] ?? 1;
    const tenth = Math.abs(today) / 10 || 1;
    return niceStep(tenth, 1);
  }

  private scene(s: Step): Scene {
    if (s.kind === "context") return this.history();
    const f = this.figure;
    const numbers = (values: (number | null)[]) => values.map((v) => v ?? NaN);
    const known = ["reveal", "replay", "why"].includes(s.kind);
    const base = f.lines[0]!;
    const lines: PlotLine[] = [{ key: "s0", name: "No new decisions", values: numbers(base.values.map(() => 0)), label: "0", from: 0 }];
    const own = f.lines.find((l) => l.key === s.key);
    if (known && own) lines.push({ key: own.key, name: own.name, values: numbers(own.values), label: own.label[0]!, from: own.first, strong: true });
    const before = Array<number>(f.now).fill(NaN);
    const whole = (values: (number | null)[]) => [...before, ...numbers(values)];
    const band = known && own?.band ? [{ key: own.key, low: whole(own.band.low), high: whole(own.band.high), futures: own.band.futures.map(whole) }] : [];
    // A guess and its reveal have one scale; then the chart comes closer.
    const y = s.kind === "replay" || s.kind === "why" ? f.y : this.wide();
    const notes = known ? f.notes.filter((n) => n.key === s.key) : [];
    return { title: f.title, x: f.x, y, times: f.times, today: 0, lines, bands: band, points: [], names: true, notes, guess: this.guessed(s) };
  }

  // wide is the scale of guesses. If a line of the result leaves it, it is as wide as that line
  // from the reveal on, not before.
  private wide(): Scene["y"] {
    const half = this.half();
    const s = this.steps[this.at]!;
    const own = s.kind === "reveal" ? (this.figure.lines.find((l) => l.key === s.key)?.values ?? []) : [];
    const most = Math.max(half, ...own.map((v) => Math.abs(v ?? 0)));
    const step = niceStep(most, 2);
    const count = Math.ceil(most / step - 1e-9);
    const ticks = Array.from({ length: 2 * count + 1 }, (_, i) => (i - count) * step);
    return { min: -count * step, max: count * step, step, ticks, words: ticks.map((t) => this.word(t)), cut: false };
  }

  private word(v: number): string {
    const text = Math.abs(v).toLocaleString("en", { maximumSignificantDigits: 3 });
    return v > 0 ? `+${text}` : v < 0 ? `\u2212${text}` : "0";
  }

  // history is the outcome until today: records and the model's own course, nothing after.
  private history(): Scene {
    const f = this.level;
    const today = Math.max(0, f.now);
    const line = f.lines[0]!;
    const values = line.values.map((v, i) => (i <= today ? (v ?? NaN) : NaN));
    const x = { ...f.x, max: f.x.max };
    return { title: f.title, x, y: f.y, times: f.times, today, lines: [{ key: "s0", name: "The model", values, label: "", from: 0 }], bands: [], points: f.recorded ?? [] };
  }
}
