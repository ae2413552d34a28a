// Builds what pages load, into the (git-ignored) bundle of huijia.core.web: `npm ci && npm run build`.
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { readFile, readdir } from "node:fs/promises";
import { build } from "esbuild";
import { sheetOfIcons } from "./icons.mjs";
import { tablerParts } from "./tabler.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const bundle = join(here, "../src/huijia/core/web/static/bundle");
// What city offices and phones still run: Chromium 90 (the domestic browsers' base), iOS 14.
const target = ["chrome90", "safari14", "firefox90"];

// `@import "tabler"` in desk.css means the parts of Tabler that tabler.mjs keeps.
const tabler = {
  name: "tabler",
  setup(esbuild) {
    esbuild.onResolve({ filter: /^tabler$/ }, () => ({ path: "tabler", namespace: "tabler" }));
    esbuild.onLoad({ filter: /.*/, namespace: "tabler" }, async () => ({
      contents: await tablerParts(join(here, "../node_modules/@tabler/core/dist/css/tabler.css")),
      loader: "css",
    }));
  },
};

await rm(bundle, { recursive: true, force: true });
await mkdir(bundle, { recursive: true });
await build({
  entryPoints: ["desk.css", "worker.css"].map((name) => join(here, name)),
  outdir: bundle,
  bundle: true,
  minify: true,
  target,
  plugins: [tabler],
  loader: { ".svg": "file" },
  assetNames: "[name]",
  logLevel: "warning",
});
await build({
  entryPoints: ["desk.js", "chart.js"].map((name) => join(here, name)),
  outdir: bundle,
  bundle: true,
  minify: true,
  format: "esm",
  target,
  legalComments: "linked",
  logLevel: "warning",
});
const icons = join(here, "../node_modules/@tabler/icons/icons");
await writeFile(join(bundle, "icons.svg"), await sheetOfIcons(icons));

for (const name of (await readdir(bundle)).sort()) {
  const path = join(bundle, name);
  const { size } = await stat(path);
  const packed = gzipSync(await readFile(path)).length;
  const inKilobytes = (bytes) => `${(bytes / 1024).toFixed(1).padStart(7)} kB`;
  console.log(`${name.padEnd(24)}${inKilobytes(size)}${inKilobytes(packed)} gzip`);
}
