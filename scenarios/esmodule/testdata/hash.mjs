// Runs exported modules, in Node or a browser: each as it is, with a number set, and with a change in
// the run. The answer has, for each module, a line of JSON: how the runs were set up, how many times
// they have, whether they are complete, and a hash of the bits of all outputs.

/** Returns the SHA-256 of the bits of a result's times and outputs. */
async function hash(result, outputs) {
  const columns = [result.times, ...outputs.map((o) => result.series(o.name))];
  const all = new Float64Array(columns.length * result.times.length);
  columns.forEach((c, i) => all.set(c, i * result.times.length));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", all));
  return Array.from(digest, (b) => b.toString(16).padStart(2, "0")).join("");
}

/** Returns the line of a module, which lies at a path. */
async function line(path) {
  const { createModel, inputs, outputs, time } = await import(path);
  const [model, other] = [await createModel(), await createModel()];
  const of = async (result) => ({ times: result.times.length, complete: result.complete, bits: await hash(result, outputs) });
  const usual = model.run();
  const runs = [await of(usual)];

  const name = inputs[0].name;
  const value = [model.get(name)].flat()[0] * 1.25 + 0.5;
  other.set(name, 7); // a model of its own
  runs.push({ ...(await of(model.set(name, value).run())), set: { [name]: value } });

  const moves = model.reset() && inputs.find((i) => i.moves);
  if (moves) {
    const middle = (time.start + time.stop) / 2;
    const change = { add: 0.25 * [model.get(moves.name)].flat()[0] + 0.1, from: middle, over: 3 * time.step, until: (middle + time.stop) / 2 };
    runs.push({ ...(await of(model.change(moves.name, change).run())), change: { name: moves.name, ...change } });
  }
  const again = await of(model.reset().run());
  const same = again.bits === runs[0].bits && (await hash(usual, outputs)) === runs[0].bits;
  return JSON.stringify({ runs, same });
}

/** Returns the lines of modules. */
export async function lines(paths) {
  const all = [];
  for (const path of paths) all.push(await line(path));
  return all;
}

if (globalThis.process?.argv) for (const text of await lines(process.argv.slice(2))) console.log(text);
