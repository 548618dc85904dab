import assert from "node:assert/strict";
import { test } from "node:test";
import { duration, hold, Motion, type Clock } from "../src/motion.ts";

// A Bench is a motion of numbers under a clock that goes when it is told to.
function bench(calm = false) {
  let now = 0;
  let due: { at: number; then: () => void }[] = [];
  const later = (at: number, then: () => void) => {
    const entry = { at, then };
    due.push(entry);
    return () => void (due = due.filter((x) => x !== entry));
  };
  let frames = 16;
  const clock: Clock = { now: () => now, wait: (ms, then) => later(now + ms, then), frame: (then) => later(now + frames, then) };
  const drawn: number[] = [];
  const phases: string[] = [];
  const between = (a: number, b: number, share: number) => a + (b - a) * share;
  const motion = new Motion<number>(clock, (p) => drawn.push(p), between, () => calm, (p) => phases.push(p));
  const pass = (ms: number) => {
    for (const end = now + ms; ; ) {
      const next = due.filter((x) => x.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) return void (now = end);
      due = due.filter((x) => x !== next);
      now = next.at;
      next.then();
    }
  };
  return { motion, drawn, phases, pass, slow: (ms: number) => (frames = ms) };
}

const rising = (list: number[]) => list.every((v, i) => i === 0 || v > list[i - 1]!);

test("a replay holds the old picture, moves in order and ends in the new one", () => {
  const b = bench();
  b.motion.play(1, 2);
  b.pass(hold - 1);
  assert.deepEqual(b.drawn, [1]);
  b.pass(1 + duration + 50);
  assert.ok(b.drawn.length > 10 && rising(b.drawn));
  assert.equal(b.drawn.at(-1), 2);
  assert.deepEqual(b.phases.filter((p, i) => p !== b.phases[i - 1]), ["", "holding", "moving", ""]);
});

test("an answer that arrives while it waits or moves is drawn when it has ended", () => {
  for (const at of [100, hold + duration / 2]) {
    const b = bench();
    b.motion.play(1, 2);
    b.pass(at);
    b.motion.rest(7);
    b.pass(10);
    assert.ok(!b.drawn.includes(7));
    b.pass(hold + 2 * duration);
    assert.ok(b.drawn.length > 10 && rising(b.drawn.slice(0, -1)));
    assert.equal(b.drawn.at(-1), 7);
    b.motion.rest(8);
    assert.equal(b.drawn.at(-1), 8);
  }
});

test("what the reader changes ends a replay at once, and nothing of it comes later", () => {
  const b = bench();
  b.motion.play(1, 2);
  b.motion.rest(7);
  b.pass(hold + 100);
  b.motion.show(5);
  b.pass(5000);
  assert.equal(b.drawn.at(-1), 5);
  assert.equal(b.drawn.filter((v) => v === 5).length, 1);
});

test("a replay that is asked for again begins again", () => {
  const b = bench();
  b.motion.play(1, 2);
  b.pass(hold + 100);
  const before = b.drawn.length;
  b.motion.play(1, 2);
  assert.equal(b.drawn.at(-1), 1);
  b.pass(hold + duration + 50);
  assert.ok(rising(b.drawn.slice(before)));
  assert.equal(b.drawn.at(-1), 2);
});

test("a move begins where the lines are, also on their way", () => {
  const b = bench();
  b.motion.show(0);
  b.motion.move(10);
  b.pass(duration / 2);
  const half = b.drawn.at(-1)!;
  assert.ok(half > 3 && half < 7);
  b.motion.move(0);
  b.pass(17);
  assert.ok(Math.abs(b.drawn.at(-1)! - half) < 2);
  b.pass(duration + 50);
  assert.equal(b.drawn.at(-1), 0);
});

test("a machine that drops frames still shows places on the way", () => {
  const b = bench();
  b.slow(400);
  b.motion.play(1, 2);
  b.pass(10_000);
  assert.equal(b.drawn.length, 6);
  assert.ok(rising(b.drawn));
});

test("without motion the new picture follows the old one in one step", () => {
  const b = bench(true);
  b.motion.play(1, 2);
  b.pass(hold + duration);
  assert.deepEqual(b.drawn, [1, 2]);
  b.motion.move(3);
  assert.equal(b.drawn.at(-1), 3);
});
