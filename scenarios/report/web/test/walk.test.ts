import assert from "node:assert/strict";
import { test } from "node:test";
import dagre from "@dagrejs/dagre";
import type { Place, Walk } from "../src/generated.ts";
import { arrowsOf, coreOf, most } from "../src/walk/core.ts";
import { lay } from "../src/walk/layout.ts";
import { boxesOf, mapOf } from "../src/walk/map.ts";

type Link = [to: number, sign: "+" | "-" | "?", delayed?: boolean];

const place = (name: string, kind: string, acts: Link[], module = ""): Place => ({
  name, label: name, module, kind, about: "", unit: "", equation: "", words: "", evidence: "", source: "", owner: "",
  acts: acts.map(([on, sign, delayed]) => ({ on, sign, delayed: delayed ?? false, initial: false, material: kind === "flow" })),
  columns: [], elements: [], loops: [],
});

const walk = (places: Place[]): Walk => ({ modules: [], places, loops: [], scored: [], left_out: "" });

// A stock that drains through two steps which are not shown: fewer · fewer is more, after a delay.
const chain = walk([
  place("water", "stock", [[1, "-", true]]),
  place("first", "aux", [[2, "-"]]),
  place("drain", "flow", [[0, "-"]]),
]);

test("a way through hidden places is one arrow with the product of its signs", () => {
  assert.deepEqual(arrowsOf(chain, [0, 2], [0, 1, 2]), [
    { from: 0, to: 1, sign: "+", delayed: true, material: false },
    { from: 1, to: 0, sign: "\u2212", delayed: false, material: true },
  ]);
});

test("two ways of different signs, and a sign that nobody knows, are either", () => {
  const both = walk([place("a", "stock", [[1, "+"], [2, "+"]]), place("b", "aux", [[3, "+"]]), place("c", "aux", [[3, "-"]]), place("d", "flow", [[0, "?"]])]);
  assert.deepEqual(arrowsOf(both, [0, 3], [0, 1, 2, 3]).map((a) => a.sign), ["\u00b1", "\u00b1"]);
});

test("ways that leave the module are not followed, and a place that is shown ends one", () => {
  assert.deepEqual(arrowsOf(chain, [0, 2], [0, 2]), [{ from: 1, to: 0, sign: "\u2212", delayed: false, material: true }]);
  assert.equal(arrowsOf(chain, [0, 1, 2], [0, 1, 2]).length, 3);
});

test("at most twelve are shown: what accumulates first, nothing that has no link", () => {
  const list = Array.from({ length: 40 }, (_, i) => place(`v${i}`, i === 30 ? "stock" : "aux", i < 39 ? [[i + 1, "+"]] : []));
  const w = walk([...list, place("lonely", "stock", [])]);
  const core = coreOf(w, w.places.map((_, i) => i));
  assert.equal(core.length, most);
  assert.ok(core.includes(30));
  assert.ok(!core.includes(40));
});

// Twelve boxes in a ring with chords, both ways round.
const lines = Array.from({ length: 12 }, (_, i) => ["A variable with", `a long name ${i}`, "of three lines"].slice(0, 1 + (i % 3)));
const arrows = lines.flatMap((_, i) => [1, 5].map((d) => ({ from: i, to: (i + d) % 12, sign: "+" as const, delayed: false, material: false })));

for (const across of [true, false]) {
  test(`boxes laid out ${across ? "across" : "down"} do not cover each other, and each arrow has room for its sign`, () => {
    const l = lay(dagre, lines, arrows, across);
    l.boxes.forEach((a, i) => {
      assert.ok(a.x - a.width / 2 >= 0 && a.x + a.width / 2 <= l.width && a.y - a.height / 2 >= 0 && a.y + a.height / 2 <= l.height);
      for (const b of l.boxes.slice(0, i)) assert.ok(Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2);
    });
    assert.equal(l.signs.length, arrows.length);
    for (const s of l.signs) assert.ok(!l.boxes.some((b) => Math.abs(s.x - b.x) < b.width / 2 && Math.abs(s.y - b.y) < b.height / 2));
    assert.deepEqual(lay(dagre, lines, arrows, across), l); // the same every time
  });
}

test("modules act on each other with the sign that all their links share", () => {
  const w = walk([place("a", "stock", [[1, "+"]], "one"), place("b", "aux", [[2, "-"], [0, "+"]], "two"), place("c", "aux", [[0, "-"]], "three.inner")]);
  const map = mapOf(w, boxesOf(w, "whole"), () => {});
  assert.deepEqual(map.cards.map((c) => c.label), ["whole", "whole", "whole"]); // modules without a label
  assert.deepEqual(map.arrows.map((a) => `${a.from}${a.sign}${a.to}`).sort(), ["0+1", "1+0", "1\u22122", "2\u22120"]);
  assert.equal(boxesOf(walk(Array.from({ length: 20 }, (_, i) => place(`v${i}`, "aux", [], `m${i}`))), "whole").length, 12);
});
