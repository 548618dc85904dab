import assert from "node:assert/strict";
import { test } from "node:test";
import { along, find, missing, nearest, read, write, type Bundle, type Data } from "../src/bundles.ts";

const bundle = (parts: number[], x: number, y: number, best: boolean): Bundle => ({ parts, x, y, xbar: [x, x], ybar: [y, y], rows: [], says: [], best, look: best ? "best" : "other", name: "" });
const d = {
  bundles: [bundle([], 10, 0, true), bundle([0], 30, 30, true), bundle([1], 32, 10, false), bundle([0, 2], 50, 70, true)],
  labels: ["Coach", "Raise", "Share"],
  ids: ["coach", "raise it", "share"],
  apart: [[0, 1]],
} as unknown as Data;
const { bundles } = d;

test("what is pointed at is the nearest within reach, of two in one place the best", () => {
  assert.equal(nearest(bundles, 49, 68, 30), 3);
  assert.equal(nearest(bundles, 400, 400, 30), -1);
  assert.equal(nearest([bundle([1], 5, 5, false), bundle([0], 5, 5, true)], 6, 5, 30), 1);
});

test("keys go along the best by cost, and through all by outcome", () => {
  const best = (from: number, step: number) => along(bundles, from, step, (b) => b.x, (b) => b.best);
  assert.deepEqual([best(0, 1), best(1, 1), best(3, 1), best(0, -1), best(1, 99), best(3, -99)], [1, 3, 3, 0, 3, 0]);
  assert.deepEqual([best(2, 1), best(2, -1)], [3, 1]); // from one beside the frontier
  const all = (from: number, step: number) => along(bundles, from, step, (b) => b.y, () => true);
  assert.deepEqual([all(0, 1), all(2, 1), all(1, 1), all(3, -1)], [2, 1, 3, 1]);
});

test("boxes find their combination in any order, or a reason why there is none", () => {
  assert.equal(find(d, [2, 0]), 3);
  assert.equal(find(d, []), 0);
  assert.equal(find(d, [1, 2]), -1);
  assert.match(missing(d, [0, 1]), /“Coach” and “Raise” cannot be combined/);
  assert.match(missing(d, [1, 2]), /This combination was not run/);
});

test("a link holds a combination; garbage in it means nothing", () => {
  for (const parts of [[], [0], [0, 1, 2]]) assert.deepEqual(read(d, write(d, parts)), parts);
  for (const bad of ["", "chart", "with=nobody", "with=coach+<b>", "with=%ff"]) assert.equal(read(d, bad), null, bad);
});
