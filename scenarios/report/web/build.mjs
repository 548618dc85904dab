// Bundles src/page.ts, src/bundles.ts and src/run.ts, each into one file for a page; ECharts into
// a file of its own, compressed, with the licences of its parts beside it; and the unit tests for
// node.
import { build } from "esbuild";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

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
  entryPoints: ["src/page.ts", "src/bundles.ts", "src/run.ts", "src/echarts.ts"],
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

// Other people's code is in the library alone; its licences are shown, not run.
for (const [file, output] of Object.entries(pages.metafile.outputs)) {
  const found = Object.keys(output.inputs).map((i) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(i)?.[1]);
  const names = [...new Set(found.filter(Boolean))].sort();
  if (file !== "dist/echarts.js") {
    if (names.length > 0) throw new Error(`${file} has parts of ${names.join(", ")}, whose licences no page would show`);
    continue;
  }
  writeFileSync("dist/licences.txt", names.map(licencesOf).join(`\n\n${"-".repeat(72)}\n\n`));
  writeFileSync("dist/echarts.js.gz", gzipSync(readFileSync(file), { level: 9 }));
  rmSync(file);
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
