// The script of the page of a run: charts of any variable, sliders, the comparison of two runs,
// and the model as a walk. Without it the pictures of the run stand.

import { island } from "./data.ts";
import type { Runs, Walk } from "./generated.ts";
import { Host } from "./live/host.ts";
import type { Model } from "./live/model.ts";
import { Bank } from "./run/bank.ts";
import { Board } from "./run/board.ts";
import { Levers } from "./run/levers.ts";
import { Pair } from "./run/pair.ts";
import { saving } from "./run/save.ts";
import { unpack } from "./save.ts";
import { Walker } from "./walk/walk.ts";

const root = document.documentElement;

async function start(): Promise<void> {
  const text = document.getElementById("runs")?.textContent;
  if (!text) return;
  const runs = JSON.parse(text) as Runs;
  const m = (await island("model")) as Model;
  const code = await unpack({ name: "", type: "", data: m.whole.code });
  const { instance } = await WebAssembly.instantiate(code);
  const w = (await island("places")) as Walk;
  const bank = await Bank.open(m, new Host(instance, m.whole.layout), runs);
  root.classList.add("script");
  const board = new Board(document.getElementById("board")!, m, w, runs, bank);
  const levers = new Levers(document.getElementById("levers-of-run")!, m, bank, runs);
  const pair = new Pair(document.getElementById("pair")!, w, runs, bank, (c) => board.add(c));
  saving(document.getElementById("save")!, runs, bank, m);
  let walker: Walker | null = null;
  bank.listen(() => {
    board.show();
    pair.show();
    walker?.show(bank.shown());
  });
  levers.show();
  performance.mark("run ready");
  root.dataset["ready"] = "";
  whenNear(document.getElementById("walk")!, () => {
    walker = new Walker(document.getElementById("walk")!, w, m, bank.host, { x: runs.x }, runs.title);
    walker.show(bank.shown());
  });
}

// whenNear calls f once a part of the page comes near the window.
function whenNear(part: HTMLElement, f: () => void): void {
  new IntersectionObserver(
    ([e], seen) => {
      if (!e!.isIntersecting) return;
      seen.disconnect();
      f();
      part.dataset["ready"] = "";
    },
    { rootMargin: "200px" },
  ).observe(part);
}

void start();
