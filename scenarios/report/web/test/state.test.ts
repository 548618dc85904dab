import assert from "node:assert/strict";
import { test } from "node:test";
import { shownAs, snapped, typed } from "../src/live/controls.ts";
import type { Input, Model } from "../src/live/model.ts";
import { baseline, fresh, moveTo, read, spoken, valueOf, write, yours } from "../src/live/state.ts";

const words = { kind: "plain", unit: "coaches", rate: "", finest: 0, coarse: 0, millions: false } as const;
const input = (name: string, decision: boolean, at: number[], value: number): Input => ({
  name, label: name, about: "", decision, who: "", hatched: false, at, base: null, value, low: 0, high: 10, step: 0.1, words,
});

const m = {
  time: { start: 2020, stop: 2040, today: 2026, from: 2027, dates: [] },
  inputs: [input("coaches", true, [0], 0), input("seats", true, [1, 2], 4), input("leave", false, [3], 2)],
  presets: [
    { id: "none", label: "No new decisions", key: "s0", about: "", changes: [] },
    { id: "coaching", label: "Coaching", key: "s1", about: "", changes: [
      { at: 0, kind: 0, amount: 6, start: 2028, over: 2, until: null },
      { at: 1, kind: 2, amount: 1.5, start: 2028, over: 0, until: null },
    ] },
  ],
} as unknown as Model;

const [coaches, seats, leave] = m.inputs as [Input, Input, Input];

test("a moved decision takes the place of the preset's own change, from its date on", () => {
  const s = moveTo(m, { ...fresh(m), preset: "coaching" }, coaches, 3);
  assert.deepEqual(yours(m, s).changes, [
    { at: 1, kind: 2, amount: 1.5, start: 2028, over: 0, until: null },
    { at: 0, kind: 0, amount: 3, start: 2027, over: 0, until: null },
  ]);
});

test("a decision of several elements moves them all", () => {
  const s = moveTo(m, fresh(m), seats, 5);
  assert.deepEqual(yours(m, s).changes.map((c) => [c.at, c.amount]), [[1, 5], [2, 5]]);
});

test("an assumption holds in both runs, a decision in one", () => {
  const s = moveTo(m, moveTo(m, fresh(m), leave, 3), coaches, 1);
  assert.deepEqual(baseline(m, s), { values: [[3, 3]], changes: [] });
  assert.deepEqual(yours(m, s).values, [[3, 3]]);
  assert.equal(yours(m, s).changes.length, 1);
});

test("an input stands where the preset ends, until it is moved; moved back, it is the preset's again", () => {
  const s = { ...fresh(m), preset: "coaching" };
  assert.equal(valueOf(m, s, coaches), 6);
  assert.equal(valueOf(m, s, seats), 6);
  assert.deepEqual(moveTo(m, moveTo(m, s, coaches, 1), coaches, 6), s);
});

test("a link says what is set and is read back as it was", () => {
  const s = { preset: "coaching", from: 2030.5, moved: new Map([["coaches", 0.1]]), assumed: new Map([["leave", 1e-7]]) };
  assert.deepEqual(read(m, write(m, s)), { state: s, remarks: [] });
  assert.equal(write(m, fresh(m)), "");
});

test("what means nothing in a link is left out and said", () => {
  for (const bad of ["nonsense", "try?scenario=nobody", "try?set.leave=3", "try?assume.coaches=3", "try?set.coaches=abc", "try?from=", "try?set.toString=1", "try?=&&"]) {
    const { state, remarks } = read(m, bad);
    assert.deepEqual(state, fresh(m), bad);
    assert.match(remarks.join(), /ignored/, bad);
  }
});

test("what lies beyond the ends is put at the end and said", () => {
  const { state, remarks } = read(m, "try?set.coaches=99&assume.leave=-1&from=9999");
  assert.deepEqual(state, { preset: "none", from: 2040, moved: new Map([["coaches", 10]]), assumed: new Map([["leave", 0]]) });
  assert.equal(remarks.length, 3);
});

test("the state in words names who was moved and what is assumed", () => {
  const s = { preset: "coaching", from: 2027, moved: new Map([["seats", 5]]), assumed: new Map([["leave", 3]]) };
  assert.equal(spoken(m, s), "Coaching; from 2027 on seats: 5 coaches; assuming leave: 3 coaches instead of 2 coaches");
});

test("percent are typed and shown without the tail of a binary fraction", () => {
  const share = { ...coaches, words: { ...words, kind: "share" } } as Input;
  assert.equal(typed(share, "5.4"), 0.054);
  assert.equal(shownAs(share, 0.07), "7");
  assert.equal(typed(share, "much"), null);
  assert.equal(snapped(coaches, 0.1 + 0.2), 0.3);
});

test("an input of many elements multiplies each; its link and its words are of the factor", () => {
  const all = { ...input("rates", false, [4, 5], 1), base: [2, 0.5], low: 0.5, high: 2, words: { ...words, kind: "share", unit: "", rate: "of the model’s own", finest: 0.001 } } as Input;
  const with2 = { ...m, inputs: [...m.inputs, all] } as Model;
  const s = moveTo(with2, fresh(with2), all, 1.5);
  assert.deepEqual(baseline(with2, s).values, [[4, 3], [5, 0.75]]);
  assert.deepEqual(read(with2, write(with2, s)).state, s);
  assert.match(spoken(with2, s), /rates: 150% of the model’s own instead of 100%/);
});

// Names that every plain object has already: a decision called constructor once looked as if
// the reader had set it, and broke the page.
test("an input may have any name", () => {
  for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
    for (const decision of [true, false]) {
      const odd = input(name, decision, [7], 1);
      const model = { ...m, inputs: [...m.inputs, odd] } as Model;
      assert.deepEqual(yours(model, fresh(model)), { values: [], changes: [] }, name);
      assert.equal(valueOf(model, fresh(model), odd), 1, name);
      const s = moveTo(model, fresh(model), odd, 3);
      assert.equal(valueOf(model, s, odd), 3, name);
      assert.deepEqual(read(model, write(model, s)), { state: s, remarks: [] }, name);
      assert.deepEqual(moveTo(model, s, odd, 1), fresh(model), name);
    }
  }
});
