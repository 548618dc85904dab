// The page's script: draws the charts over their static pictures and puts the
// controls to work. Without it everything that is said still stands.

import { Chart } from "./chart.ts";
import { Cursor } from "./cursor.ts";
import { readData } from "./data.ts";
import { unpackBands, watchBands } from "./live/bands.ts";
import { startBench } from "./live/bench.ts";
import { askable } from "./diagram.ts";
import { csvOf, hand, pictureOf, pngOf, unpack } from "./save.ts";
import { makeSortable } from "./sort.ts";

const root = document.documentElement;
const whole = root.outerHTML; // as it came, for a reader who saves it
if (new URLSearchParams(location.search).has("room")) root.classList.add("room");
root.classList.add("script");

const data = readData();
const chips = [...document.querySelectorAll<HTMLButtonElement>(".chip")];
let lit = new Set(chips.filter((c) => c.ariaPressed === "true").map((c) => c.dataset["key"]!));
void startBench(data.figures, whole);
const charts = data.figures.map((f) => new Chart(f, data, lit));
const cursor = new Cursor(charts, document.getElementById("live")!);

for (const chip of chips) {
  if ("baseline" in chip.dataset) continue;
  chip.disabled = false;
  chip.addEventListener("click", () => {
    const key = chip.dataset["key"]!;
    lit = new Set(lit);
    if (!lit.delete(key)) lit.add(key);
    chip.ariaPressed = String(lit.has(key));
    for (const c of charts) c.light(lit);
    cursor.refresh();
  });
}

unpackBands(data.figures).then(() => watchBands(charts, chips, () => cursor.refresh()));

document.querySelectorAll<HTMLTableElement>("table[data-sort]").forEach(makeSortable);

// notes are the lines below a picture that leaves the page.
function notes(c: Chart): string[] {
  const banded = c.figure.lines.some((l) => l.band && c.isBanded(l.key));
  return [
    ...(banded ? [data.band] : []),
    ...(c.figure.source ? [`Recorded points: ${c.figure.source}`] : []),
    `${data.credit} Saved on ${new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}.`,
  ];
}

for (const c of charts) {
  const picture = c.root.querySelector<SVGSVGElement>("svg.static")!;
  const svg = () => pictureOf(c.figure, picture, { lit: (k) => c.isLit(k), banded: (k) => c.isBanded(k), notes: notes(c) });
  c.root.querySelectorAll<HTMLButtonElement>("[data-save]").forEach((b) => {
    b.setAttribute("aria-label", `${b.textContent} of ${c.figure.title}`);
    b.addEventListener("click", async () => {
      const kind = b.dataset["save"];
      if (kind === "csv") hand(`${c.figure.file}.csv`, "text/csv", csvOf(c.figure));
      if (kind === "svg") hand(`${c.figure.file}.svg`, "image/svg+xml", svg());
      if (kind === "png") hand(`${c.figure.file}.png`, "image/png", await pngOf(svg()));
    });
  });
}

document.querySelectorAll<HTMLButtonElement>("[data-download]").forEach((b) => {
  b.addEventListener("click", async () => {
    const d = data.downloads[Number(b.dataset["download"])]!;
    hand(d.name, d.type, await unpack(d));
  });
});

document.querySelectorAll<SVGSVGElement>("svg.diagram").forEach(askable);

function resized(): void {
  for (const c of charts) c.resize();
  cursor.refresh();
}

const larger = document.getElementById("larger")!;
larger.ariaPressed = String(root.classList.contains("room"));
larger.addEventListener("click", () => {
  larger.ariaPressed = String(root.classList.toggle("room"));
  resized();
});
let width = 0; // heights change as words do, which moves no chart
new ResizeObserver(([main]) => {
  if (main!.contentRect.width === width) return;
  width = main!.contentRect.width;
  resized();
}).observe(document.querySelector("main")!);

// Folded parts are printed, too.
const folded = [...document.querySelectorAll<HTMLDetailsElement>("details.more")].filter((d) => !d.open);
addEventListener("beforeprint", () => folded.forEach((d) => (d.open = true)));
addEventListener("afterprint", () => folded.forEach((d) => (d.open = false)));
