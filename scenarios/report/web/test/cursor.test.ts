import assert from "node:assert/strict";
import { test } from "node:test";
import { readings } from "../src/chart.ts";
import { indexAt, nearest, stepped } from "../src/cursor.ts";
import type { Figure } from "../src/data.ts";

const quarters = Array.from({ length: 9 }, (_, i) => 2026 + i / 4);

test("the nearest time", () => {
  assert.equal(nearest(quarters, 2026.3), 1);
  assert.equal(nearest(quarters, 1990), 0);
});

test("a chart that does not reach a time has no row for it", () => {
  assert.equal(indexAt(quarters, 2026.5), 2);
  assert.equal(indexAt(quarters, 2010), -1);
});

test("keys move a year at a time, with Shift a row", () => {
  assert.equal(stepped(quarters, 1, "ArrowRight", false), 4); // to the whole year 2027
  assert.equal(stepped(quarters, 4, "ArrowLeft", false), 0);
  assert.equal(stepped(quarters, 4, "ArrowRight", true), 5);
  assert.equal(stepped(quarters, 8, "ArrowRight", true), 8);
  assert.equal(stepped(quarters, 3, "Home", false), 0);
  assert.equal(stepped(quarters, 3, "End", false), 8);
  assert.equal(stepped(quarters, 3, "x", false), null);
});

test("readings are of lit lines, highest first, in the page's words", () => {
  const f = {
    lines: [
      { key: "s0", name: "none", words: ["1,000"], values: [1000] },
      { key: "s1", name: "more", words: ["1,200"], values: [1200] },
      { key: "s2", name: "dark", words: ["900"], values: [900] },
      { key: "s3", name: "later", words: [""], values: [null] },
    ],
  } as unknown as Figure;
  const got = readings(f, 0, (k) => k !== "s2").map((r) => r.words);
  assert.deepEqual(got, ["1,200", "1,000"]);
});
