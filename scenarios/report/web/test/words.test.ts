import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gap, hundred, more, niceStep, number, signed, tick, valueAxis, withUnit, type Quantity } from "../src/live/words.ts";

interface Row {
  q: number;
  v: number;
  [words: string]: string | number;
}

const { quantities, rows } = JSON.parse(readFileSync("test/words.json", "utf8")) as { quantities: Quantity[]; rows: Row[] };

test("numbers that the page computes read like those that Go wrote", () => {
  for (const r of rows) {
    const q = quantities[r.q]!;
    const step = niceStep(Math.max(Math.abs(r.v), 0.1), 3);
    const got = { number: number(q, r.v), with: withUnit(q, r.v), gap: gap(q, r.v), signed: signed(q, r.v), more: more(q, r.v), tick: tick(q, r.v, step), hundred: hundred(Math.min(1, Math.abs(r.v) / 4e4)) };
    const { q: _q, v: _v, ...want } = r;
    assert.deepEqual(got, want, `${r.v} of ${JSON.stringify(q)}`);
  }
});

test("an axis has zero on it unless that flattens the lines", () => {
  const q = quantities[0]!;
  assert.equal(valueAxis(12_000, 28_000, q).min, 0);
  assert.deepEqual(valueAxis(21_000, 24_000, q).ticks, [21_000, 22_000, 23_000, 24_000]);
  assert.equal(valueAxis(21_000, 24_000, q).cut, true);
});
