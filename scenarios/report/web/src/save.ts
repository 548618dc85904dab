// Hands files to the reader: those that the page carries, and each chart as CSV or PNG.
// Nothing leaves the machine: the files are Blobs.

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
