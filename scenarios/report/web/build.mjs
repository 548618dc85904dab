// Bundles src/page.ts, src/bundles.ts and src/run.ts, each into one file for a page, and the unit
// tests for node. A bundle that holds other people's code begins with their licences.
import { build } from "esbuild";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

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

const pages = await build({
  ...shared,
  plugins: [workerSource],
  entryPoints: ["src/page.ts", "src/bundles.ts", "src/run.ts"],
  outdir: "dist",
  format: "iife",
  target: "es2022",
  minify: true,
  metafile: true,
});

// licencesOf is the text of every licence and notice of a package: in its folder, and in
// the folder licenses for parts that it took over itself.
function licencesOf(name) {
  const root = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
  const list = (folder) => readdirSync(folder, { withFileTypes: true }).filter((f) => f.isFile()).map((f) => `${folder}/${f.name}`);
  const own = list(root).filter((f) => /\/(licen[cs]e|notice|copyright)[^/]*$/i.test(f));
  const parts = readdirSync(root).includes("licenses") ? list(`${root}/licenses`) : [];
  if (own.length === 0) throw new Error(`${name} has no licence`);
  const texts = [...own, ...parts].map((f) => readFileSync(f, "utf8").trim());
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}

// The Go side cuts the licences off again (assets.go): they are shown, not run.
for (const [file, output] of Object.entries(pages.metafile.outputs)) {
  const found = Object.keys(output.inputs).map((i) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(i)?.[1]);
  const names = [...new Set(found.filter(Boolean))].sort();
  if (names.length === 0) continue;
  const text = names.map(licencesOf).join(`\n\n${"-".repeat(72)}\n\n`).replaceAll("*/", "* /");
  writeFileSync(file, `/*!licences\n${text}\n*/\n${readFileSync(file, "utf8")}`);
}

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
