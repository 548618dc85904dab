// A game: the run stops every few years, the player moves decisions for the years that come, and
// goes on. Moves are dated changes of the same module, so a game is a run like any other, and is
// handed on as the interventions of a scenario set.

import type { Runs, Setting } from "../generated.ts";
import { timesOf, todayOf, type Change, type Input, type Job, type Model } from "../live/model.ts";
import { baseline, type State } from "../live/state.ts";

// A Move holds from a row of the run until the next move of the same input.
export interface Move {
  row: number;
  input: Input;
  value: number;
}

export class Game {
  private readonly base: State;
  readonly times: number[];
  readonly first: number; // row at which it begins: today
  readonly last: number;
  readonly stops: number[]; // rows at which the player was, the present one last
  moves: Move[] = []; // in the order of their rows
  turn: number; // rows

  constructor(
    private readonly m: Model,
    began: State, // where the sliders were: assumptions hold throughout, decisions from the first row on
    private readonly runs: Runs,
  ) {
    this.base = { ...began, moved: new Map() };
    this.times = timesOf(m);
    this.last = this.times.length - 1;
    this.first = Math.min(todayOf(m), Math.max(0, this.last - 1));
    this.stops = [this.first];
    this.turn = this.rows((m.time.stop - this.times[this.first]!) / 6);
    for (const i of m.inputs) {
      const value = began.moved.get(i.name);
      if (value !== undefined) this.moves.push({ row: this.first, input: i, value });
    }
  }

  get row(): number {
    return this.stops.at(-1)!;
  }

  get over(): boolean {
    return this.row === this.last;
  }

  // rows is a length of time in rows of the run, whole units of time where they are rows.
  rows(time: number): number {
    const unit = 1 / this.m.time.save;
    const whole = unit >= 1 && Math.abs(unit - Math.round(unit)) < 1e-9 ? Math.round(time) * Math.round(unit) : Math.round(time / this.m.time.save);
    return Math.min(this.last, Math.max(1, whole));
  }

  // playable reports whether a player moves an input: decisions, and constants where a model calls
  // nothing a decision.
  playable(i: Input): boolean {
    return i.decision || !this.m.inputs.some((x) => x.decision);
  }

  // set moves an input from the present row on. A move to the value that holds anyway is none.
  set(input: Input, value: number): void {
    this.moves = this.moves.filter((v) => v.input !== input || v.row < this.row);
    if (this.valueOf(input) !== value) this.moves.push({ row: this.row, input, value });
  }

  // valueOf is an input's value now.
  valueOf(i: Input): number {
    const own = this.base.assumed.get(i.name) ?? i.value;
    return this.moves.filter((v) => v.input === i).reduce((_, v) => v.value, own);
  }

  // state is where the sliders stand now.
  state(): State {
    const [moved, assumed] = [new Map(this.base.moved), new Map(this.base.assumed)];
    for (const v of this.moves) (v.input.decision ? moved : assumed).set(v.input.name, v.value);
    return { ...this.base, moved, assumed };
  }

  // room reports whether the module has room for one more move of an input in its table of changes.
  room(input: Input): boolean {
    const l = this.m.whole.layout;
    const used = this.moves.filter((v) => v.input !== input || v.row < this.row).reduce((n, v) => n + v.input.at.length, 0);
    return (l.change_count + used + input.at.length) * l.lanes <= l.change_room;
  }

  onward(row = this.row + this.turn): void {
    if (!this.over) this.stops.push(Math.min(this.last, row));
  }

  // back takes back the last turn, with the moves after it.
  back(): void {
    if (this.stops.length === 1) return;
    this.stops.pop();
    this.moves = this.moves.filter((v) => v.row <= this.row);
  }

  // until is the row at which a move ends: that of the input's next one.
  private until(v: Move): number | null {
    const next = this.moves.find((x) => x.input === v.input && x.row > v.row);
    return next ? this.times[next.row]! : null;
  }

  // job is the game as a run.
  job(): Job {
    const values = baseline(this.m, this.base).values;
    const changes = this.moves.flatMap((v) =>
      v.input.at.map((at, k): Change => {
        const amount = v.input.base ? v.input.base[k]! * v.value : v.value;
        return { at, kind: 0, amount, start: this.times[v.row]!, over: 0, until: this.until(v) };
      }),
    );
    return { values, changes };
  }

  date(row: number): string {
    return this.m.time.dates[row]!;
  }

  // said is the game in a line.
  said(): string {
    return this.moves.map((v) => `${this.times[v.row]}: ${v.input.name}${v.input.base ? " × " : "="}${v.value}`).join("; ");
  }

  // toml is the game as tables of a scenario set: an intervention for each move, and a scenario of
  // them all. Assumptions of the player hold in every run, and so does what the run of the page has
  // otherwise than the model's file.
  toml(): string {
    const lines = ["# A game that was played in a page of weir. Put it into a scenario set."];
    lines.push(...this.assumptions());
    const names: string[] = [];
    const first = this.given().flatMap(({ set, until }) => [`[${changeOf("as_set", set.name)}]`, `to = ${set.value}`, `start = ${this.m.time.start}`, ...untilLine(until)]);
    if (first.length) lines.push("", "[intervention.as_set]", 'label = "As the run was set"', ...first);
    if (first.length) names.push("as_set");
    this.moves.forEach((v, k) => {
      const id = `move_${k + 1}`;
      names.push(id);
      if (!v.input.decision) lines.push("", `# A set changes decisions only: make ${v.input.name} a decision of the model.`);
      lines.push("", `[intervention.${id}]`, `label = ${JSON.stringify(`${v.input.label}, ${this.date(v.row)}`)}`);
      for (const [name, text] of this.put(v.input, v.value)) {
        lines.push(`[${changeOf(id, name)}]`, text, `start = ${this.times[v.row]!}`, ...untilLine(this.until(v)));
      }
    });
    lines.push("", "[scenario.game]", 'label = "The game"', `interventions = [${names.map((n) => `"${n}"`).join(", ")}]`);
    return lines.join("\n") + "\n";
  }

  // put is an input's value as changes of a set, by name. A factor is of the model's own numbers and
  // only for decisions, so assumptions and elements that the run has otherwise are named one by one.
  private put(i: Input, value: number): [string, string][] {
    const otherwise = this.runs.set.some((s) => i.at.includes(s.place));
    if (!i.base || (i.decision && !otherwise)) return [[i.name, i.base ? `times = ${value}` : `to = ${value}`]];
    const elements = this.runs.columns.filter((c) => c.startsWith(`${i.name}[`)); // in the order of places
    return i.base.map((b, k) => [elements[k]!, `to = ${b * value}`]);
  }

  private assumptions(): string[] {
    const mine = this.m.inputs.filter((i) => this.base.assumed.has(i.name));
    const taken = new Set(mine.flatMap((i) => i.at));
    const all = mine.flatMap((i) => this.put(i, this.base.assumed.get(i.name)!));
    for (const s of this.runs.set) if (!s.decision && !taken.has(s.place)) all.push([s.name, `to = ${s.value}`]);
    return all.flatMap(([name, text]) => ["", `[assumption.${key(name)}]`, text]);
  }

  // given are decisions that the run has otherwise than the file, until the player's first move of each.
  private given(): { set: Setting; until: number | null }[] {
    return this.runs.set.flatMap((set) => {
      const move = set.decision ? this.moves.find((v) => v.input.at.includes(set.place)) : undefined;
      if (!set.decision || move?.row === 0) return [];
      return [{ set, until: move ? this.times[move.row]! : null }];
    });
  }
}

const key = (name: string) => (/^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name));

const changeOf = (intervention: string, name: string) => `intervention.${intervention}.change.${key(name)}`;

const untilLine = (until: number | null) => (until === null ? [] : [`until = ${until}`]);
