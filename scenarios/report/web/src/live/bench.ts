// Try: the model runs in the page. One run at once as a slider moves, the futures as soon as
// the workers have them.

import { island, type Figure } from "../data.ts";
import { make } from "../make.ts";
import { hand, quoted, unpack } from "../save.ts";
import type { Answer } from "./answers.ts";
import { controls } from "./controls.ts";
import { startCrew, type Crew } from "./crew.ts";
import { Deck } from "./deck.ts";
import { Host } from "./host.ts";
import { todayOf, type Input, type Job, type Model } from "./model.ts";
import type { Scene } from "../plot.ts";
import { axisOf, sceneOf } from "./scene.ts";
import { strengths } from "./strength.ts";
import { baseline, clampFrom, fresh, moveTo, none, numberOf, presetOf, read, scenarioJobs, spoken, write, yours, type State } from "./state.ts";
import { allWords, gapWords, headline, ranges, rebased, scenarioRows, tableRows, type Cell, type Numbers } from "./tell.ts";

interface Pinned {
  name: string;
  state: State;
  job: Job;
  words: string;
}

const mostPins = 3; // lines beside yours; more would hide each other

// A Trial is something that was tried: the state, in words, with what it did to the outcome
// that was shown.
export interface Trial {
  at: number; // ms since 1970
  state: State;
  words: string;
  effect: string;
}

const remembered = 200; // states that can be undone

export class Bench {
  state: State;
  readonly trials: Trial[] = [];
  ontrial: (t: Trial) => void = () => {};
  onpin: (name: string, state: State) => void = () => {};
  private past: State[] = [];
  private before: State | null = null; // of the last change, to replay
  private pins: Pinned[] = [];
  private crew: Crew | null = null;
  private answer: Answer | null = null;
  private others: Answer | null = null; // about all scenarios
  private shown: number[]; // views of the graphs
  private ranged: boolean; // ranges are computed, or will be
  private wanted: boolean | null = null; // differences or levels, if the reader said which
  private readonly ran = new Map<string, Numbers>(); // the last runs, by job
  private readonly parts;
  private readonly deck: Deck;
  private readonly rebase = make("p", "rebase unit");

  constructor(
    private readonly root: HTMLElement,
    readonly m: Model,
    readonly host: Host,
    private readonly figures: Figure[],
    private readonly whole: string,
    begin: { state: State; remarks: string[] },
  ) {
    this.state = begin.state;
    this.ranged = m.futures.count > 0;
    const judged = m.views.flatMap((v, i) => (v.judged ? [i] : []));
    this.shown = [judged[0] ?? 0, judged[1] ?? Math.min(1, m.views.length - 1)];
    this.parts = controls(m, this.rebase, {
      begin: () => this.remember(),
      move: (i, v) => this.move(i, v),
      end: (remarks) => this.settled(remarks),
    });
    this.deck = new Deck(root, m, this.shown, this.parts.root, ranges(m), {
      undo: () => this.undo(),
      replay: () => this.replay(),
      pin: () => this.pin(),
      unpin: (i) => this.unpin(i),
      rename: (i, name) => this.rename(i, name),
      back: (i) => this.change(this.pins[i]!.state),
      reset: () => this.change(fresh(m)),
      copy: () => void this.copy(),
      csv: () => this.csv(),
      save: () => this.save(),
      preset: (id) => this.change({ ...this.state, preset: id, moved: none }),
      from: (text) => this.redate(text),
      view: (place, view) => {
        this.shown[place] = view;
        this.refresh(false);
      },
      difference: (on) => {
        this.wanted = on;
        this.refresh(false);
      },
    });
    addEventListener("beforeprint", () => this.deck.plots.forEach((p) => void p.near())); // what is set is printed, seen or not
    this.refresh(false);
    this.parts.show(this.state);
    this.tell(begin.remarks);
  }

  // rank puts the levers in the order of what they move, unless one was moved already.
  async rank(): Promise<void> {
    const found = await strengths(this.m, this.host, this.shown[0]!);
    if (this.past.length === 0) this.parts.rank(found);
  }

  private remember(): void {
    this.before = this.state;
    this.past.push(this.state);
    if (this.past.length > remembered) this.past.shift();
  }

  private move(i: Input, value: number): void {
    this.state = moveTo(this.m, this.state, i, value);
    this.refresh(false);
  }

  // change goes to a new state in one move that can be replayed and undone.
  change(next: State): void {
    this.remember();
    this.state = next;
    this.refresh(true);
    this.settled([]);
  }

  private undo(): void {
    const last = this.past.pop();
    if (!last) return;
    this.before = this.state;
    this.state = last;
    this.refresh(true);
    this.show([]);
  }

  private redate(text: string): void {
    const remarks: string[] = [];
    const v = numberOf(text);
    if (v === null) remarks.push(`“${text}” is not a date; it stays at ${this.state.from}.`);
    else this.change({ ...this.state, from: clampFrom(this.m, v, remarks) });
    this.show(remarks);
  }

  // settled is the end of a change: it is listed as tried.
  private settled(remarks: string[]): void {
    this.show(remarks);
    if (this.alone && this.state.assumed.size === 0) return;
    const words = spoken(this.m, this.state);
    if (this.trials.at(-1)?.words === words) return;
    const trial: Trial = { at: Date.now(), state: this.state, words, effect: gapWords(this.m, this.shown[0]!, this.compute(this.jobs(this.state))) };
    this.list(trial);
    this.ontrial(trial);
  }

  // list adds a trial to those that are a click back.
  list(t: Trial): void {
    this.trials.push(t);
    const back = make("button", "", t.words);
    back.type = "button";
    back.addEventListener("click", () => this.change(t.state));
    const item = make("li");
    item.append(back, make("small", "", t.effect));
    this.deck.tried.prepend(item);
    this.deck.triedBox.hidden = false;
    this.deck.triedBox.querySelector("summary")!.textContent = `What was tried (${this.trials.length})`;
  }

  private show(remarks: string[]): void {
    this.parts.show(this.state);
    this.tell(remarks);
    const fragment = write(this.m, this.state);
    history.replaceState(null, "", fragment ? `#${fragment}` : "#try");
  }

  private tell(remarks: string[]): void {
    this.deck.remark.textContent = remarks.join(" ");
    this.deck.remark.hidden = remarks.length === 0;
  }

  private jobs(s: State): Job[] {
    const list = [baseline(this.m, s), yours(this.m, s)];
    return [...list, ...this.pins.map((p) => p.job)];
  }

  // alone: no decision is changed, so that there is no line beside no new decisions.
  private get alone(): boolean {
    return write(this.m, { ...this.state, from: this.m.time.from, assumed: none }) === "";
  }

  // differs: the graphs show differences. Without a wish of the reader's they do as soon as
  // there is one.
  private get differs(): boolean {
    return this.wanted ?? !(this.alone && this.pins.length === 0);
  }

  private get rebased(): boolean {
    return this.state.assumed.size > 0;
  }

  // refresh runs the single lines, draws them, and asks for the futures.
  private refresh(moving: boolean): void {
    const begun = performance.now();
    this.answer = this.others = null;
    const numbers = this.compute(this.jobs(this.state));
    this.deck.plots.forEach((p, i) => {
      const scene = this.scene(i, numbers, null);
      if (moving) p.move(scene);
      else p.show(scene);
    });
    this.tellNumbers(numbers);
    performance.clearMeasures("weir line");
    performance.measure("weir line", { start: begun, end: performance.now() });
    this.ask();
  }

  // ask asks for the futures: of the drawn runs, then, under other assumptions than the
  // page's own, of all scenarios.
  private ask(): void {
    const drawn = this.jobs(this.state);
    const others = this.rebased ? scenarioJobs(this.m, this.state) : [];
    delete this.root.dataset["futures"];
    delete this.root.dataset["scenarios"];
    this.crew?.ask([...drawn, ...others], drawn.length, [...this.shown], this.differs);
  }

  // join gives the bench the workers, once they are there; null: there are none.
  join(crew: Crew | null): void {
    this.crew = crew;
    if (crew) return this.ask();
    this.ranged = false;
    this.refresh(false);
    this.tell(["This browser runs no workers, so the futures are not computed again: numbers and lines are of one run."]);
  }

  private compute(jobs: Job[]): Numbers[] {
    const keys = jobs.map((job) => JSON.stringify(job));
    const missing = keys.flatMap((key, i) => (this.ran.has(key) || keys.indexOf(key) < i ? [] : [i]));
    this.host.runs(
      missing.map((i) => ({ job: jobs[i]! })),
      (i, finite, lane) => this.ran.set(keys[missing[i]!]!, { finite, columns: this.m.views.map((v) => this.host.column(v.column, lane)) }),
    );
    const found = keys.map((key) => this.ran.get(key)!);
    keys.forEach((key, i) => {
      this.ran.delete(key);
      this.ran.set(key, found[i]!);
    });
    while (this.ran.size > 40) this.ran.delete(this.ran.keys().next().value!);
    return found;
  }

  // heard takes an answer to the last question.
  heard(a: Answer): void {
    if (a.group === 1) {
      this.others = a;
      this.compareAll();
      this.root.dataset["scenarios"] = String(a.counted);
      return;
    }
    this.answer = a;
    const numbers = this.compute(this.jobs(this.state));
    this.deck.plots.forEach((p, i) => p.rest(this.scene(i, numbers, a))); // a motion that goes on is not cut short
    this.tellNumbers(numbers);
    this.root.dataset["futures"] = String(a.counted);
  }

  // tellNumbers puts them into words and the table.
  private tellNumbers(numbers: Numbers[]): void {
    const { m, answer, state, deck } = this;
    const first = this.shown[0]!;
    const changed = write(m, { ...state, from: m.time.from }) !== "";
    deck.says.textContent = headline(m, first, numbers, answer, this.ranged, changed);
    this.rebase.textContent = this.rebased ? rebased(m, first, this.compute([{ values: [], changes: [] }])[0]!, numbers[0]!, answer, this.ranged) : "Nobody decides these. Moving one moves no new decisions too.";
    deck.what.textContent = `What is set: ${spoken(m, state)}.${this.pins.map((p) => ` ${p.name}: ${p.words}.`).join("")}`;
    deck.preset.value = presetOf(m, state).id;
    if (document.activeElement !== deck.from) deck.from.value = String(state.from);
    deck.replay.disabled = this.before === null;
    deck.undo.disabled = this.past.length === 0;
    deck.kind(this.differs);
    document.documentElement.classList.toggle("tried-something", changed);
    deck.table.replaceChildren(this.tableOf(numbers));
    if (!this.others) this.compareAll();
  }

  private tableOf(numbers: Numbers[]): HTMLTableElement {
    const t = tableElement(tableRows(this.m, numbers, this.answer, this.pins.map((p) => p.name)));
    t.id = "try-numbers";
    return t;
  }

  // compareAll shows all scenarios under the reader's assumptions. While one is moved,
  // the old table is dimmed.
  private compareAll(): void {
    const { all } = this.deck;
    all.hidden = !this.rebased;
    all.classList.toggle("waiting", this.rebased && !this.others && Boolean(this.crew));
    if (!this.rebased || (this.crew && !this.others)) return;
    const numbers = this.compute([baseline(this.m, this.state), ...scenarioJobs(this.m, this.state)]);
    const t = tableElement(scenarioRows(this.m, this.shown[0]!, numbers, this.others));
    t.id = "try-scenarios";
    const scroll = make("div", "scroll");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.ariaLabel = "All scenarios under your assumptions";
    scroll.append(t);
    all.replaceChildren(make("h3", "", "All scenarios under your assumptions"), make("p", "unit", allWords(this.m, this.shown[0]!)), scroll);
  }

  private scene(place: number, numbers: Numbers[], answer: Answer | null, alone = this.alone): Scene {
    const show = { view: this.shown[place]!, place, difference: this.differs, alone, pins: this.pins.map((p) => p.name) };
    return sceneOf(this.m, this.figures, numbers, answer, show);
  }

  private pin(): void {
    if (this.pins.length === mostPins) this.pins.shift();
    const taken = new Set(this.pins.map((p) => p.name));
    const name = [1, 2, 3, 4].map((n) => `Pin ${n}`).find((x) => !taken.has(x))!;
    this.pins.push({ name, state: this.state, job: yours(this.m, this.state), words: spoken(this.m, this.state) });
    this.repinned();
    this.onpin(name, this.state);
  }

  private unpin(i: number): void {
    this.pins.splice(i, 1);
    this.repinned();
  }

  private rename(i: number, name: string): void {
    const pin = this.pins[i]!;
    if (name.trim() === "" || name === pin.name) return;
    pin.name = name.trim().slice(0, 60);
    this.repinned();
    this.onpin(pin.name, pin.state);
  }

  private repinned(): void {
    this.deck.listPins(this.pins.map((p) => p.name));
    this.refresh(false);
  }

  // numbers are the single runs of a state: with no new decisions, and with it.
  numbers(state: State): [base: Numbers, yours: Numbers] {
    const [base, own] = this.compute([baseline(this.m, state), yours(this.m, state)]);
    return [base!, own!];
  }

  // replay shows the lines before the last change, then moves them to where they are, on
  // one scale. Whatever the reader changes meanwhile ends it.
  private replay(): void {
    if (!this.before) return;
    const now = this.compute(this.jobs(this.state));
    const then = this.compute(this.jobs(this.before));
    this.deck.plots.forEach((p, i) => {
      const was = this.scene(i, then, null, false);
      const is = this.scene(i, now, this.answer, false);
      const y = axisOf(this.m, { view: this.shown[i]!, difference: this.differs }, [...was.lines, ...is.lines], is.bands, is.today);
      p.play({ ...was, y }, { ...is, y });
      p.rest(this.scene(i, now, this.answer));
    });
  }

  private async copy(): Promise<void> {
    // The link names the page's file, never the folders of this machine.
    const fragment = write(this.m, this.state) || "try";
    const file = decoded(location.pathname.split("/").at(-1) ?? "");
    const link = location.protocol === "file:" ? `${file}#${fragment}` : `${location.href.split("#")[0]}#${fragment}`;
    try {
      await navigator.clipboard.writeText(link);
      this.tell(["The link is copied. It opens this page with what is set now; whoever gets it needs the page too."]);
    } catch {
      this.tell([`Copy this link: ${link}`]);
    }
  }

  // csv is the single runs and the futures to full precision, under the state in words.
  private csv(): void {
    const numbers = this.compute(this.jobs(this.state));
    const first = this.shown[0]!;
    const v = this.m.views[first]!;
    const names = ["no new decisions", `yours (${spoken(this.m, this.state)})`, ...this.pins.map((p) => `${p.name} (${p.words})`)];
    const bands = this.differs ? [] : (this.answer?.bands[0] ?? []);
    const ends = ["median of the futures", "10th percentile", "90th percentile"];
    const head = ["time", ...names.map((n) => `${v.title}: ${n}, one run`), ...names.slice(0, bands.length).flatMap((n) => ends.map((e) => `${n}, ${e}`))];
    const rows = this.m.time.dates.map((_, i) => [
      String(this.m.time.start + i * this.m.time.save),
      ...numbers.map((n) => String(n.columns[first]![i])),
      ...bands.flatMap((b) => [b.median[i]!, b.low[i]!, b.high[i]!].map((v) => (Number.isFinite(v) ? String(v) : ""))),
    ]);
    hand("yours.csv", "text/csv", [head, ...rows].map((r) => r.map(quoted).join(",")).join("\n") + "\n");
  }

  // save hands over this page; it opens with the present state.
  private save(): void {
    const mark = make("meta");
    mark.name = "weir-state";
    mark.content = write(this.m, this.state);
    hand("page.html", "text/html", "<!DOCTYPE html>\n" + this.whole.replace("<head>", () => `<head>${mark.outerHTML}`));
  }
}

// tableElement is a table whose first column names the rows.
export function tableElement({ head, rows }: { head: string[]; rows: { title: string; cells: Cell[] }[] }): HTMLTableElement {
  const t = make("table");
  const tr = t.createTHead().insertRow();
  for (const text of head) tr.append(Object.assign(make("th", text === head[0] ? "" : "number", text), { scope: "col" }));
  const body = t.createTBody();
  for (const r of rows) {
    const line = body.insertRow();
    line.append(Object.assign(make("th", "", r.title), { scope: "row" }));
    for (const c of r.cells) {
      const cell = line.insertCell();
      cell.className = `number ${c.className ?? ""}`;
      cell.textContent = c.text;
      if (c.exact !== undefined) {
        cell.title = `exactly ${c.exact}${c.run === undefined || c.run === c.exact ? "" : `; in one run with the best-known numbers ${c.run}`}`;
        cell.dataset["exact"] = String(c.exact);
      }
      if (c.run !== undefined) cell.dataset["run"] = String(c.run);
      for (const text of c.under ?? []) cell.append(make("small", "", text));
    }
  }
  return t;
}

// startBench builds the section, if the page has a model that this browser can run; null
// otherwise. whole is the page as it came.
export async function startBench(figures: Figure[], whole: string): Promise<Bench | null> {
  const root = document.getElementById("bench");
  if (!root || !document.getElementById("model")) return null;
  if (typeof WebAssembly !== "object") {
    root.textContent = "This browser has no WebAssembly, so the model cannot run in it. The charts above stand as they are.";
    return null;
  }
  const m = (await island("model")) as Model;
  try {
    const module = await compiled(m);
    const bench = new Bench(root, m, new Host(await WebAssembly.instantiate(module), m.layout), figures, whole, atFirst(m));
    performance.mark("weir sliders");
    if (location.hash.startsWith("#try?")) document.getElementById("try")!.scrollIntoView();
    await bench.rank();
    if (m.futures.count > 0) bench.join(await startCrew(m, module, todayOf(m), (a) => bench.heard(a)).catch(() => null));
    return bench;
  } catch {
    root.textContent = "The model cannot run in this browser. The charts above stand as they are.";
    return null;
  }
}

// atFirst is the state of the link, or of a saved page.
function atFirst(m: Model): { state: State; remarks: string[] } {
  const fragment = decoded(location.hash.slice(1));
  if (fragment && fragment !== "room" && !document.getElementById(fragment)) return read(m, location.hash.slice(1));
  return read(m, document.querySelector<HTMLMetaElement>('meta[name="weir-state"]')?.content ?? "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// compiled is the module for two runs. Where the browser has no vector instructions it is that of
// every variable, which has none and does one run at a time.
async function compiled(m: Model): Promise<WebAssembly.Module> {
  const bytes = await unpack({ name: "", type: "", data: m.code });
  if (WebAssembly.validate(bytes)) return WebAssembly.compile(bytes);
  m.layout = m.whole.layout;
  for (const v of m.views) v.column = v.whole;
  return WebAssembly.compile(await unpack({ name: "", type: "", data: m.whole.code }));
}
