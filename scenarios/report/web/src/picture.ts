// A chart as a picture that stands alone, as it is on the page: ECharts draws it again in a size
// of its own; around it the whole title and unit, the names of the lines, and notes.

import type { Chart } from "./chart.ts";
import { Frame, type Scene } from "./frame.ts";
import { library, type Library } from "./library.ts";
import { colorOf, dashOf } from "./looks.ts";
import { optionOf } from "./option.ts";
import { node } from "./svg.ts";

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

// pictureOf is the picture as the text of an SVG file. notes are printed below, each wrapped.
export async function pictureOf(c: Chart, notes: string[]): Promise<string> {
  const lib = await library();
  const [width, height] = c.figure.wide ? [960, 460] : [460, 300];
  const svg = drawn(lib, c.scene(), width, height);
  framed(svg, c, lib, notes, width, height);
  resolve(svg);
  return new XMLSerializer().serializeToString(svg);
}

// drawn is the chart alone. The library's own text of a picture does not escape the quotes in
// names of fonts, so that its elements are taken.
function drawn(lib: Library, scene: Scene, width: number, height: number): SVGSVGElement {
  const box = document.createElement("div");
  const chart = lib.init(box, null, { renderer: "svg", width, height });
  chart.setOption(optionOf(new Frame(scene, width, height, small), lib.looks, box));
  const svg = box.querySelector("svg")!.cloneNode(true) as SVGSVGElement;
  chart.dispose(); // empties its own
  return svg;
}

// resolve puts the colours of the page's theme for its variables, which a file has not, and
// attributes for styles.
function resolve(svg: SVGSVGElement): void {
  const page = getComputedStyle(document.documentElement);
  svg.removeAttribute("style");
  for (const n of svg.querySelectorAll<SVGElement>("*")) {
    for (const name of ["font-size", "font-family", "font-weight"]) if (n.style.getPropertyValue(name)) n.setAttribute(name, n.style.getPropertyValue(name));
    n.removeAttribute("style");
    for (const a of n.attributes) {
      if (a.value.includes("var(--")) a.value = a.value.replace(/var\((--[\w-]+)\)/g, (_, name: string) => page.getPropertyValue(name).trim());
    }
  }
}

// framed writes the words around a picture, and gives it the size that they need.
function framed(svg: SVGSVGElement, { figure: f, isLit }: Chart, { looks }: Library, notes: string[], width: number, height: number): void {
  const title = wrapped(f.title, width - 16, 17).map((text) => ({ text, weight: 700, size: 17 }));
  const unit = f.unit ? wrapped(f.unit, width - 16, small).map((text) => ({ text, weight: 400, size: small })) : [];
  const cut = f.y.cut ? [{ text: "The scale does not start at zero.", weight: 400, size: small }] : [];
  let y = 0;
  const head = [...title, ...unit, ...cut].map((l) => words(l.text, 8, (y += l.size + 5), l.weight, l.size));
  const above = y + 10;
  y = height + 16;
  const foot: SVGElement[] = [];
  for (const l of f.lines.filter((l) => isLit(l.key))) {
    foot.push(node("path", { d: `M8 ${y - 5}h30`, stroke: colorOf(looks, l.key), "stroke-width": 2.5, "stroke-dasharray": dashOf(looks, l.key)?.join(" ") ?? "none", fill: "none" }));
    for (const text of wrapped(`${l.name}: ${l.label[0]}`, width - 54, small)) {
      foot.push(words(text, 46, y, 400, small));
      y += 20;
    }
  }
  for (const note of notes) for (const text of wrapped(note, width - 16, 12)) foot.push(words(text, 8, (y += 16) - 10, 400, 12));
  const total = above + y + 4;
  svg.setAttribute("viewBox", `0 ${-above} ${width} ${total}`);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(total));
  svg.prepend(hatch(), node("rect", { x: 0, y: -above, width, height: total, fill: "var(--paper)" }));
  head.forEach((n) => n.setAttribute("transform", `translate(0 ${-above})`));
  svg.append(...head, ...foot);
}

// hatch is the pattern of the page that a misfit has.
function hatch(): SVGElement {
  const defs = node("defs", {});
  const pattern = node("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  pattern.append(node("path", { d: "M0 0V6", stroke: "var(--soft)", "stroke-width": 2 }));
  defs.append(pattern);
  return defs;
}

function words(text: string, x: number, y: number, weight: number, size: number): SVGElement {
  return node("text", { x, y, fill: "var(--ink)", "font-weight": weight, "font-size": size, "font-family": "system-ui, sans-serif" }, text);
}
