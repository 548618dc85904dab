// Runs exported modules, each first as it is and then with a number that is set and taken back, and
// prints a line for each: how many times, whether complete, and a hash of the bits of all outputs.
import { createHash } from "node:crypto";

for (const path of process.argv.slice(2)) {
  const { createModel, inputs, outputs } = await import(path);
  const [model, other] = [await createModel(), await createModel()];
  const hash = (result) => {
    const h = createHash("sha256");
    h.update(new Uint8Array(result.times.buffer));
    for (const o of outputs) h.update(new Uint8Array(result.series(o.name).buffer));
    return h.digest("hex");
  };
  const first = model.run();
  const before = hash(first);
  const twice = inputs[0].name;
  const at = [model.get(twice)].flat();
  model.set(twice, at[0] + 0.5);
  other.set(twice, 7);
  const moved = hash(model.run());
  const again = hash(model.reset().run());
  console.log(first.times.length, first.complete, before, moved, again === before && hash(first) === before);
}
