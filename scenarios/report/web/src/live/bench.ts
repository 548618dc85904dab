// Try it yourself: the model runs in the page. One run at once as a slider moves, the
// futures as soon as the worker has them.

import type { Axis, Figure } from "../data.ts";
import { hand, quoted, unpack } from "../save.ts";
import { button, controls } from "./controls.ts";
import type { Answer } from "./answers.ts";
import { startCrew, type Crew } from "./crew.ts";
import { Host } from "./host.ts";
import { make } from "./make.ts";
import { timesOf, todayOf, type Input, type Job, type Model } from "./model.ts";
import { Plot, type PlotBand, type PlotLine, type Scene } from "./plot.ts";
import { baseline, clampFrom, fresh, moveTo, none, numberOf, presetOf, read, scenarioJobs, spoken, write, yours, type State } from "./state.ts";
import { allWords, headline, ranges, rebased, scenarioRows, tableRows, type Cell, type Numbers } from "./tell.ts";
import { number, signed, valueAxis } from "./words.ts";

interface Pinned {
  job: Job;
  words: string;
}

export class Bench {
  private state: State;
  private before: State | null = null; // of the last change, to replay
  private pinned: Pinned | null = null;
  private crew: Crew | null = null;
  private answer: Answer | null = null;
  private others: Answer | null = null; // about all scenarios
  private shown = 0;
  private ranged: boolean; // ranges are computed, or will be
  private difference = false; // the chart shows differences from no new decisions
  private readonly ran = new Map<string, Numbers>(); // the last runs, by job
  private readonly plot: Plot;
  private readonly parts;
  private readonly says = make("p", "result");
  private readonly rebase = make("p", "rebase");
  private readonly what = make("p", "state");
  private readonly remark = make("p", "remark");
  private readonly table = make("div", "scroll");
  private readonly all = make("div", "all");
  private readonly preset = make("select");
  private readonly from = make("input", "field");
  private readonly pinner = button("Pin this run", () => this.pin());
  private readonly replayer = button("Replay last change", () => this.replay());

  constructor(
    private readonly root: HTMLElement,
    private readonly m: Model,
    private readonly host: Host,
    private readonly figures: Figure[],
    private readonly whole: string,
    begin: { state: State; remarks: string[] },
  ) {
    this.state = begin.state;
    this.ranged = m.futures.count > 0;
    this.parts = controls(m, {
      begin: () => (this.before = this.state),
      move: (i, v) => this.move(i, v),
      end: (remarks) => this.settled(remarks),
    });
    const picture = make("div", "own-plot");
    this.layout(picture);
    this.plot = new Plot(picture);
    this.refresh(false);
    this.parts.show(this.state);
    this.tell(begin.remarks);
  }

  private layout(picture: HTMLElement): void {
    const difference = make("input");
    Object.assign(difference, { type: "checkbox", id: "try-difference" });
    difference.addEventListener("change", () => {
      this.difference = difference.checked;
      this.refresh(false);
    });
    const view = make("select");
    view.id = "try-view";
    this.m.views.forEach((v, i) => view.append(new Option(v.title, String(i))));
    view.addEventListener("change", () => {
      this.shown = Number(view.value);
      this.refresh(false);
    });
    this.preset.id = "try-preset";
    this.m.presets.forEach((p) => this.preset.append(new Option(p.label, p.id)));
    this.preset.addEventListener("change", () => this.change({ ...this.state, preset: this.preset.value, moved: none }));
    Object.assign(this.from, { id: "try-from", type: "text", inputMode: "decimal" });
    this.from.addEventListener("change", () => this.redate());
    const labelled = (text: string, control: HTMLElement) => {
      const l = make("label", "", `${text} `);
      l.htmlFor = control.id;
      const p = make("p", "choice");
      p.append(l, control);
      return p;
    };
    const tools = make("p", "buttons");
    tools.append(
      this.replayer,
      this.pinner,
      button("Reset", () => this.change(fresh(this.m))),
      button("Copy link", () => void this.copy()),
      button("CSV", () => this.csv()),
      button("Save page", () => this.save()),
    );
    this.says.setAttribute("aria-live", "polite");
    this.remark.setAttribute("role", "status");
    const stage = make("div", "stage");
    const choices = make("div", "choices");
    choices.append(labelled("Begin with", this.preset), labelled("Show", view), labelled("Decisions you move hold from", this.from), labelled("Only the difference from no new decisions", difference));
    stage.append(this.says, picture);
    this.parts.assumptions.querySelector("p")!.replaceWith(this.rebase);
    const knobs = make("div", "knobs");
    knobs.append(this.parts.decisions, this.parts.assumptions);
    this.root.append(choices, this.remark, stage, tools, this.what, knobs, this.table, make("p", "unit", ranges(this.m)), this.all);
  }

  private move(i: Input, value: number): void {
    this.state = moveTo(this.m, this.state, i, value);
    this.refresh(false);
  }

  // change goes to a new state in one move that can be replayed.
  private change(next: State): void {
    this.before = this.state;
    this.state = next;
    this.refresh(true);
    this.settled([]);
  }

  private redate(): void {
    const remarks: string[] = [];
    const v = numberOf(this.from.value);
    if (v === null) remarks.push(`“${this.from.value}” is not a date; it stays at ${this.state.from}.`);
    else this.change({ ...this.state, from: clampFrom(this.m, v, remarks) });
    this.parts.show(this.state);
    this.tell(remarks);
  }

  private settled(remarks: string[]): void {
    this.parts.show(this.state);
    this.tell(remarks);
    const fragment = write(this.m, this.state);
    history.replaceState(null, "", fragment ? `#${fragment}` : "#try");
  }

  private tell(remarks: string[]): void {
    this.remark.textContent = remarks.join(" ");
    this.remark.hidden = remarks.length === 0;
  }

  private jobs(s: State): Job[] {
    const list = [baseline(this.m, s), yours(this.m, s)];
    return this.pinned ? [...list, this.pinned.job] : list;
  }

  // refresh runs the single lines, draws them, and asks for the futures.
  private refresh(moving: boolean): void {
    const begun = performance.now();
    this.answer = this.others = null;
    const numbers = this.compute(this.jobs(this.state));
    const scene = this.scene(numbers, null);
    if (moving) this.plot.motion.move(scene);
    else this.plot.motion.show(scene);
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
    this.crew?.ask([...drawn, ...others], drawn.length, this.shown, this.difference);
  }

  // join gives the bench the workers, once they are there; null: there are none.
  join(crew: Crew | null): void {
    this.crew = crew;
    if (crew) return this.ask();
    this.ranged = false;
    this.refresh(false);
    this.tell(["This browser runs no workers, so the futures are not computed again: numbers and lines are of one run."]);
  }

  private get rebased(): boolean {
    return this.state.assumed.size > 0;
  }

  private compute(jobs: Job[]): Numbers[] {
    return jobs.map((job) => {
      const key = JSON.stringify(job);
      const numbers = this.ran.get(key) ?? { finite: this.host.run(job), columns: this.m.views.map((v) => this.host.column(v.column)) };
      this.ran.delete(key);
      this.ran.set(key, numbers);
      if (this.ran.size > 40) this.ran.delete(this.ran.keys().next().value!);
      return numbers;
    });
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
    this.plot.motion.rest(this.scene(numbers, this.answer)); // a motion that goes on is not cut short
    this.tellNumbers(numbers);
    this.root.dataset["futures"] = String(a.counted);
  }

  // tellNumbers puts them into words and the table.
  private tellNumbers(numbers: Numbers[]): void {
    const { m, shown, answer, state } = this;
    const changed = write(m, { ...state, from: m.time.from }) !== "";
    this.says.textContent = headline(m, shown, numbers, answer, this.ranged, changed);
    this.rebase.textContent = this.rebased ? rebased(m, shown, this.compute([{ values: [], changes: [] }])[0]!, numbers[0]!, answer, this.ranged) : "Nobody decides these. Moving one moves no new decisions too.";
    this.what.textContent = `What is set: ${spoken(m, state)}.${this.pinned ? ` Pinned: ${this.pinned.words}.` : ""}`;
    this.preset.value = presetOf(m, state).id;
    if (document.activeElement !== this.from) this.from.value = String(state.from);
    this.replayer.disabled = this.before === null;
    this.table.replaceChildren(this.tableOf(numbers));
    if (!this.others) this.compareAll();
  }

  private tableOf(numbers: Numbers[]): HTMLTableElement {
    const t = tableElement(tableRows(this.m, numbers, this.answer));
    t.id = "try-numbers";
    return t;
  }

  // compareAll shows all scenarios under the reader's assumptions. While one is moved,
  // the old table is dimmed.
  private compareAll(): void {
    this.all.hidden = !this.rebased;
    this.all.classList.toggle("waiting", this.rebased && !this.others && Boolean(this.crew));
    if (!this.rebased || (this.crew && !this.others)) return;
    const numbers = this.compute([baseline(this.m, this.state), ...scenarioJobs(this.m, this.state)]);
    const t = tableElement(scenarioRows(this.m, this.shown, numbers, this.others));
    t.id = "try-scenarios";
    const scroll = make("div", "scroll");
    scroll.append(t);
    this.all.replaceChildren(make("h3", "", "All scenarios under your assumptions"), make("p", "unit", allWords(this.m, this.shown)), scroll);
  }

  // scene is a picture of runs. Alone: yours is the baseline and has no line of its own.
  private scene(numbers: Numbers[], answer: Answer | null, alone = write(this.m, { ...this.state, from: this.m.time.from, assumed: none }) === ""): Scene {
    const m = this.m;
    const view = m.views[this.shown]!;
    const f = this.figures.find((x) => x.title === view.title) ?? this.figures[0]!;
    const times = timesOf(m);
    const today = todayOf(m);
    const keys = ["s0", "yours", "pinned"];
    const names = ["No new decisions", "Yours", "Pinned"];
    const order = [0, ...(this.pinned ? [2] : []), ...(alone ? [] : [1])];
    const q = { ...view.words, finest: this.difference ? Math.max(view.words.finest, view.words.coarse) : view.words.finest };
    const word = (v: number) => (this.difference ? signed(q, v) : number(q, v));
    const base = numbers[0]!.columns[this.shown]!;
    const lines: PlotLine[] = order.map((j) => {
      const own = numbers[j]!.columns[this.shown]!;
      const single = this.difference ? own.map((v, i) => v - base[i]!) : own;
      const median = answer?.bands[j]?.median; // of the futures, from today on
      const values = median && !(this.difference && j === 0) ? single.map((v, i) => (i < today ? v : median[i]!)) : single;
      return { key: keys[j]!, name: names[j]!, values, label: word(values[values.length - 1]!), from: j === 0 && !this.difference ? 0 : today };
    });
    const bands: PlotBand[] = (answer?.bands ?? []).slice(0, alone ? 1 : 2).map((b, j) => ({ key: keys[j]!, ...b })).slice(this.difference ? 1 : 0);
    const points = f.title === view.title && !this.difference ? (f.recorded ?? []) : [];
    const x = this.difference ? { ...f.x, min: times[today]!, ...ticksFrom(f.x, times[today]!) } : f.x;
    return { title: view.title, x, y: this.axis(view.y, lines, bands, today), times, today, lines, bands, points };
  }

  // axis is the chart's own, unless a line or band leaves it.
  private axis(y: Scene["y"], lines: PlotLine[], bands: PlotBand[], today: number): Scene["y"] {
    let [low, high] = [Infinity, -Infinity];
    const see = (values: ArrayLike<number>, from: number) => {
      for (let i = from; i < values.length; i++) {
        const v = values[i]!;
        if (Number.isFinite(v)) [low, high] = [Math.min(low, v), Math.max(high, v)];
      }
    };
    lines.forEach((l) => see(l.values, l.from));
    const size = (low <= 0 && high >= 0 ? 8 : 2) * Math.max(Math.abs(low), Math.abs(high)); // as reach in internal/chart
    const [least, most] = size > 0 && size < Infinity ? [low - size, high + size] : [-Infinity, Infinity];
    bands.forEach((b) => [b.low, b.high].forEach((values) => see(Array.from(values, (v) => Math.min(most, Math.max(least, v))), today)));
    if (this.difference) {
      const a = valueAxis(Math.min(0, low), Math.max(0, high), { ...this.m.views[this.shown]!.words, millions: Math.max(-low, high) >= 2e6 });
      return { ...a, words: a.words.map((w, i) => (a.ticks[i]! > 0 ? `+${w}` : w)) };
    }
    if (low >= y.min && high <= y.max) return y;
    return valueAxis(Math.min(low, y.min), Math.max(high, y.max), this.m.views[this.shown]!.words);
  }

  private pin(): void {
    this.pinned = this.pinned ? null : { job: yours(this.m, this.state), words: spoken(this.m, this.state) };
    this.pinner.textContent = this.pinned ? "Unpin" : "Pin this run";
    this.refresh(false);
  }

  // replay shows the lines before the last change, then moves them to where they are, on
  // one scale. Whatever the reader changes meanwhile ends it.
  private replay(): void {
    if (!this.before) return;
    const now = this.compute(this.jobs(this.state));
    const was = this.scene(this.compute(this.jobs(this.before)), null, false);
    const is = this.scene(now, this.answer, false);
    const y = this.axis(this.m.views[this.shown]!.y, [...was.lines, ...is.lines], is.bands, is.today);
    this.plot.motion.play({ ...was, y }, { ...is, y });
    this.plot.motion.rest(this.scene(now, this.answer));
  }

  private async copy(): Promise<void> {
    const fragment = write(this.m, this.state) || "try";
    const link = `${location.href.split("#")[0]}#${fragment}`;
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
    const v = this.m.views[this.shown]!;
    const names = ["no new decisions", `yours (${spoken(this.m, this.state)})`, ...(this.pinned ? [`pinned (${this.pinned.words})`] : [])];
    const bands = this.difference ? [] : (this.answer?.bands ?? []);
    const ends = ["median of the futures", "10th percentile", "90th percentile"];
    const head = ["time", ...names.map((n) => `${v.title}: ${n}, one run`), ...names.slice(0, bands.length).flatMap((n) => ends.map((e) => `${n}, ${e}`))];
    const rows = this.m.time.dates.map((_, i) => [
      String(this.m.time.start + i * this.m.time.save),
      ...numbers.map((n) => String(n.columns[this.shown]![i])),
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
function tableElement({ head, rows }: { head: string[]; rows: { title: string; cells: Cell[] }[] }): HTMLTableElement {
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

// ticksFrom are the ticks of an axis from a time on.
function ticksFrom(x: Axis, from: number): Pick<Axis, "ticks" | "words"> {
  const kept = x.ticks.map((t, i) => ({ t, w: x.words[i]! })).filter(({ t }) => t >= from - 1e-9);
  return { ticks: kept.map((k) => k.t), words: kept.map((k) => k.w) };
}

// startBench builds the section, if the page has a model. whole is the page as it came.
export async function startBench(figures: Figure[], whole: string): Promise<void> {
  const root = document.getElementById("bench");
  const island = document.getElementById("model");
  if (!root || !island) return;
  if (typeof WebAssembly !== "object") {
    root.textContent = "This browser has no WebAssembly, so the model cannot run in it. The charts above stand as they are.";
    return;
  }
  const m = JSON.parse(island.textContent!) as Model;
  try {
    const module = await compiled(m);
    const bench = new Bench(root, m, new Host(await WebAssembly.instantiate(module), m.layout), figures, whole, atFirst(m));
    if (m.futures.count > 0) bench.join(await startCrew(m, module, todayOf(m), (a) => bench.heard(a)).catch(() => null));
    if (location.hash.startsWith("#try?")) document.getElementById("try")!.scrollIntoView();
  } catch {
    root.textContent = "The model cannot run in this browser. The charts above stand as they are.";
  }
}

// atFirst is the state of the link, or of a saved page.
function atFirst(m: Model): { state: State; remarks: string[] } {
  const fragment = decoded(location.hash.slice(1));
  if (fragment && !document.getElementById(fragment)) return read(m, location.hash.slice(1));
  return read(m, document.querySelector<HTMLMetaElement>('meta[name="weir-state"]')?.content ?? "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// compiled is the module, without vector instructions where the browser has none.
async function compiled(m: Model): Promise<WebAssembly.Module> {
  const bytes = await unpack({ name: "", type: "", data: m.code });
  if (WebAssembly.validate(bytes)) return WebAssembly.compile(bytes);
  return WebAssembly.compile(await unpack({ name: "", type: "", data: m.plain }));
}
