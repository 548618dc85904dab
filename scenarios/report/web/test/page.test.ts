import assert from "node:assert/strict";
import { test } from "node:test";
import { figureOf, type Figure } from "../src/data.ts";
import { wrapped } from "../src/picture.ts";
import { csvOf, quoted } from "../src/save.ts";
import { compare, valueOf } from "../src/sort.ts";
import { spread, type Label } from "../src/spread.ts";

test("labels are moved apart, in order, within the chart", () => {
  const labels: Label[] = [50, 52, 51, 99].map((at) => ({ at, top: 0, height: 14 }));
  spread(labels, 0, 100, 14);
  const tops = labels.map((l) => l.top);
  assert.deepEqual([...tops].sort((a, b) => a - b), [tops[0], tops[2], tops[1], tops[3]]);
  tops.sort((a, b) => a - b).forEach((t, i) => i > 0 && assert.ok(t - tops[i - 1]! >= 14 - 1e-9));
  assert.ok(tops[3]! + 14 <= 100);
});

test("what does not exist sorts last, both ways", () => {
  const cells = [
    { value: "", text: "–" },
    { value: "-120", text: "−120" },
    { value: "1150", text: "+1,150" },
  ];
  for (const down of [false, true]) {
    const sorted = [...cells].sort((a, b) => compare(a, b, down));
    assert.equal(sorted[2]!.text, "–");
    assert.equal(sorted[0]!.value, down ? "1150" : "-120");
  }
});

test("names sort as words", () => {
  const cell = (text: string) => ({ value: "", text });
  assert.ok(compare(cell("Coaching"), cell("Late"), false) < 0);
  assert.ok(compare(cell("Coaching"), cell("Late"), true) > 0);
});

test("a field cannot break out of a table of numbers, nor run as a formula", () => {
  assert.equal(quoted('a "b", c'), '"a ""b"", c"');
  assert.equal(quoted("=cmd()"), "'=cmd()");
  assert.equal(quoted("-12.5"), "-12.5");
  assert.equal(quoted("</script><script>alert(1)</script>"), "</script><script>alert(1)</script>");
});

// The baseline from 2026 on, a scenario from 2027 on, which breaks down in 2028.
const figure = (): Figure =>
  figureOf(
    {
      times: null,
      lines: [
        { key: "s0", name: "No new decisions", first: 0, values: [100, 90, 80] },
        { key: "s1", name: "Coaching", first: 1, values: [91, null] },
      ],
      recorded: [{ time: 2026, value: 101, words: "101" }],
    } as unknown as Parameters<typeof figureOf>[0],
    { times: [2026, 2027, 2028], dates: ["2026", "2027", "2028"] },
  );

test("a line has a number for each time of its figure, and figures share the page's times", () => {
  const f = figure();
  assert.deepEqual(f.lines.map((l) => l.values), [[100, 90, 80], [null, 91, null]]);
});

test("a chart's file has its exact numbers", () => {
  const f = figure();
  assert.equal(csvOf(f), "time,recorded,No new decisions,Coaching\n2026,101,100,\n2027,,90,91\n2028,,80,\n");
});

test("a chart's file has the ranges of lines with futures", () => {
  const f = figure();
  f.now = 1;
  f.lines[1]!.band = { low: [85.25, null], high: [95, 97], futures: [], words: [] };
  assert.equal(
    csvOf(f),
    "time,recorded,No new decisions,Coaching (median of the futures),Coaching (10th percentile),Coaching (90th percentile)\n" +
      "2026,101,100,,,\n2027,,90,91,85.25,95\n2028,,80,,,97\n",
  );
});

test("the words of a picture are wrapped, whole", () => {
  const title = "Children in city public schools, district and charter together";
  const lines = wrapped(title, 300, 17);
  assert.ok(lines.length > 1 && lines.every((l) => l.length * 17 * 0.56 <= 300));
  assert.equal(lines.join(" "), title);
});

test("a cell sorts by its own number, or by what its title says exactly", () => {
  assert.equal(valueOf("3", "exactly 4"), "3");
  assert.equal(valueOf(undefined, "exactly -1.5e-7"), "-1.5e-7");
  assert.equal(valueOf(undefined, "exactly what was said"), "");
});
