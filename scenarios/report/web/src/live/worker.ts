// The worker: answers questions about futures; a newer question stops an older one.

import { Round, type Known, type Question, type Setup } from "./futures.ts";
import { Host } from "./host.ts";

const slice = 20; // futures between two looks at the mail

let ready: Promise<{ host: Host; setup: Setup }> | null = null;
let newest = 0;
const known: Known = { key: "", runs: [] };

async function prepare(setup: Setup): Promise<{ host: Host; setup: Setup }> {
  const { instance } = await WebAssembly.instantiate(setup.bytes);
  return { host: new Host(instance, setup.model.layout), setup };
}

const pause = () => new Promise((done) => setTimeout(done, 0));

async function answer(q: Question): Promise<void> {
  const { host, setup } = await ready!;
  const begun = performance.now();
  const round = new Round(host, setup, q, known);
  while (!round.go(slice)) {
    await pause();
    if (newest !== q.id) return;
  }
  postMessage(round.answer(performance.now() - begun));
}

addEventListener("message", (e: MessageEvent<Setup | Question>) => {
  if ("bytes" in e.data) {
    ready = prepare(e.data);
    return;
  }
  newest = e.data.id;
  void answer(e.data);
});
