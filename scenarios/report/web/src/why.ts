// Why the picked scenario differs: the parts of its decisions as a waterfall, its channels as a
// small chain of causes, its loops, and all of them over time. Every number here is said in a
// sentence beside it.

import type { Look } from "./chart.ts";
import type { PageData } from "./data.ts";
import type { Reason, ReasonPart } from "./generated.ts";
import { tick, valueAxis } from "./live/words.ts";
import { make } from "./make.ts";
import { Plot, type PlotLine } from "./plot.ts";
import { node } from "./svg.ts";

const mostLinks = 7; // channels in the chain: with both ends at most nine boxes

export class Why {
  private readonly root = document.getElementById("reasons")!;
  private readonly said = [...document.querySelectorAll<HTMLElement>(".reason")];
  private readonly lines = [...document.querySelectorAll<HTMLElement>(".because")];

  constructor(private readonly data: PageData) {
    for (const d of document.querySelectorAll<HTMLDataElement>("#why data[data-part]")) this.link(d);
  }

  // link makes an amount in a sentence a button that shows where it stands in the pictures.
  private link(d: HTMLDataElement): void {
    const part = d.dataset["part"]!;
    if (part === "") return;
    const b = make("button", "amount", d.textContent!);
    b.type = "button";
    b.title = d.title;
    b.addEventListener("click", () => {
      for (const e of this.root.querySelectorAll<HTMLElement>("[data-part]")) e.classList.toggle("shown", e.dataset["part"] === part);
      this.root.querySelector(".shown")?.scrollIntoView({ block: "nearest" });
    });
    d.replaceChildren(b);
  }

  show(look: Look): void {
    for (const e of [...this.said, ...this.lines]) e.hidden = e.dataset["key"] !== look.picked;
    const reason = this.data.reasons.find((r) => r.key === look.picked);
    const name = document.querySelector(`.pick[data-key="${look.picked}"] bdi`)?.textContent ?? "";
    if (reason) this.root.replaceChildren(...this.parts(reason, name));
    else this.root.replaceChildren(make("p", "unit", "No reasons were computed for this scenario."));
  }

  private parts(r: Reason, name: string): HTMLElement[] {
    const pictures = make("div", "reasoned");
    if (r.decisions.parts.length > 1) pictures.append(waterfall(r));
    if (r.channels.parts.length > 0) pictures.append(chain(r, name));
    const out: HTMLElement[] = [pictures];
    if (r.loops.length > 0) out.push(loops(r));
    if (r.times.length > 1 && r.channels.parts.length > 0) out.push(this.over(r));
    return out;
  }

  // over draws the channels over time, once it is unfolded.
  private over(r: Reason): HTMLElement {
    const fold = make("details", "more");
    const box = make("div", "own-plot");
    fold.append(make("summary", "", "Over time"), make("p", "unit", `Parts of the difference in “${r.outcome}”; together they are the whole.`), box);
    fold.addEventListener("toggle", () => {
      if (!fold.open || box.childElementCount > 0) return;
      const figure = this.data.figures.find((f) => f.id === "chart-1-difference") ?? this.data.figures[0]!;
      new Plot(box).show(this.scene(r, figure.x));
    });
    return fold;
  }

  private scene(r: Reason, x: PageData["figures"][number]["x"]) {
    const list = r.channels.parts.slice(0, mostLinks);
    const whole = r.times.map((_, i) => [...r.channels.parts, ...(r.channels.rest ? [r.channels.rest] : [])].reduce((sum, p) => sum + (p.over[i] ?? 0), 0));
    const line = (key: string, name: string, values: number[], label: string, strong = false): PlotLine => ({ key, name, values, label, from: 0, strong });
    const lines = [...list.map((p, i) => line(`part part${i}`, p.label, p.over, p.words)), line(r.key, "All together", whole, r.words, true)];
    const all = lines.flatMap((l) => Array.from(l.values)).concat(0);
    const q = { kind: "plain", unit: "", rate: "", finest: 0, coarse: 0, millions: false } as const;
    const y = valueAxis(Math.min(...all), Math.max(...all), q);
    const words = y.ticks.map((t) => (t > 0 ? `+${tick(q, t, y.step)}` : tick(q, t, y.step)));
    const min = Math.max(x.min, r.times[0]!);
    return { title: `Why: ${r.outcome}`, x: { ...x, min }, y: { ...y, words }, times: r.times, today: 0, lines, bands: [], points: [], names: true };
  }
}

// waterfall is a bar for each decision, from where the last one ended.
function waterfall(r: Reason): HTMLElement {
  const root = make("div", "waterfall");
  const list = make("ul");
  let at = 0;
  const steps = r.decisions.parts.map((p) => {
    const from = at;
    at += p.amount;
    return { p, from, to: at };
  });
  const low = Math.min(0, ...steps.flatMap((s) => [s.from, s.to]));
  const high = Math.max(0, ...steps.flatMap((s) => [s.from, s.to]));
  const place = (v: number) => (high > low ? ((v - low) / (high - low)) * 200 : 0);
  const row = (label: string, words: string, under: string, from: number, to: number, id: string, className: string) => {
    const item = make("li", className);
    item.dataset["part"] = id;
    const svg = node("svg", { class: `fall ${r.key}`, viewBox: "0 0 200 12", preserveAspectRatio: "none", "aria-hidden": "true" });
    svg.append(node("line", { x1: place(0), x2: place(0), y1: 0, y2: 12, class: "zero" }));
    const [a, b] = [place(Math.min(from, to)), place(Math.max(from, to))];
    svg.append(node("rect", { x: a, y: 2, width: Math.max(1, b - a), height: 8, class: to < from ? "down" : "up" }));
    item.append(make("span", "", label), svg, make("b", "", words));
    if (under) item.append(make("small", "", under));
    list.append(item);
  };
  for (const { p, from, to } of steps.filter((s) => /[1-9]/.test(s.p.words))) row(p.label, p.words, [p.range, p.clear ? "" : "not clear"].filter(Boolean).join(", "), from, to, p.id, p.clear ? "" : "unclear");
  row("All together", r.words, "", 0, at, "", "total");
  root.append(make("h3", "", "By decision"), list, pairs(r));
  return root;
}

// pairs are what two decisions do beyond the sum of each.
function pairs(r: Reason): HTMLElement {
  const name = (id: string) => r.decisions.parts.find((p) => p.id === id)?.label ?? id;
  const told = r.decisions.pairs.filter((p) => p.clear && /[1-9]/.test(p.words)).slice(0, 2);
  return make("p", "unit", told.map((p) => `“${name(p.of[0])}” and “${name(p.of[1])}” together: ${p.words} beyond the sum of each.`).join(" "));
}

// chain goes from the scenario through its channels to the outcome.
function chain(r: Reason, name: string): HTMLElement {
  const root = make("div", "chain");
  const list = make("ul");
  const [shown, rest] = [r.channels.parts.slice(0, mostLinks), r.channels.parts.slice(mostLinks)];
  for (const p of shown) list.append(link(p));
  const others = [...rest, ...(r.channels.rest ? [r.channels.rest] : [])].reduce((sum, p) => sum + p.amount, 0);
  const left = r.channels.rest && rest.length === 0 ? r.channels.rest.words : "";
  if (left && /[1-9]/.test(left)) list.append(make("li", "rest", `${r.channels.rest!.label}: ${left}`));
  else if (rest.length > 0) list.append(make("li", "rest", `${rest.length} more ways and what passes none of them: ${others > 0 ? "+" : "\u2212"}${Math.abs(others).toPrecision(2)}`));
  root.append(make("h3", "", "Through what"));
  const row = make("div", "links");
  row.append(make("p", `end ${r.key}`, name), list, make("p", `end ${r.key}`, `${r.outcome}: ${r.words}`));
  root.append(row, make("p", "unit", r.channels.how ? `Ways ${r.channels.how}.` : ""));
  return root;
}

// link is a channel: which way it goes, what happens in it, and what it brings.
function link(p: ReasonPart): HTMLElement {
  const item = make("li", p.clear ? "" : "unclear");
  item.dataset["part"] = p.id;
  const way = p.way === "higher" ? "↑ higher" : p.way === "lower" ? "↓ lower" : "changed";
  const box = make("span", "box", p.label);
  if (p.why) box.append(make("small", "", p.why));
  item.append(make("span", "way", way), box, make("b", p.amount < 0 ? "less" : "gives", `→ ${p.words}`));
  const under = [p.range, p.clear ? "" : "not clear"].filter(Boolean).join(", ");
  if (under) item.append(make("small", "", under));
  return item;
}

// loops are what feedback does to the difference.
function loops(r: Reason): HTMLElement {
  const root = make("div", "loops");
  const list = make("ul", "said");
  for (const l of r.loops) {
    const item = make("li", l.clear ? "" : "unclear");
    item.dataset["part"] = l.id;
    const does = l.amount === 0 ? "does nothing to" : Math.sign(l.amount) === Math.sign(r.difference) ? "strengthens" : "resists";
    item.append(make("b", "", l.label), document.createTextNode(` ${does} the difference: ${l.words}; without it ${l.without}${l.clear ? "" : " (not clear)"}. `), make("small", "", l.variables.join(" → ")));
    list.append(item);
  }
  root.append(make("h3", "", "Loops"), list);
  return root;
}
