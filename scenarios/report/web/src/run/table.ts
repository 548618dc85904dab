// The table at which a game is played: its date, its turns, what was decided, and what is handed on.

import type { Runs } from "../generated.ts";
import { button } from "../live/controls.ts";
import type { Input, Model } from "../live/model.ts";
import type { State } from "../live/state.ts";
import { withUnit } from "../live/words.ts";
import { make } from "../make.ts";
import { hand } from "../save.ts";
import type { Bank } from "./bank.ts";
import { Game } from "./game.ts";

export class Table {
  readonly root = make("div", "game");
  private game: Game | null = null;
  private count = 0; // of games that were kept
  private readonly opening = make("p", "buttons");
  private readonly board = make("div");
  private readonly now = make("p", "now");
  private readonly length = make("input", "field");
  private readonly others = make("input");
  private readonly moves = make("ol");
  private readonly remark = make("p", "remark");
  private readonly go = button("Go on", () => this.step(() => this.game!.onward()));
  private readonly back = button("Take back", () => this.step(() => this.game!.back()));
  private readonly end = button("To the end", () => this.step(() => this.game!.onward(this.game!.last)));
  private readonly keep = button("Keep", () => this.kept());
  private readonly file = button("Save as a scenario", () => hand(`${this.runs.file}-game.toml`, "text/plain", this.game!.toml()));
  private readonly live = document.getElementById("live")!;

  constructor(
    private readonly m: Model,
    private readonly bank: Bank,
    private readonly runs: Runs,
    private readonly from: () => State,
    private readonly play: (g: Game | null) => void,
  ) {
    const begin = button("Play year by year", () => this.begin());
    begin.id = "play";
    begin.textContent = `Play ${m.time.unit === "year" ? "year by year" : "step by step"}`;
    begin.title = "The run stops on its way, and you decide what comes next";
    this.opening.append(begin);
    const turns = make("p", "buttons");
    turns.append(this.go, this.back, this.end);
    const keeping = make("p", "buttons");
    keeping.append(this.keep, this.file, button("Stop", () => this.stop()));
    this.board.append(this.now, turns, this.options(), this.remark, this.moves, keeping);
    this.go.className = "first";
    this.board.hidden = true;
    this.remark.hidden = true;
    this.root.append(this.opening, this.board);
  }

  // options are the length of a turn and whether other runs tell what comes.
  private options(): HTMLElement {
    const p = make("p", "choice");
    Object.assign(this.length, { type: "text", inputMode: "decimal", id: "turn" });
    const label = make("label", "", "Turns of ");
    label.htmlFor = this.length.id;
    const unit = make("span", "", ` ${this.m.time.unit}${this.m.time.unit.endsWith("s") ? "" : "s"} `);
    this.length.addEventListener("change", () => {
      const v = Number(this.length.value.trim());
      if (v > 0 && Number.isFinite(v)) this.game!.turn = this.game!.rows(v);
      this.show();
    });
    Object.assign(this.others, { type: "checkbox", id: "ahead" });
    const ahead = make("label", "", " other runs to their end");
    ahead.htmlFor = this.others.id;
    this.others.addEventListener("change", () => this.show());
    const box = make("span");
    box.append(this.others, ahead);
    p.append(label, this.length, unit, box);
    return p;
  }

  private begin(): void {
    this.game = new Game(this.m, this.from(), this.runs);
    this.opening.hidden = true;
    this.board.hidden = false;
    this.play(this.game);
    this.go.focus();
  }

  private stop(): void {
    this.game = null;
    this.opening.hidden = false;
    this.board.hidden = true;
    this.play(null);
    this.opening.querySelector("button")!.focus();
  }

  // set moves an input from the present date on.
  set(i: Input, value: number): void {
    const g = this.game!;
    if (g.over) this.say("The run is over. Take back a turn to decide otherwise.");
    else if (!g.playable(i)) this.say(`“${i.label}” is no decision; stop playing to move it.`);
    else if (!g.room(i)) this.say("No more moves have room; take back a turn, or stop playing.");
    else {
      this.say("");
      g.set(i, value);
    }
  }

  private say(text: string): void {
    this.remark.textContent = text;
    this.remark.hidden = text === "";
  }

  private step(act: () => void): void {
    act();
    this.say("");
    this.play(this.game); // the sliders, too, show what holds now
    this.live.textContent = this.now.textContent;
  }

  // show draws the game as far as it is.
  show(): void {
    const g = this.game!;
    const b = make("b", "", g.date(g.row));
    this.now.replaceChildren(b, g.over ? ": the end." : ` of ${g.date(g.last)}. Decide, then go on: what you set holds from now on.`);
    this.length.value = String(Number((g.turn * this.m.time.save).toPrecision(6)));
    this.go.textContent = g.over ? "Over" : `Go on to ${g.date(Math.min(g.last, g.row + g.turn))}`;
    [this.go, this.end].forEach((x) => (x.disabled = g.over));
    this.back.disabled = g.stops.length === 1;
    this.file.disabled = g.moves.length === 0;
    this.keep.disabled = !g.over || this.bank.full;
    this.keep.title = this.bank.full ? "No more lines could be told apart" : g.over ? "" : "At its end";
    this.moves.replaceChildren(...g.moves.map((v) => make("li", "", `${g.date(v.row)}: ${v.input.label} ${withUnit(v.input.words, v.value)}`)));
    this.bank.play(g.job(), g.said(), g.row, this.others.checked);
  }

  // kept makes the game one of the runs, and begins another.
  private kept(): void {
    this.bank.keep(`game ${++this.count}`);
    this.begin();
  }
}
