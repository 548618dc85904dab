// The desk of the record: the list, notes, pins, and minutes to save and to open.

import type { PageData } from "../data.ts";
import { button } from "../live/controls.ts";
import type { Bench, Trial } from "../live/bench.ts";
import { read, write } from "../live/state.ts";
import { number, valueAxis } from "../live/words.ts";
import { make } from "../make.ts";
import { Plot } from "../plot.ts";
import { hand } from "../save.ts";
import { differences, html, json, minutesOf, parse, type Minutes } from "./minutes.ts";
import { clock, spokenEntry, type Entry, type Run, type Sitting } from "./record.ts";

type Tried = Extract<Entry, { kind: "tried" }>;

export class Desk {
  private readonly list = make("ol", "entries");
  private readonly says = make("p", "remark");
  private readonly old = make("div", "old");
  private readonly note = make("input", "field note-field");

  constructor(
    private readonly root: HTMLElement,
    private readonly data: PageData,
    private readonly sitting: Sitting,
    private readonly bench: Bench | null,
  ) {
    this.says.setAttribute("role", "status");
    this.says.hidden = true;
    root.append(this.noting(), this.saving(), this.says, this.old, this.list);
    sitting.listen(() => this.show());
    if (bench) {
      bench.ontrial = (t) => sitting.add(this.tried(t));
      bench.onpin = (name, state) => sitting.add({ at: Date.now(), kind: "pin", name, state: write(bench.m, state) });
    }
    this.show();
  }

  private noting(): HTMLElement {
    const form = make("form", "buttons");
    Object.assign(this.note, { id: "record-note", type: "text", maxLength: 2000 });
    const label = make("label", "", "What was said ");
    label.htmlFor = this.note.id;
    const add = make("button", "", "Write it down");
    add.type = "submit";
    form.append(label, this.note, add, button("Take the last note back", () => this.sitting.undoNote()));
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      const text = this.note.value.trim();
      if (text === "") return;
      this.sitting.add({ at: Date.now(), kind: "note", text });
      this.note.value = "";
    });
    return form;
  }

  private saving(): HTMLElement {
    const p = make("p", "buttons");
    const file = make("input");
    Object.assign(file, { type: "file", accept: ".json,.html,application/json,text/html", id: "record-open" });
    const label = make("label", "file", "Open minutes ");
    label.htmlFor = file.id;
    label.append(file);
    file.addEventListener("change", async () => {
      const f = file.files?.[0];
      if (!f) return;
      if (f.size > 64 << 20) this.tell("This file is larger than any minutes.");
      else this.open(await f.text());
      file.value = "";
    });
    const minutes = () => minutesOf(this.data.names, this.sitting);
    p.append(
      button("Save minutes", () => hand("minutes.html", "text/html", html(minutes()))),
      button("Save as JSON", () => hand("minutes.json", "application/json", json(minutes()))),
      label,
    );
    return p;
  }

  // tried is what was tried, with the numbers of every judged outcome.
  private tried(t: Trial): Tried {
    return { at: t.at, kind: "tried", state: write(this.bench!.m, t.state), words: t.words, effect: t.effect, runs: this.runs(t.state) };
  }

  private runs(state: Trial["state"]): Run[] {
    const b = this.bench!;
    const [base, yours] = b.numbers(state);
    const row = (values: ArrayLike<number>) => Array.from(values, (v) => (Number.isFinite(v) ? v : null));
    return b.m.views.flatMap((v, i) => (v.judged ? [{ title: v.title, base: row(base.columns[i]!), yours: row(yours.columns[i]!) }] : []));
  }

  // open takes minutes over: what was tried is run again, and compared digit for digit.
  open(text: string): void {
    const m = parse(text);
    this.old.replaceChildren();
    if (typeof m === "string") return this.tell(m);
    this.sitting.take(m.entries);
    const other = differences(m, this.data.names);
    const tried = m.entries.filter((e): e is Tried => e.kind === "tried");
    const said = this.bench && tried.length ? this.rerun(tried) : "";
    const versions = other.length ? `These minutes are of another version: ${other.join("; ")}. ` : "";
    this.tell(`${versions}${m.entries.length} entries are open. ${said}`.trim());
    if (other.length && tried.length) this.offer(m, tried);
  }

  // rerun runs what was tried again and says how many runs have the same numbers.
  private rerun(tried: Tried[]): string {
    const b = this.bench!;
    let same = 0;
    let unknown = 0;
    for (const t of tried) {
      const { state, remarks } = read(b.m, t.state || "try?");
      if (remarks.length) unknown++;
      else if (JSON.stringify(this.runs(state)) === JSON.stringify(t.runs)) same++;
      b.list({ at: t.at, state, words: t.words, effect: t.effect });
    }
    const other = tried.length - same - unknown;
    const parts = [`${same} of ${tried.length} runs gave the same numbers again, digit for digit.`];
    if (other) parts.push(`${other} gave other numbers.`);
    if (unknown) parts.push(`${unknown} set something that this page does not have.`);
    return parts.join(" ");
  }

  // offer shows the old numbers as a picture: of the first outcome, in what was tried last.
  private offer(m: Minutes, tried: Tried[]): void {
    const run = tried.findLast((t) => t.runs[0]?.base.length)?.runs[0];
    if (!run) return;
    const show = button("Show the old numbers", () => {
      const box = make("div", "own-plot");
      this.old.replaceChildren(make("p", "unit", `${run.title}, as it was in these minutes (model ${m.page.model_hash.slice(0, 12) || "unknown"}).`), box);
      const finite = [...run.base, ...run.yours].filter((v) => v !== null);
      const q = { kind: "plain", unit: "", rate: "", finest: 0, coarse: 0, millions: false } as const;
      const y = valueAxis(Math.min(...finite), Math.max(...finite), q);
      const times = run.base.map((_, i) => i);
      const last = times.length - 1;
      const x = { min: 0, max: Math.max(1, last), step: 1, ticks: [0, last], words: ["start", "end"], cut: false };
      const line = (key: string, name: string, values: (number | null)[]) => {
        const list = values.map((v) => v ?? NaN);
        return { key, name, values: list, label: number(q, list[last] ?? NaN), from: 0 };
      };
      const lines = [line("s0", "No new decisions, then", run.base), line("yours", "Tried, then", run.yours)];
      new Plot(box).show({ title: run.title, x, y, times, today: 0, lines, bands: [], points: [], names: true });
    });
    this.old.append(show);
  }

  private tell(text: string): void {
    this.says.textContent = text;
    this.says.hidden = text === "";
  }

  private show(): void {
    this.list.replaceChildren(
      ...this.sitting.entries.map((e) => {
        const item = make("li");
        const time = make("time", "", clock(e.at));
        time.dateTime = new Date(e.at).toISOString();
        item.append(time, document.createTextNode(spokenEntry(e)));
        return item;
      }),
    );
    const n = this.sitting.entries.length;
    const summary = this.root.closest("details")?.querySelector("summary");
    if (summary) summary.textContent = n ? `Record of this sitting (${n})` : "Record of this sitting";
  }
}
