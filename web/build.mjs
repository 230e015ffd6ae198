// Builds what pages are made of into web/dist: `npm ci --prefix web && node web/build.mjs` for all of it, `node web/build.mjs front` for
// script and style alone, which takes no Rust.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const web = dirname(fileURLToPath(import.meta.url)), root = dirname(web), dist = join(web, "dist");
mkdirSync(dist, { recursive: true });
const wanted = process.argv[2] ?? "all";

if (wanted !== "front") {
  const target = "wasm32-unknown-unknown";
  const folder = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  // The places of panics name no folder of the machine that builds.
  const sysroot = spawnSync("rustc", ["--print", "sysroot"], { encoding: "utf8" }).stdout.trim();
  const cargo = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const remap = [[root, "headstart"], [cargo, "cargo"], [sysroot, "rust"]].map(([from, to]) => ` --remap-path-prefix=${from}=${to}`).join("");
  const env = { ...process.env, CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: `-C target-feature=+simd128${remap}` };
  const built = spawnSync("cargo", ["build", "--locked", "-p", "headstart-web", "--profile", "web", "--target", target], { cwd: root, env, stdio: "inherit" });
  if (built.status !== 0) process.exit(1);
  const engine = readFileSync(join(folder, target, "web", "headstart_web.wasm"));
  writeFileSync(join(dist, "engine.wasm.gz"), gzipSync(engine, { level: 9 }));
}

if (wanted !== "engine") {
  const { build } = await import("esbuild");
  const options = { bundle: true, minify: true, write: false, target: "es2022", legalComments: "none", charset: "ascii", absWorkingDir: web };
  const text = async more => (await build({ ...options, ...more })).outputFiles[0].text;
  const worker = await text({ entryPoints: ["front/worker.js"], format: "iife" });
  const inline = {
    name: "worker",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^worker$/ }, () => ({ path: "worker", namespace: "worker" }));
      onLoad({ filter: /.*/, namespace: "worker" }, () => ({ contents: worker, loader: "text" }));
    },
  };
  const script = await text({ entryPoints: ["front/page.jsx"], format: "iife", jsx: "automatic", jsxImportSource: "preact", plugins: [inline] });
  // The script stands in the page itself.
  if (/<\/script|<!--/i.test(script)) throw new Error("the script would end itself");
  writeFileSync(join(dist, "page.js"), script);
  writeFileSync(join(dist, "page.css"), await text({ entryPoints: ["front/page.css"] }));
  console.log(`page.js ${script.length} bytes`);
}
