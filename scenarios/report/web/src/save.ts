// Hands files to the reader: those that the page carries, and each chart as CSV, SVG or
// PNG. Nothing leaves the machine: the files are Blobs.

import type { Download, Figure } from "./data.ts";
import { outline } from "./shapes.ts";

export function hand(name: string, type: string, content: BlobPart): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export async function unpack(d: Download): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(d.data), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

// quoted is a CSV field. A text that a spreadsheet would take for a formula gets an
// apostrophe first.
export function quoted(field: string): string {
  const safe = /^[=+\-@\t\r]/.test(field) && !/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(field) ? `'${field}` : field;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// csvOf is a chart's exact numbers, a row a time. A line with futures has two further
// columns: the ends of its range.
export function csvOf(f: Figure): string {
  const ranged = f.lines.filter((l) => l.band);
  const heads = f.lines.map((l) => (l.band ? `${l.name} (median of the futures)` : l.name));
  const rows = [["time", "recorded", ...heads, ...ranged.flatMap((l) => [`${l.name} (10th percentile)`, `${l.name} (90th percentile)`])]];
  const points = f.recorded ?? [];
  const times = [...new Set([...f.times, ...points.map((p) => p.time)])].sort((a, b) => a - b);
  const text = (v: number | null | undefined) => (v === null || v === undefined ? "" : String(v));
  for (const t of times) {
    const i = f.times.indexOf(t);
    const recorded = points.find((p) => p.time === t);
    const at = (values: (number | null)[], row: number) => text(row < 0 ? null : values[row]);
    rows.push([
      String(t),
      text(recorded?.value),
      ...f.lines.map((l) => at(l.values, i)),
      ...ranged.flatMap((l) => [at(l.band!.low, i - f.now), at(l.band!.high, i - f.now)]),
    ]);
  }
  return rows.map((r) => r.map(quoted).join(",")).join("\n") + "\n";
}

const drawn = [
  "fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity",
  "font-size", "font-weight", "font-family",
];

// A View is the part of the page's state that a picture shows.
export interface View {
  lit: (key: string) => boolean;
  banded: (key: string) => boolean; // the line's band is shown
  notes: string[]; // printed below, each wrapped
}

const small = 14; // height of letters, in the units of a picture
const letter = 0.56; // width of a letter, as a share of its height: system fonts differ

// wrapped breaks a text into lines that fit a width.
export function wrapped(text: string, width: number, size: number): string[] {
  const most = Math.max(8, Math.floor(width / (size * letter)));
  const lines = [""];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines[lines.length - 1]!;
    if (last && last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

// pictureOf is a chart as a picture that stands alone, as it is on the page: the page's
// styles written into it; above it the whole title and the unit, below it the names of the
// lines and the notes.
export function pictureOf(f: Figure, picture: SVGSVGElement, view: View): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const live = document.createElementNS("http://www.w3.org/2000/svg", "g"); // in the page, so that styles apply
  copy.querySelectorAll(".band,.future").forEach((n) => n.remove());
  live.append(...bandsOf(f, view), ...copy.childNodes);
  picture.append(live);
  for (const n of live.querySelectorAll<SVGElement>("*")) {
    const style = getComputedStyle(n);
    for (const d of drawn) n.setAttribute(d, style.getPropertyValue(d));
  }
  live.remove();
  for (const l of f.lines) if (!view.lit(l.key)) live.querySelectorAll(`.line.${l.key}`).forEach((n) => n.setAttribute("opacity", "0.2"));
  copy.replaceChildren(live);
  framed(copy, f, view);
  return new XMLSerializer().serializeToString(copy);
}

// bandsOf draws the bands that are shown, in the place that the static picture gives them.
function bandsOf(f: Figure, view: View): SVGElement[] {
  const { width, height, left, right, top, bottom } = f.frame;
  const x = (t: number) => left + ((t - f.x.min) / (f.x.max - f.x.min)) * (width - left - right);
  const y = (v: number) => height - bottom - ((v - f.y.min) / (f.y.max - f.y.min)) * (height - top - bottom);
  const at = (row: number, v: number) => [x(f.times[f.now + row]!), y(Math.min(f.y.max, Math.max(f.y.min, v)))];
  const path = (points: number[][], end: string) => (points.length ? `M${points.map((p) => p.map((n) => n.toFixed(1)).join(" ")).join("L")}${end}` : "");
  const lines = f.lines.filter((l) => l.band && view.banded(l.key) && view.lit(l.key));
  const areas = lines.map((l) => node("path", { d: path(outline(l.band!, at), "Z"), class: `band ${l.key}` }));
  const futures = lines.flatMap((l) =>
    l.band!.futures.map((row) => node("path", { d: path(row.flatMap((v, i) => (v === null ? [] : [at(i, v)])), ""), class: `future ${l.key}` })),
  );
  return [...areas, ...futures];
}

// framed writes the words around a picture, and gives it the size that they need.
function framed(copy: SVGSVGElement, f: Figure, view: View): void {
  const { width, height } = f.frame;
  const ink = getComputedStyle(document.body).color;
  const title = wrapped(f.title, width - 16, 17).map((text) => ({ text, weight: 700, size: 17 }));
  const unit = f.unit ? wrapped(f.unit, width - 16, small).map((text) => ({ text, weight: 400, size: small })) : [];
  const cut = f.y.cut ? [{ text: "The scale does not start at zero.", weight: 400, size: small }] : [];
  let y = 0;
  const head = [...title, ...unit, ...cut].map((l) => words(l.text, 8, (y += l.size + 5), ink, l.weight, l.size));
  const above = y + 10;
  y = height + 16;
  const foot: SVGElement[] = [];
  for (const l of f.lines.filter((l) => view.lit(l.key))) {
    const style = getComputedStyle(document.querySelector(`#${f.id} .line.${l.key}`) ?? copy);
    foot.push(node("path", { d: `M8 ${y - 5}h30`, stroke: style.stroke, "stroke-width": 2.5, "stroke-dasharray": style.strokeDasharray, fill: "none" }));
    for (const text of wrapped(`${l.name}: ${l.label[0]}`, width - 54, small)) {
      foot.push(words(text, 46, y, ink, 400, small));
      y += 20;
    }
  }
  for (const note of view.notes) for (const text of wrapped(note, width - 16, 12)) foot.push(words(text, 8, (y += 16) - 10, ink, 400, 12));
  const total = above + y + 4;
  copy.setAttribute("viewBox", `0 ${-above} ${width} ${total}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(total));
  copy.prepend(node("rect", { x: 0, y: -above, width, height: total, fill: getComputedStyle(document.documentElement).backgroundColor }));
  head.forEach((n) => n.setAttribute("transform", `translate(0 ${-above})`));
  copy.append(...head, ...foot);
}

function node(name: string, attributes: Record<string, string | number>): SVGElement {
  const n = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [k, v] of Object.entries(attributes)) n.setAttribute(k, String(v));
  return n;
}

function words(text: string, x: number, y: number, fill: string, weight: number, size: number): SVGElement {
  const n = node("text", { x, y, fill, "font-weight": weight, "font-size": size, "font-family": "system-ui, sans-serif" });
  n.textContent = text;
  return n;
}

// pngOf paints a picture at twice its size.
export async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  return new Promise((done, fail) => canvas.toBlob((b) => (b ? done(b) : fail(new Error("no picture"))), "image/png"));
}
