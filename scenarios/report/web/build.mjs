// Bundles src/page.ts and src/bundles.ts, each into one file for a page, and the unit
// tests for node.
import { build } from "esbuild";
import { readdirSync } from "node:fs";

const shared = { bundle: true, legalComments: "none", charset: "ascii", logLevel: "warning" };

// The worker goes into the page's script as text: it is started from a Blob.
const worker = await build({ ...shared, entryPoints: ["src/live/worker.ts"], format: "iife", target: "es2022", minify: true, write: false });
const workerSource = {
  name: "worker-source",
  setup(b) {
    b.onResolve({ filter: /^worker-source$/ }, (a) => ({ path: a.path, namespace: "worker" }));
    b.onLoad({ filter: /.*/, namespace: "worker" }, () => ({ contents: worker.outputFiles[0].text, loader: "text" }));
  },
};

await build({
  ...shared,
  plugins: [workerSource],
  entryPoints: ["src/page.ts", "src/bundles.ts"],
  outdir: "dist",
  format: "iife",
  target: "es2022",
  minify: true,
});

if (process.argv.includes("--tests")) {
  await build({
    ...shared,
    entryPoints: readdirSync("test").filter((f) => f.endsWith(".test.ts")).map((f) => `test/${f}`),
    outdir: "node_modules/.tests",
    format: "esm",
    platform: "node",
    outExtension: { ".js": ".mjs" },
  });
}
