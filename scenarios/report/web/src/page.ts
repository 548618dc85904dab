// The page's script: draws the charts over their static pictures and puts the
// controls to work. Without it everything that is said still stands.

import { Chart } from "./chart.ts";
import { Cursor } from "./cursor.ts";
import { readData, type PageData } from "./data.ts";
import { unpackBands } from "./live/bands.ts";
import { startBench } from "./live/bench.ts";
import { askable } from "./diagram.ts";
import { make } from "./make.ts";
import { Pick } from "./pick.ts";
import { pictureOf } from "./picture.ts";
import { Desk } from "./record/desk.ts";
import { Sitting } from "./record/record.ts";
import { showNotes } from "./room/notes.ts";
import { Room } from "./room/room.ts";
import { startWalk } from "./walk/walk.ts";
import { Why } from "./why.ts";
import { csvOf, hand, pngOf, unpack } from "./save.ts";
import { printSheets } from "./sheets.ts";
import { makeSortable } from "./sort.ts";

const root = document.documentElement;
const whole = root.outerHTML; // as it came, for a reader who saves it
root.classList.add("script");

// later lets the browser paint between two pieces of work.
const later = () => new Promise<void>((done) => setTimeout(done));

async function start(): Promise<void> {
  const data = await readData().catch(() => null);
  if (!data) return old();
  const pick = new Pick([...document.querySelectorAll<HTMLButtonElement>(".pick")], data.lit);
  let cursor: Cursor | null = null;
  const charts = data.figures.map((f) => new Chart(f, pick.look, () => cursor?.refresh()));
  cursor = new Cursor(charts, document.getElementById("live")!);
  pick.listen((look) => charts.forEach((c) => c.show(look)));
  pick.listen((look) => document.querySelectorAll("#done > details[id]").forEach((d) => d.classList.toggle("lit", d.id === `done-${look.picked}`)));
  chooseView();
  await later();
  if (document.getElementById("reasons")) {
    const why = new Why(data);
    pick.listen((look) => why.show(look));
  }
  const sitting = new Sitting();
  const bench = startBench(data.figures, whole).then((b) => {
    const root = document.getElementById("record");
    if (root) new Desk(root, data, sitting, b);
    startWalk(b?.m ?? null, data.figures[0]!, data.names.model, (f) => pick.listen(f));
    return b;
  });
  const room = rooms(data, sitting);
  await later();
  saving(charts, data);
  document.querySelectorAll<HTMLTableElement>("table[data-sort]").forEach(makeSortable);
  document.querySelectorAll<SVGSVGElement>("svg.diagram").forEach(askable);
  sizes(() => charts.forEach((c) => c.plot.resized()));
  printing();
  printSheets(data);
  await unpackBands(data.figures)
  charts.forEach((c) => c.show(pick.look));
  if (location.hash === "#room") room?.enter();
  root.dataset["ready"] = "";
  await bench;
}

// old says that this browser cannot unpack what the page carries. The static pictures stay.
function old(): void {
  const remark = "This browser is too old to draw the charts or to try anything. What is written and the pictures stand as they are. Chrome or Edge 80, Firefox 113, Safari 16.4 and later do more.";
  document.getElementById("answer")!.prepend(make("p", "remark", remark));
  root.dataset["ready"] = "";
}

// rooms puts the Present button to work; null without steps.
function rooms(data: PageData, sitting: Sitting): Room | null {
  const present = document.getElementById("present")!;
  if (data.steps.length === 0) {
    present.hidden = true;
    return null;
  }
  const room = new Room(data, sitting);
  present.addEventListener("click", () => room.enter());
  addEventListener("hashchange", () => {
    if (location.hash === "#room" && !room.open) room.enter();
  });
  return room;
}

// chooseView shows the main chart as difference or as level.
function chooseView(): void {
  const board = document.querySelector<HTMLElement>(".seen")!;
  const buttons = [...board.querySelectorAll<HTMLButtonElement>("[data-show]")];
  if (buttons.length) board.dataset["view"] = "difference";
  for (const b of buttons) {
    b.addEventListener("click", () => {
      board.dataset["view"] = b.dataset["show"]!;
      for (const x of buttons) x.ariaPressed = String(x === b);
    });
  }
}

// notes are the lines below a picture that leaves the page.
function notes(c: Chart, data: PageData): string[] {
  const banded = c.figure.lines.some((l) => l.band && c.isBanded(l.key));
  return [
    ...(banded ? [data.band] : []),
    ...(c.figure.source ? [`Recorded points: ${c.figure.source}`] : []),
    `${data.credit} Saved on ${new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}.`,
  ];
}

// saving puts the buttons to work that hand files to the reader.
function saving(charts: Chart[], data: PageData): void {
  for (const c of charts) {
    const svg = () => pictureOf(c, notes(c, data));
    c.root.querySelectorAll<HTMLButtonElement>("[data-save]").forEach((b) => {
      b.setAttribute("aria-label", `${b.textContent} of ${c.figure.title}`);
      b.addEventListener("click", async () => {
        const kind = b.dataset["save"];
        if (kind === "csv") hand(`${c.figure.file}.csv`, "text/csv", csvOf(c.figure));
        if (kind === "svg") hand(`${c.figure.file}.svg`, "image/svg+xml", await svg());
        if (kind === "png") hand(`${c.figure.file}.png`, "image/png", await pngOf(await svg()));
      });
    });
  }
  document.querySelectorAll<HTMLButtonElement>("[data-download]").forEach((b) => {
    b.addEventListener("click", async () => {
      const d = data.downloads[Number(b.dataset["download"])]!;
      hand(d.name, d.type, await unpack(d));
    });
  });
}

// sizes makes text larger on demand, or with ?room in the address.
function sizes(resized: () => void): void {
  if (new URLSearchParams(location.search).has("room")) root.classList.add("room");
  const larger = document.getElementById("larger")!;
  larger.ariaPressed = String(root.classList.contains("room"));
  larger.addEventListener("click", () => {
    larger.ariaPressed = String(root.classList.toggle("room"));
    resized();
  });
}

// printing prints two pages, or everything: then folded parts are opened.
function printing(): void {
  const print = (all: boolean) => {
    root.classList.toggle("everything", all);
    const folded = all ? [...document.querySelectorAll<HTMLDetailsElement>("details.more:not([open])")] : [];
    folded.forEach((d) => (d.open = true));
    window.print();
    folded.forEach((d) => (d.open = false));
    root.classList.remove("everything");
  };
  document.getElementById("print")!.addEventListener("click", () => print(false));
  document.getElementById("print-all")!.addEventListener("click", () => print(true));
}

if (location.hash !== "#notes" || !showNotes()) void start();
