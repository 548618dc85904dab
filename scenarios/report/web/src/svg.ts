// Plain SVG and the widths of words, for small drawings that are no charts.

export function node(name: string, attributes: Record<string, string | number>, text = ""): SVGElement {
  const n = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [k, v] of Object.entries(attributes)) n.setAttribute(k, String(v));
  n.textContent = text;
  return n;
}

// pen measures words as they will be drawn.
let pen: CanvasRenderingContext2D | null = null;
let family = "";

// familyOf is the page's font family.
export function familyOf(): string {
  family ||= getComputedStyle(document.body).fontFamily;
  return family;
}

export function widthOf(text: string, size: number, weight = 400): number {
  pen ??= document.createElement("canvas").getContext("2d")!;
  pen.font = `${weight} ${size}px ${familyOf()}`;
  return pen.measureText(text).width;
}

// folded breaks a text into lines of at most so many pixels; a word that is longer has a line
// of its own.
export function folded(text: string, size: number, room: number, weight = 400): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size, weight) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
