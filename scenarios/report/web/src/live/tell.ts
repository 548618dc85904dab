// The reader's run in the words of the page.

import { weighed } from "./host.ts";
import type { Answer } from "./answers.ts";
import type { Model, View } from "./model.ts";
import type { Verdict } from "./summary.ts";
import { about, apart, between, gap, hundred, more, negligible, number, signed, signedRange, summed, withUnit, type Quantity } from "./words.ts";

export interface Numbers {
  finite: boolean;
  columns: Float64Array[]; // of every view
}

const quantityOf = (v: View): Quantity => (v.weights?.length ? summed(v.words) : v.words);

// level is a view's number at the horizon; of a cost, its sum.
function level(v: View, series: Float64Array): number {
  return v.weights?.length ? weighed(series, v.weights) : series[series.length - 1]!;
}

// centre is the number that stands for run j: the median of the futures once they are there,
// as on the rest of the page; before that, and without futures, the single run's own.
const centre = (a: Answer | null, j: number, k: number, own: number) => (a && a.counted ? a.levels[j]![k]!.median : own);

// gapOf is the centre of run j's difference from the first. The median of differences within
// each future need not be the difference of two medians.
const gapOf = (a: Answer | null, j: number, k: number, own: number) => (a && a.counted ? a.verdicts[j]![k]!.median : own);

// sure reports whether a difference is told apart: larger than the time step could make,
// and in the same direction in nine of ten futures.
export function sure(v: View, d: number, verdict: Verdict | undefined, agree: number): boolean {
  if (!(Math.abs(d) > v.noise)) return false;
  if (!verdict) return true;
  const up = d > 0 === (v.better !== "lower");
  return (up ? verdict.better : verdict.worse) >= agree;
}

// headline is the first sentence above the chart.
export function headline(m: Model, shown: number, numbers: Numbers[], a: Answer | null, futures: boolean, changed: boolean): string {
  const v = m.views[shown]!;
  const q = quantityOf(v);
  const [base, own] = [numbers[0]!, numbers[1]!];
  if (!base.finite || !own.finite) return "With these numbers the model breaks down: somewhere on the way a number is no longer a number. Nothing can be read from it.";
  const [b, y] = [level(v, base.columns[shown]!), level(v, own.columns[shown]!)];
  const d = gapOf(a, 1, shown, y - b);
  const when = v.weights?.length ? `in all until ${m.time.end}` : `in ${m.time.end}`;
  const range = a && a.counted ? ` (${between(q, a.levels[1]![shown]!.low, a.levels[1]![shown]!.high)})` : "";
  const pending = futures && !a;
  const start = `${v.title} ${when}: ${about(q)}${withUnit(q, centre(a, 1, shown, y))}${range}${pending ? " in one run" : ""}`;
  const end = pending ? " The futures are being computed." : takenOf(m, a) + leftOut(a);
  if (y === b) return `${start}${changed ? ", the same as with no new decisions" : ". Nothing is changed yet: these are no new decisions"}.${end}`;
  const verdict = a && a.counted ? a.verdicts[1]![shown] : undefined;
  if (!sure(v, d, verdict, m.futures.agree)) return `${start}, not distinguishable from no new decisions${unclear(q, v, verdict)}.${end}`;
  if (negligible(q, d)) return `${start}, hardly any different from no new decisions.${end}`;
  const spread = verdict ? ` (${apart(q, verdict.low, verdict.high, d)}), ${agreement(v, d, verdict)}` : "";
  return `${start}, ${gap(q, d)} ${more(q, d)} than with no new decisions${spread}.${end}`;
}

// takenOf says that the page computes fewer futures than it was made with, so that its numbers
// are near to those above and not the same.
const takenOf = (m: Model, a: Answer | null) => (a && m.futures.of > m.futures.count ? ` From ${m.futures.count} of the ${m.futures.of.toLocaleString("en")} futures.` : "");

const leftOut = (a: Answer | null) =>
  a && a.excluded ? ` ${a.excluded} of ${a.counted + a.excluded} futures met a number that is not finite and are left out.` : "";

function agreement(v: View, d: number, x: Verdict): string {
  const good = d > 0 === (v.better !== "lower");
  if (v.better === "") return `in ${hundred(good ? x.better : x.worse)} futures`;
  return `${good ? "better" : "worse"} in ${hundred(good ? x.better : x.worse)} futures`;
}

function unclear(q: Quantity, v: View, x: Verdict | undefined): string {
  if (!x) return "";
  const words = v.better === "" ? ["higher", "lower"] : ["better", "worse"];
  return ` (${signedRange(q, x.low, x.high)}; ${words[0]} in ${hundred(x.better)} futures, ${words[1]} in ${hundred(x.worse)})`;
}

// ranges explains the numbers and ranges, and names the futures.
export function ranges(m: Model): string {
  const { count, of } = m.futures;
  const whole = of > count ? `, chosen evenly from the ${of.toLocaleString("en")} that the page was made with` : "";
  return count === 0 ? "" : `Each number is the median of ${count} futures${whole}; in small figures, the range of 8 in 10 of them.`;
}

// rebased says that an assumption moved no new decisions too.
export function rebased(m: Model, shown: number, usual: Numbers, base: Numbers, a: Answer | null, futures: boolean): string {
  const v = m.views[shown]!;
  const q = quantityOf(v);
  const [was, now] = [level(v, usual.columns[shown]!), level(v, base.columns[shown]!)];
  const to = a && a.counted && v.usual !== null ? `${withUnit(q, centre(a, 0, shown, now))} instead of ${withUnit(q, v.usual)}` : `${withUnit(q, now)} instead of ${withUnit(q, was)}`;
  const moved = was === now ? "nothing changes" : futures && !a ? "it changes, too" : `it is now ${to}`;
  return `An assumption holds for every choice: with no new decisions ${moved}. Your value is the same in every future. The other charts keep the model’s own numbers.`;
}

export interface Cell {
  text: string;
  under?: string[];
  exact?: number; // as on the page
  run?: number; // of the single run with the best-known numbers
  className?: string;
}

// tableRows are all outcomes at the horizon.
export function tableRows(m: Model, numbers: Numbers[], a: Answer | null, pins: string[]): { head: string[]; rows: { title: string; cells: Cell[] }[] } {
  const head = [`In ${m.time.end}`, "No new decisions", "Yours", "Difference"];
  head.push(...pins);
  const rows = m.views.flatMap((v, k) => {
    if (!v.judged) return [];
    const q = quantityOf(v);
    const values = numbers.map((n) => level(v, n.columns[k]!));
    const cell = (j: number): Cell => {
      const r = a && a.counted ? a.levels[j]?.[k] : undefined;
      const c = centre(a, j, k, values[j]!);
      return { text: number(q, c), exact: c, run: values[j]!, under: r ? [between(q, r.low, r.high)] : [] };
    };
    const own = values[1]! - values[0]!;
    const cells = [cell(0), cell(1), { ...difference(m, v, q, gapOf(a, 1, k, own), a && a.counted ? a.verdicts[1]![k] : undefined), run: own }];
    cells.push(...pins.map((_, i) => cell(i + 2)));
    return [{ title: v.weights?.length ? `${v.title}, in all since ${m.time.since}` : v.title, cells }];
  });
  return { head, rows };
}

// allWords explains the table of all scenarios.
export function allWords(m: Model, shown: number): string {
  const v = m.views[shown]!;
  return `${v.title}, ${v.weights?.length ? `in all from ${m.time.since} to ${m.time.end}` : `in ${m.time.end}`}. The tables above keep the model’s own assumptions.`;
}

// scenarioRows are all scenarios; the first of the numbers are no new decisions.
export function scenarioRows(m: Model, shown: number, numbers: Numbers[], a: Answer | null): { head: string[]; rows: { title: string; cells: Cell[] }[] } {
  const v = m.views[shown]!;
  const q = quantityOf(v);
  const values = numbers.map((n) => level(v, n.columns[shown]!));
  const rows = values.map((value, j) => {
    const r = a && a.counted ? a.levels[j]?.[shown] : undefined;
    const c = centre(a, j, shown, value);
    const cells: Cell[] = [{ text: number(q, c), exact: c, run: value, under: r ? [between(q, r.low, r.high)] : [] }];
    if (j === 0) cells.push({ text: "" });
    else cells.push(difference(m, v, q, gapOf(a, j, shown, value - values[0]!), a && a.counted ? a.verdicts[j]![shown] : undefined));
    return { title: m.presets[j]!.label, cells };
  });
  return { head: ["Scenario", `In ${m.time.end}`, "Difference"], rows };
}

function difference(m: Model, v: View, q: Quantity, d: number, x: Verdict | undefined): Cell {
  if (!Number.isFinite(d)) return { text: "–", under: ["the run broke down"] };
  if (d === 0) return { text: "none", exact: 0, className: "same" };
  const good = d > 0 === (v.better !== "lower");
  const shares = x ? [signedRange(q, x.low, x.high), agreement(v, d, x)] : [];
  if (!sure(v, d, x, m.futures.agree)) {
    const either = x ? [signedRange(q, x.low, x.high), `better in ${hundred(x.better)}, worse in ${hundred(x.worse)} futures`] : [];
    return { text: x ? "unclear" : "≈ 0", exact: d, under: ["not distinguishable", ...either], className: "same" };
  }
  if (negligible(q, d)) return { text: "≈ 0", exact: d, under: ["hardly any"], className: "same" };
  return { text: signed(q, d), exact: d, under: [...shares.slice(0, 1), shares[1] ?? (good ? "better" : "worse")], className: good ? "better" : "worse" };
}

// gapWords is the difference that yours makes to a view in the single run.
export function gapWords(m: Model, shown: number, numbers: Numbers[]): string {
  const v = m.views[shown]!;
  const [base, own] = [numbers[0]!, numbers[1]!];
  if (!base.finite || !own.finite) return "the model breaks down";
  const d = level(v, own.columns[shown]!) - level(v, base.columns[shown]!);
  return `${v.title}: ${signed(quantityOf(v), d)} in one run`;
}
