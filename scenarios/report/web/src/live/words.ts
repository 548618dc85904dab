// Numbers in words: the rule of scenarios/prose, for numbers that the page
// computes itself. test/words.json, which Go writes, holds both to the same words.

import type { Axis, Quantity } from "../generated.ts";

export type { Quantity } from "../generated.ts";

const minus = "\u2212";
const magnitude = (v: number) => Math.floor(Math.log10(Math.abs(v)));
const away = (v: number) => Math.sign(v) * Math.round(Math.abs(v)); // halves away from zero

// speaker rounds to three figures, from 5 up to the nearest 5 in the third.
export function speaker(v: number, finest: number): number {
  if (v === 0 || !Number.isFinite(v)) return v;
  const digits = magnitude(v);
  let step = 10 ** (digits - 2);
  if (Math.abs(v) >= 5 * 10 ** digits) step *= 5;
  if (step < finest) step = finest;
  return away(v / step) * step;
}

function fixed(v: number, places: number): string {
  const [whole, part] = v.toFixed(places).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  return part ? `${grouped}.${part}` : grouped;
}

function decimals(v: number): string {
  const places = v > 0 && v < 1000 ? Math.max(0, 3 - magnitude(v)) : 0;
  const text = fixed(v, places);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

const signOf = (v: number, text: string) => (v < 0 && /[1-9]/.test(text) ? minus + text : text);

function digits(q: Quantity, value: number, before: string, after: string): string {
  const v = Math.abs(speaker(value, q.finest));
  const scales: [number, string][] = [
    [1e12, " trillion"],
    [1e9, " billion"],
    [1e6, " million"],
  ];
  for (const [size, name] of scales) if (v >= size) return before + decimals(v / size) + name + after;
  return before + decimals(v) + after;
}

// number is v rounded, without the unit.
export function number(q: Quantity, v: number): string {
  if (!Number.isFinite(v)) return "not a number";
  if (q.kind === "money") return signOf(v, digits(q, v, "$", ""));
  if (q.kind === "share") return signOf(v, digits(q, v * 100, "", "%"));
  if (q.kind === "index") return signOf(v, Math.abs(away(v * 100) / 100).toFixed(2));
  return signOf(v, digits(q, v, "", ""));
}

// withUnit is v rounded, with the unit.
export const withUnit = (q: Quantity, v: number) => `${number(q, v)} ${q.unit || q.rate}`.trim();

// gap is the size of a difference.
export function gap(q: Quantity, v: number): string {
  const finer = { ...q, finest: Math.max(q.finest, q.coarse) };
  if (q.kind !== "share") return number(finer, Math.abs(v));
  const points = digits(finer, Math.abs(v) * 100, "", "");
  return `${points} ${points === "1" ? "point" : "points"}`;
}

export const negligible = (q: Quantity, v: number) => Number.isFinite(v) && !/[1-9]/.test(gap(q, v));

// signed is a difference with its sign.
export function signed(q: Quantity, v: number): string {
  if (!Number.isFinite(v)) return "not a number";
  if (negligible(q, v)) return gap(q, v);
  return (v < 0 ? minus : "+") + gap(q, v);
}

export const between = (q: Quantity, low: number, high: number) => `${number(q, low)} to ${number(q, high)}`;
export const signedRange = (q: Quantity, low: number, high: number) => onceUnit(signed(q, low), signed(q, high));

// onceUnit joins the ends of a range of shares with their unit at the end only.
const onceUnit = (low: string, high: string) => `${low.replace(/ points?$/, "")} to ${high}`;

// apart is the range of a difference, without signs where it goes one way.
export function apart(q: Quantity, low: number, high: number, d: number): string {
  if (d > 0 && low >= 0) return onceUnit(gap(q, low), gap(q, high));
  if (d < 0 && high <= 0) return onceUnit(gap(q, high), gap(q, low));
  return signedRange(q, low, high);
}

export function more(q: Quantity, v: number): string {
  const counted = q.kind === "plain" && q.unit !== "";
  if (q.kind === "money") return v < 0 ? "less" : "more";
  if (counted) return v < 0 ? "fewer" : "more";
  return v < 0 ? "lower" : "higher";
}

export const about = (q: Quantity) => (q.kind === "share" || q.kind === "index" ? "" : "about ");

// summed is a quantity added up over time: dollars a year become dollars.
export function summed(q: Quantity): Quantity {
  const at = q.unit.indexOf(" a ");
  return { ...q, rate: "", unit: at < 0 ? q.unit : q.unit.slice(0, at) };
}

// hundred is a share of futures as so many of a hundred, halves to even: two shares of
// one whole add up.
export function hundred(share: number): string {
  let n = Math.round(share * 100);
  if (n - share * 100 === 0.5 && n % 2 === 1) n--;
  if (n === 100 && share < 1) n = 99;
  if (n === 0 && share > 0) n = 1;
  return `${n} of 100`;
}

const scaleOf = (q: Quantity) => (q.kind === "share" ? 100 : q.millions ? 1e-6 : 1);

function dressed(q: Quantity, text: string): string {
  const short = q.millions ? "m" : "";
  if (q.kind === "money") return text.startsWith(minus) ? `${minus}$${text.slice(1)}${short}` : `$${text}${short}`;
  return q.kind === "share" ? `${text}%` : text;
}

export function tick(q: Quantity, v: number, step: number): string {
  let places = Math.max(0, Math.ceil(-Math.log10(step * scaleOf(q)) - 1e-9));
  if (q.kind === "index") places = Math.max(1, places);
  const x = away(v * scaleOf(q) * 10 ** places) / 10 ** places;
  return dressed(q, signOf(x, fixed(Math.abs(x), places)));
}

// niceStep is the largest of 1, 2, 5 times a power of ten that gives at least n parts.
export function niceStep(width: number, n: number): number {
  if (!(width > 0) || !Number.isFinite(width)) return 1;
  const power = 10 ** Math.floor(Math.log10(width / n));
  let step = power;
  for (const m of [2, 5]) if (m * power * n <= width) step = m * power;
  return step;
}

// valueAxis holds all values from low to high, and zero unless that would flatten them.
export function valueAxis(low: number, high: number, q: Quantity): Axis {
  if (low > high) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - Math.max(Math.abs(low) / 10, 0.5), high + Math.max(Math.abs(high) / 10, 0.5)];
  if (low > 0 && (high - low) / high > 0.5) low = 0;
  if (high < 0 && (high - low) / -low > 0.5) high = 0;
  const step = niceStep(high - low, 2.5);
  const from = Math.floor(low / step + 1e-9);
  const to = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => (from + i) * step);
  const min = from * step;
  const max = to * step;
  return { min, max, step, ticks, words: ticks.map((t) => tick(q, t, step)), cut: min > 0 || max < 0 };
}
