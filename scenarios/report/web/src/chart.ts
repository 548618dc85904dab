// Draws one figure with ECharts: Go's option, plus the parts that JSON cannot hold.

import { init, use, type ECharts } from "echarts/core";
import { LineChart } from "echarts/charts";
import { AriaComponent, GraphicComponent, GridComponent, MarkLineComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import type { Figure, PageData } from "./data.ts";
import { bandShapes } from "./live/shapes.ts";
import { spread, type Label } from "./spread.ts";

use([LineChart, AriaComponent, GraphicComponent, GridComponent, MarkLineComponent, SVGRenderer]);

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface EndLabel extends Label {
  ends: { key: string; at: number }[];
  words: string[]; // lines
  beside?: string; // the name, on the number's line
}

// widths measures words as they will be drawn.
const widths = document.createElement("canvas").getContext("2d")!;

function widthOf(text: string, size: number, weight: number): number {
  widths.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return widths.measureText(text).width;
}

// clipped shortens a text to a width.
function clipped(text: string, size: number, room: number): string {
  let out = text;
  while (out.length > 1 && widthOf(out, size, 400) > room) out = out.replace(/…$/, "").slice(0, -1).trimEnd() + "…";
  return out;
}

export class Chart {
  readonly chart: ECharts;
  readonly plot: HTMLElement;
  readonly root: HTMLElement;
  private shown = new Set<string>(); // lines whose band is drawn

  constructor(
    readonly figure: Figure,
    private readonly data: PageData,
    private lit: Set<string>,
  ) {
    this.root = document.getElementById(figure.id)!;
    this.plot = this.root.querySelector(".plot")!;
    const box = document.createElement("div");
    box.className = "chart";
    this.plot.append(box);
    this.plot.classList.add("drawn");
    this.chart = init(box, null, { renderer: "svg" });
    this.draw();
  }

  // text is the height of small text in pixels; it follows the page's.
  get text(): number {
    return parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.875;
  }

  // wide: there is room for the names at the line ends.
  get wide(): boolean {
    return this.figure.wide && this.plot.clientWidth > 38 * this.text;
  }

  get margins(): Margins {
    const t = this.text;
    const words = Math.max(...this.figure.y.words.map((w) => widthOf(w, t, 400)));
    const ends = Math.max(...this.figure.lines.map((l) => widthOf(l.label[0]!, t, 700)));
    return { left: words + t, right: this.wide ? Math.max(15 * t, Math.min(26 * t, 0.3 * this.plot.clientWidth)) : ends + 1.6 * t, top: 2.2 * t, bottom: 2.4 * t };
  }

  // light puts scenarios out or back, in every chart alike.
  light(lit: Set<string>): void {
    this.lit = lit;
    this.draw(true);
  }

  // show draws the bands of some lines.
  show(keys: Set<string>): void {
    this.shown = keys;
    this.draw(true);
  }

  // rangeAt is " (20,100 to 23,400)" where the band of a line is shown.
  rangeAt(key: string, index: number): string {
    const band = this.figure.lines.find((l) => l.key === key)?.band;
    const words = this.shown.has(key) ? band?.words[index - this.figure.now] : undefined;
    return words ? ` (${words})` : "";
  }

  resize(): void {
    this.chart.resize();
    this.draw();
  }

  xOf(time: number): number {
    return this.chart.convertToPixel({ xAxisIndex: 0 }, time) as unknown as number;
  }

  yOf(value: number): number {
    return this.chart.convertToPixel({ yAxisIndex: 0 }, value) as unknown as number;
  }

  timeAt(x: number): number {
    return this.chart.convertFromPixel({ xAxisIndex: 0 }, x) as unknown as number;
  }

  isLit(key: string): boolean {
    return this.lit.has(key.replace("-beyond", "")) || key === "recorded";
  }

  isBanded(key: string): boolean {
    return this.shown.has(key);
  }

  // draw moves lines from old to new only where the reader changed something: not
  // when the window did, since labels and margins do not move along.
  private draw(moves = false): void {
    this.chart.setOption({ ...this.option(), animation: moves && !calm.matches } as never);
    const group = (id: string, z: number, children: object[]) => ({ id, type: "group", silent: true, z, children });
    this.chart.setOption({ graphic: [group("bands", 1, bandShapes(this, this.shown)), group("ends", 4, this.ends())] } as never, {
      replaceMerge: ["graphic"],
    });
  }

  private option(): object {
    const f = this.figure;
    const text = { fontSize: this.text, color: "var(--soft)", fontFamily: "inherit" };
    const named = (ticks: number[], words: string[]) => (v: number) => words[ticks.findIndex((t) => Math.abs(t - v) < 1e-9 * Math.max(1, Math.abs(v)))] ?? "";
    const base = f.option as Record<string, any>;
    return {
      ...base,
      animationDuration: 0,
      animationDurationUpdate: 250,
      grid: this.margins,
      xAxis: {
        ...base.xAxis[0],
        axisLabel: { ...text, margin: 12, customValues: this.roomFor(f.x.ticks), formatter: named(f.x.ticks, f.x.words) },
        axisTick: { customValues: f.x.ticks, lineStyle: { color: "var(--rule)" } },
        axisLine: { show: false, onZero: false },
        splitLine: { show: false },
      },
      yAxis: {
        ...base.yAxis[0],
        axisLabel: { ...text, customValues: f.y.ticks, formatter: named(f.y.ticks, f.y.words) },
        axisLine: { show: false },
        axisTick: { show: false, customValues: f.y.ticks },
        splitLine: { customValues: f.y.ticks, lineStyle: { color: "var(--rule)" } },
      },
      series: f.option.series.map((s) => this.series(s)),
    };
  }

  // roomFor takes every tick, or every second or third, so that their words do not touch.
  private roomFor(ticks: number[]): number[] {
    const m = this.margins;
    const width = this.plot.clientWidth - m.left - m.right;
    const each = Math.max(...this.figure.x.words.map((w) => w.length)) * 0.62 * this.text + 10;
    const every = Math.max(1, Math.ceil((each * ticks.length) / width));
    return ticks.filter((_, i) => (ticks.length - 1 - i) % every === 0);
  }

  private series(s: Figure["option"]["series"][number]): object {
    const key = s.id.replace("-beyond", "");
    const lit = this.isLit(s.id);
    const style = s["lineStyle"] as object;
    const out: Record<string, unknown> = { ...s, silent: true, emphasis: { disabled: true }, z: key === "s0" ? 2 : 3 };
    if (s.id !== "recorded") {
      const dash = s.id.endsWith("beyond") ? [2, 4] : this.data.dashes[key] ?? "solid";
      out["lineStyle"] = { ...style, width: key === "s0" ? 3 : 2.5, type: dash, opacity: lit ? 1 : 0.2 };
    }
    if (s.id === "recorded") out["z"] = 4;
    if (s.id === "s0") out["markLine"] = this.rules();
    return out;
  }

  // rules are the thin rule at today, and zero where the scale has it.
  private rules(): object {
    const f = this.figure;
    const data: object[] = [];
    if (f.today > f.x.min) data.push({ xAxis: f.today, label: { formatter: "today", position: "end" } });
    if (f.y.min < 0 || f.y.ticks[0] === 0) data.push({ yAxis: 0, lineStyle: { color: "var(--ink)" }, label: { show: false } });
    return {
      silent: true,
      animation: false,
      symbol: "none",
      label: { color: "var(--soft)", fontSize: this.text, fontFamily: "inherit" },
      lineStyle: { type: "solid", width: 1, color: "var(--soft)" },
      data,
    };
  }

  // ends are the numbers, and where there is room the names, at the line ends.
  private ends(): object[] {
    const line = this.text * 1.15;
    const m = this.margins;
    const right = this.chart.getWidth() - m.right;
    const labels = this.labels(line);
    const high = this.chart.getHeight() - m.bottom + line / 2;
    if (labels.reduce((sum, l) => sum + l.height, 0) > high) labels.forEach((l) => this.shorten(l, line));
    spread(labels, 0, high, line);
    const out = labels.flatMap(({ ends, words, top, beside }) => [
      ...ends.map(({ key, at }) => ({
        type: "polyline",
        shape: { points: [[right + 3, at], [right + 12, top + line / 2]] },
        style: { stroke: `var(--${key})`, lineWidth: 1.5, fill: "none" },
      })),
      ...words.map((w, i) => this.words(w, right + 16, top + i * line, i === 0 ? 700 : 400)),
      ...(beside ? [this.words(beside, right + 21 + widthOf(words[0]!, this.text, 700), top, 400)] : []),
    ]);
    return out.concat(this.cut() as never[]);
  }

  private words(text: string, x: number, y: number, fontWeight: number): object {
    return { type: "text", x, y, style: { text, fill: "var(--ink)", fontSize: this.text, fontWeight, fontFamily: "inherit" } };
  }

  // shorten puts a label's number and name into one line.
  private shorten(l: EndLabel, line: number): void {
    const room = this.margins.right - 23 - widthOf(l.words[0]!, this.text, 700);
    l.beside = clipped(l.words.slice(1).join(" "), this.text, room);
    l.words = l.words.slice(0, 1);
    l.height = line + 2;
  }

  // labels joins lines that end in the same words.
  private labels(line: number): EndLabel[] {
    const out: EndLabel[] = [];
    for (const l of this.figure.lines) {
      if (l.end === null || !this.lit.has(l.key)) continue;
      const words = this.wide ? l.label : l.label.slice(0, 1);
      const at = this.yOf(l.end);
      const same = out.find((o) => o.words.join("\n") === words.join("\n"));
      if (same) same.ends.push({ key: l.key, at });
      else out.push({ ends: [{ key: l.key, at }], words, at, top: 0, height: words.length * line + 3 });
    }
    return out;
  }

  // cut marks a scale without zero.
  private cut(): object[] {
    if (!this.figure.y.cut) return [];
    const x = this.margins.left;
    const y = this.chart.getHeight() - this.margins.bottom;
    const points = [[0, 0], [5, -3], [-5, -7], [5, -11], [-5, -15], [0, -18]].map(([dx, dy]) => [x + dx!, y + dy!]);
    return [{ type: "polyline", shape: { points }, style: { stroke: "var(--ink)", lineWidth: 1.2, fill: "none" } }];
  }
}
