// What a session needs on paper: the facilitator's guide with timings, and a worksheet on which
// each participant draws a guess. Neither has a number of the result before its reveal.

import type { Figure, PageData } from "./data.ts";
import { make } from "./make.ts";
import { node } from "./svg.ts";

// guide is the steps with their times from the start, what the room reads, and the notes.
function guide(data: PageData): HTMLElement {
  const root = make("div", "print-sheet");
  const minutes = data.steps.reduce((sum, s) => sum + s.minutes, 0);
  root.append(make("h1", "", `Guide: ${data.names.set}`), make("p", "", `${data.steps.length} steps${minutes ? `, ${minutes} minutes` : ""}. Space or Page Down goes on, Page Up back, R replays, B blanks the screen, Escape leaves.`));
  const list = make("ol");
  let at = 0;
  for (const s of data.steps) {
    const item = make("li");
    const plan = make("p", "plan", s.minutes ? `${at} to ${at + s.minutes} minutes` : "");
    at += s.minutes;
    item.append(make("h2", "", s.title), plan);
    if (s.text) item.append(make("p", "", s.text));
    if (s.notes) item.append(make("p", "", `For you: ${s.notes}`));
    list.append(item);
  }
  root.append(list, make("p", "", data.credit));
  return root;
}

// worksheet has an empty chart and lines to write on for each guess.
function worksheet(data: PageData): HTMLElement {
  const root = make("div", "print-sheet");
  root.append(make("h1", "", data.names.set), make("p", "", "Draw before you see. Nobody collects this sheet."));
  const figure = data.figures.find((f) => f.id.endsWith("-difference")) ?? data.figures[0]!;
  for (const s of data.steps.filter((s) => s.kind === "guess")) {
    const ask = make("div", "ask");
    ask.append(make("h2", "", s.title), make("p", "", s.text), empty(figure), make("p", "", "I expect this because"), make("p", "lines-to-write"), make("p", "lines-to-write"));
    root.append(ask);
  }
  root.append(make("p", "", "What surprised me, and why it may be so"), make("p", "lines-to-write"), make("p", "lines-to-write"), make("p", "", "What I would want to know before deciding"), make("p", "lines-to-write"), make("p", "lines-to-write"));
  return root;
}

// empty is a chart of differences without lines and without a scale.
function empty(f: Figure): SVGElement {
  const svg = node("svg", { viewBox: "0 0 700 240", role: "img", "aria-label": "An empty chart to draw on" });
  const x = (t: number) => 60 + ((t - f.x.min) / (f.x.max - f.x.min)) * 600;
  svg.append(node("line", { x1: 60, x2: 660, y1: 110, y2: 110, class: "zero" }), node("line", { x1: 60, x2: 60, y1: 10, y2: 210, class: "today" }));
  for (const [text, y] of [["more", 24], ["no new decisions", 104], ["less", 206]] as const) svg.append(node("text", { x: 66, y, class: "tick", "font-size": 14 }, text));
  const every = Math.ceil(f.x.ticks.length / 8);
  f.x.ticks.forEach((t, i) => (f.x.ticks.length - 1 - i) % every === 0 && svg.append(node("text", { x: x(t), y: 232, class: "tick", "text-anchor": "middle", "font-size": 14 }, f.x.words[i])));
  return svg;
}

// printSheets puts the buttons to work.
export function printSheets(data: PageData): void {
  const root = document.documentElement;
  const print = (sheet: HTMLElement) => {
    document.body.append(sheet);
    root.classList.add("printing-sheet");
    window.print();
    root.classList.remove("printing-sheet");
    sheet.remove();
  };
  for (const [id, make] of [["print-guide", guide], ["print-worksheet", worksheet]] as const) {
    const b = document.getElementById(id);
    if (!b) continue;
    b.hidden = data.steps.length === 0;
    b.addEventListener("click", () => print(make(data)));
  }
}
