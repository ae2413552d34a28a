// Builds what pages load, into the (git-ignored) bundle of huijia.core.web: `npm ci && npm run build`.
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { sheetOfIcons } from "./icons.mjs";
import { tablerParts } from "./tabler.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const bundle = join(here, "../src/huijia/core/web/static/bundle");
const fresh = `${bundle}.${process.pid}`; // takes the bundle's place only when all of it is built
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

process.on("exit", () => rmSync(fresh, { recursive: true, force: true }));
await mkdir(fresh, { recursive: true });
await build({
  entryPoints: ["desk.css", "worker.css"].map((name) => join(here, name)),
  outdir: fresh,
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
  outdir: fresh,
  bundle: true,
  minify: true,
  format: "esm",
  target,
  legalComments: "linked",
  logLevel: "warning",
});
const icons = join(here, "../node_modules/@tabler/icons/icons");
await writeFile(join(fresh, "icons.svg"), await sheetOfIcons(icons));

await rm(bundle, { recursive: true, force: true });
await rename(fresh, bundle);

for (const name of (await readdir(bundle)).sort()) {
  const content = await readFile(join(bundle, name));
  const inKilobytes = (bytes) => `${(bytes / 1024).toFixed(1).padStart(7)} kB`;
  const packed = inKilobytes(gzipSync(content).length);
  console.log(`${name.padEnd(24)}${inKilobytes(content.length)}${packed} gzip`);
}
