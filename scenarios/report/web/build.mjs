// Bundles src/page.ts into one file for the page, and the unit tests for node.
import { build } from "esbuild";
import { readdirSync } from "node:fs";

const shared = { bundle: true, legalComments: "none", charset: "ascii", logLevel: "warning" };

await build({
  ...shared,
  entryPoints: ["src/page.ts"],
  outfile: "dist/page.js",
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
