import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input, Preset } from "../src/generated.ts";
import { arguedOf } from "../src/live/controls.ts";

test("levers that some scenario moves are those that are argued about", () => {
  const input = (name: string, at: number[], decision = true) => ({ name, at, decision }) as Input;
  const preset = (...at: number[]) => ({ changes: at.map((a) => ({ at: a })) }) as Preset;
  const m = { inputs: [input("test", [0]), input("each", [1, 2]), input("closing", [3]), input("birth", [4], false)], presets: [preset(), preset(2), preset(3, 4)] };
  assert.deepEqual([...arguedOf(m)], ["each", "closing"]); // an element counts for all, an assumption is no lever
  assert.equal(arguedOf({ ...m, presets: [preset()] }).size, 0);
});
