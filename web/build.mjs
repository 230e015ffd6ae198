// Builds what pages are made of: `npm ci --prefix web && node web/build.mjs` for all of it, `node web/build.mjs front` for script and style
// alone, which takes no Rust, and `node web/build.mjs engine [FOLDER]` for the engine. It goes below src, because the crate packs nothing of
// another package.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const web = dirname(fileURLToPath(import.meta.url)), root = dirname(web), out = resolve(process.argv[3] ?? join(root, "src/report/html/live"));
mkdirSync(out, { recursive: true });
const wanted = process.argv[2] ?? "all";

if (wanted !== "front") {
  const target = "wasm32-unknown-unknown";
  const folder = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  // The places of panics name no folder of the machine that builds. What must be inlined for speed says so; the rest is inlined where that
  // makes it smaller.
  const sysroot = spawnSync("rustc", ["--print", "sysroot"], { encoding: "utf8" }).stdout.trim();
  const cargo = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const remap = [[root, "headstart"], [cargo, "cargo"], [sysroot, "rust"]].map(([from, to]) => ` --remap-path-prefix=${from}=${to}`).join("");
  const env = { ...process.env, CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: `-C target-feature=+simd128 -C llvm-args=-inline-threshold=40${remap}` };
  const built = spawnSync("cargo", ["build", "--locked", "-p", "headstart-web", "--profile", "web", "--target", target], { cwd: root, env, stdio: "inherit" });
  if (built.status !== 0) process.exit(1);
  const engine = readFileSync(join(folder, target, "web", "headstart_web.wasm"));
  // Small, and quick to unpack; the header says the size, so that a page knows it before.
  const packed = execFileSync("xz", ["--format=lzma", "--lzma1=preset=9e,lc=4,lp=0,pb=0", "--stdout"], { input: engine, maxBuffer: engine.length });
  packed.writeBigUInt64LE(BigInt(engine.length), 5);
  writeFileSync(join(out, "engine.wasm.lzma"), packed);
  console.log(`engine.wasm.lzma ${packed.length} bytes, unpacked ${engine.length}`);
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
  writeFileSync(join(out, "page.js"), script);
  writeFileSync(join(out, "page.css"), await text({ entryPoints: ["front/page.css"] }));
  console.log(`page.js ${script.length} bytes`);
}
