// The option of a chart: the parts that all charts share come from Go, those that follow from
// the scene and its size are put together here.

import type { Frame, PlotLine, Spot } from "./frame.ts";
import type { Looks } from "./generated.ts";
import { overShapes, underShapes, type Shape } from "./shapes.ts";
import { colorOf, dashOf, thicknessOf } from "./looks.ts";
import { familyOf } from "./svg.ts";

type Option = Record<string, unknown>;

// Moves says how a chart goes from what it shows to an option: in so many ms, or at once.
export type Moves = { ms: number } | null;

// optionOf is the whole option of a frame, for a picture: it has no tooltip.
export const optionOf = (f: Frame, looks: Looks, box: HTMLElement): Option => ({ ...groundOf(f, looks, () => "", box), ...shownOf(f, looks, null) });

// groundOf are the scales, and what stays as long as a chart has its size. It is a function of the
// frame without its lines, so that charts need not be given it again while these move. The box is
// named as the place of the tooltip, since the library would otherwise ask for the box's computed
// style at every change, and the browser would lay the page out for it.
export function groundOf(f: Frame, looks: Looks, tip: () => HTMLElement | string, box: HTMLElement): Option {
  const base = looks.base as Record<string, Option>;
  const { scene: s, margins } = f;
  const words = { fontSize: f.text, fontFamily: familyOf() };
  const named = (ticks: number[], list: string[]) => (v: number) => list[nearestOf(ticks, v)] ?? "";
  const axis = (a: Option, own: Option, label: Option): Option => ({ ...a, ...own, axisLabel: { ...(a["axisLabel"] as Option), ...words, ...label } });
  return {
    ...base,
    tooltip: {
      ...base["tooltip"], confine: true, showDelay: 0, hideDelay: 0, className: "tip", extraCssText: "box-shadow:none", transitionDuration: 0, padding: [6, 10], formatter: tip, appendTo: box,
      textStyle: { ...words, color: "var(--ink)" }, axisPointer: { type: "line", snap: true, animation: false, label: { show: false }, lineStyle: { color: "var(--soft)", type: "solid", width: 1 } },
    },
    grid: { ...margins, outerBoundsMode: "none" },
    xAxis: axis(base["xAxis"]!, { ...(s.spots ? { splitLine: base["yAxis"]!["splitLine"] } : {}), min: s.x.min, max: s.x.max, axisTick: { ...(base["xAxis"]!["axisTick"] as Option), customValues: s.x.ticks } }, { customValues: f.ticks, formatter: named(s.x.ticks, s.x.words) }),
    yAxis: axis(base["yAxis"]!, { min: s.y.min, max: s.y.max, axisTick: { show: false, customValues: s.y.ticks } }, { customValues: s.y.ticks, formatter: named(s.y.ticks, s.y.words) }),
  };
}

// shownOf are the lines with all that stands at them, and how they move.
export function shownOf(f: Frame, looks: Looks, moves: Moves): Option {
  const { scene: s } = f;
  const under = underShapes(f, looks);
  const over = overShapes(f, looks);
  return {
    animation: moves !== null,
    animationDuration: moves?.ms ?? 0,
    animationDurationUpdate: moves?.ms ?? 0,
    animationEasing: "linear", // of a line that grows
    animationEasingUpdate: "cubicInOut",
    aria: { ...(looks.base as Record<string, Option>)["aria"], label: { description: spokenScene(f) } },
    series: [
      ...(s.spots ? [spotsOf(f, s.spots)] : []), // first: Plot.tell counts on it
      ...(under.length ? [drawing("under", 1, f, under, true)] : []),
      ...s.lines.flatMap((l) => seriesOf(l, f, looks)),
      ...(s.points.length ? [pointsOf(f)] : []),
      ...(over.length ? [drawing("over", 5, f, over, false)] : []),
    ],
  };
}

function nearestOf(ticks: number[], v: number): number {
  let best = 0;
  ticks.forEach((t, i) => Math.abs(t - v) < Math.abs(ticks[best]! - v) && (best = i));
  return best;
}

function spokenScene({ scene: s }: Frame): string {
  return [s.title, ...s.lines.filter((l) => l.lit !== false).map((l) => `${l.name}: ${l.label} at the end`)].join(". ") + ".";
}

// drawing is a series of shapes that no other series draws. They stand where they are put: they
// do not move with the lines.
function drawing(id: string, z: number, f: Frame, children: Shape[], clip: boolean): Option {
  return {
    id, type: "custom", coordinateSystem: "cartesian2d", silent: true, animation: false, clip, z, tooltip: { show: false }, data: [[f.scene.x.min, f.scene.y.min]],
    renderItem: () => ({ type: "group", children }),
  };
}

// pointsOf are the recorded points.
function pointsOf(f: Frame): Option {
  const data = Float64Array.from(f.scene.points.flatMap((p) => [p.time, p.value]));
  const itemStyle = { color: "var(--ink)", opacity: 1 };
  return { id: "points", type: "scatter", silent: true, animation: false, z: 4, symbolSize: 0.5 * f.text, data, itemStyle, tooltip: { show: false }, emphasis: { disabled: true } };
}

// spotsOf are points that have a tooltip each.
function spotsOf(f: Frame, spots: Spot[]): Option {
  const data = spots.map((p) => ({ value: [p.x, p.y], symbolSize: p.size * f.text, itemStyle: p.style }));
  return { id: "spots", type: "scatter", silent: true, animation: false, z: 4, data, tooltip: { show: true, trigger: "item" }, emphasis: { disabled: true } };
}

// seriesOf is a line; no new decisions in two parts, the second dotted.
function seriesOf(l: PlotLine, f: Frame, looks: Looks): Option[] {
  const { times, known } = f.scene;
  const last = times.length - 1;
  if (l.key !== "s0" || known === undefined) return [lineSeries(l.key, l, l.from, last, f, looks, dashOf(looks, l.key))];
  let turn = times.findIndex((t) => t >= known - 1e-9);
  if (turn < 0) turn = last;
  return [
    lineSeries("s0", l, l.from, turn, f, looks, null),
    lineSeries("s0 beyond", l, Math.max(turn, l.from), last, f, looks, [2, 4]),
  ];
}

function lineSeries(id: string, l: PlotLine, from: number, to: number, f: Frame, looks: Looks, dash: number[] | null): Option {
  const { times } = f.scene;
  const data = new Float64Array(2 * Math.max(0, to - from + 1));
  for (let i = from; i <= to; i++) data.set([times[i]!, l.values[i]!], 2 * (i - from));
  const color = colorOf(looks, l.key);
  const dim = l.lit === false;
  const lineStyle = { color, width: dim ? 1.5 : thicknessOf(looks, l, f.text), type: dash ?? "solid", opacity: dim ? 0.18 : 1, join: "round" };
  return {
    id, name: l.name, type: "line", silent: true, showSymbol: false, symbol: "circle", symbolSize: 0.55 * f.text, data, lineStyle, z: l.strong ? 3 : 2,
    itemStyle: { color, borderColor: "var(--paper)", borderWidth: 2 },
    emphasis: dim ? { disabled: true } : { lineStyle: { color, width: lineStyle.width }, itemStyle: { color, borderColor: "var(--paper)", borderWidth: 2 } },
  };
}
