// A worker: answers questions about its share of the futures; a newer question stops an
// older one.

import { Futures, type Question, type Setup } from "./futures.ts";
import { Host } from "./host.ts";

const slice = 8; // ms between two looks at the mail

let ready: Promise<Futures> | null = null;
let newest = 0;

async function prepare(setup: Setup): Promise<Futures> {
  const instance = await WebAssembly.instantiate(setup.module);
  return new Futures(new Host(instance, setup.model.layout), setup);
}

// pause lets mail in. A timer would wait for 4 ms.
const channel = new MessageChannel();
const pause = () =>
  new Promise((done) => {
    channel.port1.onmessage = done;
    channel.port2.postMessage(null);
  });

async function answer(q: Question): Promise<void> {
  const futures = await ready!;
  if (newest !== q.id) return;
  futures.ask(q);
  for (let part = futures.go(), begun = performance.now(); part !== undefined; part = futures.go()) {
    if (part) postMessage(part);
    if (performance.now() - begun < slice) continue;
    await pause();
    if (newest !== q.id) return;
    begun = performance.now();
  }
}

addEventListener("message", (e: MessageEvent<Setup | Question>) => {
  if ("module" in e.data) {
    ready = prepare(e.data);
    return;
  }
  newest = e.data.id;
  void answer(e.data);
});
