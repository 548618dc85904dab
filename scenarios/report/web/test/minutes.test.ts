import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { differences, html, json, minutesOf, parse, sheet, sheetHash, type Minutes } from "../src/record/minutes.ts";
import { Sitting, spokenEntry } from "../src/record/record.ts";
import { Guess } from "../src/room/guess.ts";

const names = { model: "City", model_hash: "a".repeat(64), set: "Ways", set_hash: "b".repeat(64), version: "1" };
const evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & \"'";

function sitting(): Sitting {
  const s = new Sitting(0);
  s.add({ at: 1000, kind: "note", text: evil });
  s.add({ at: 2000, kind: "tried", state: "try?set.a=1", words: evil, effect: "+1", runs: [{ title: "t", base: [1, 0.1 + 0.2], yours: [2, null] }] });
  s.add({ at: 3000, kind: "guess", about: "A", key: "s1", words: "more", values: [null, 2], hands: { more: 3, same: 0, less: 1 } });
  return s;
}

test("minutes read back as they were written, from both files, to the last digit", () => {
  const m = minutesOf(names, sitting());
  assert.deepEqual(parse(json(m)), m);
  assert.deepEqual(parse(html(m)), m);
});

test("no text of a reader ends an element or runs", () => {
  const text = html(minutesOf(names, sitting()));
  assert.equal(text.split("<script").length, 2); // the data alone
  assert.ok(!text.includes("<img") && text.includes("&#60;img src=x"));
  assert.ok(!json(minutesOf(names, sitting())).includes("<"));
});

test("the minutes' policy knows their style by its hash", () => {
  assert.equal(sheetHash, createHash("sha256").update(sheet).digest("base64"));
});

test("garbage is refused with a reason, and nothing of a file is taken on trust", () => {
  for (const text of ["", "{", "[]", "null", "3", '{"weir":"minutes","version":2,"entries":[]}', '{"weir":"minutes","version":1}', '{"weir":"minutes","version":1,"entries":[{"at":"now","kind":"note","text":"x"}]}', '{"weir":"minutes","version":1,"entries":[{"at":1,"kind":"spell"}]}']) {
    assert.equal(typeof parse(text), "string", text);
  }
  const m = parse('{"weir":"minutes","version":1,"page":7,"started":"x","entries":[{"at":1,"kind":"guess","words":"w","hands":{"more":-3,"same":"x","less":1e9},"values":[1,"2",null]}]}') as Minutes;
  assert.deepEqual(m.entries, [{ at: 1, kind: "guess", about: "", key: "", words: "w", values: [1, null, null], hands: { more: 0, same: 0, less: 0 } }]);
  assert.equal(m.page.model, "");
});

test("another version is said, and in what", () => {
  const m = minutesOf(names, sitting());
  assert.deepEqual(differences(m, names), []);
  const said = differences(m, { ...names, model_hash: "c".repeat(64), version: "2" });
  assert.equal(said.length, 2);
  assert.ok(said[0]!.includes("aaaaaaaaaaaa") && said[0]!.includes("cccccccccccc"));
});

test("notes are undone one by one; other entries stay", () => {
  const s = sitting();
  s.undoNote();
  s.undoNote();
  assert.deepEqual(s.entries.map((e) => e.kind), ["tried", "guess"]);
  assert.equal(spokenEntry(s.entries[1]!), "Guessed about “A”: more; hands: 3 more, 0 about the same, 1 less");
});

test("a guess is drawn between the points of a hand, and ends where it was said to", () => {
  const g = new Guess(5);
  g.put(0, 0, null);
  g.put(4, 8, 0);
  assert.deepEqual(g.values, [0, 2, 4, 6, 8]);
  g.ramp(-3);
  assert.equal(g.values[0], -0);
  assert.equal(g.end, -3);
  g.clear();
  assert.ok(g.empty && g.end === null);
  g.put(9, 1, null);
  assert.ok(g.empty);
});
