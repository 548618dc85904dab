// Hands files to the reader: what the page carries, and each chart as CSV, SVG or
// PNG. Nothing leaves the machine: the files are Blobs.

import type { Download, Figure } from "./data.ts";

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

// csvOf is a chart's exact numbers, a row a time.
export function csvOf(f: Figure): string {
  const rows = [["time", "recorded", ...f.lines.map((l) => l.name)]];
  const points = f.recorded ?? [];
  const times = [...new Set([...f.times, ...points.map((p) => p.time)])].sort((a, b) => a - b);
  for (const t of times) {
    const i = f.times.indexOf(t);
    const recorded = points.find((p) => p.time === t);
    rows.push([String(t), recorded ? String(recorded.value) : "", ...f.lines.map((l) => String(i < 0 ? "" : (l.values[i] ?? "")))]);
  }
  return rows.map((r) => r.map(quoted).join(",")).join("\n") + "\n";
}

const drawn = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "font-size", "font-weight", "font-family"];

// pictureOf is a chart as a picture that stands alone: the page's styles written into
// it, a title above, the names of the lines below.
export function pictureOf(f: Figure, picture: SVGSVGElement, lit: (key: string) => boolean): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const from = [...picture.querySelectorAll<SVGElement>("*")];
  [...copy.querySelectorAll<SVGElement>("*")].forEach((n, i) => {
    const style = getComputedStyle(from[i]!);
    for (const d of drawn) n.setAttribute(d, style.getPropertyValue(d));
  });
  const [width, height] = [picture.viewBox.baseVal.width, picture.viewBox.baseVal.height];
  const ink = getComputedStyle(document.body).color;
  const lines = f.lines.filter((l) => lit(l.key));
  const total = height + 46 + lines.length * 20 + 8;
  copy.setAttribute("viewBox", `0 -46 ${width} ${total}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(total));
  const paper = node("rect", { x: 0, y: -46, width, height: total, fill: getComputedStyle(document.documentElement).backgroundColor });
  copy.prepend(paper);
  copy.append(words(f.title, 8, -26, ink, 700, 17), words(f.unit, 8, -6, ink, 400, 14));
  lines.forEach((l, i) => {
    const y = height + 16 + i * 20;
    const style = getComputedStyle(document.querySelector(`.chip .line.${l.key}`)!);
    copy.append(
      node("path", { d: `M8 ${y - 5}h30`, stroke: style.stroke, "stroke-width": 2.5, "stroke-dasharray": style.strokeDasharray, fill: "none" }),
      words(`${l.name}: ${l.label[0]}`, 46, y, ink, 400, 14),
    );
  });
  return new XMLSerializer().serializeToString(copy);
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
