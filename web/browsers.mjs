// What tests/browsers.sh asks of pages in three browsers: the texts of the command line, and how long answers take.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { statSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const [folder, program, ...scenarios] = process.argv.slice(2);
const TIMES = Number(process.env.TIMES ?? 9);
const median = times => times.toSorted((a, b) => a - b)[times.length >> 1];
const printed = words => execFileSync(program, [...words, "-q"], { encoding: "utf8" }).trim();

// One way to open a page and to run a function in it, for each browser.
const chromium = async () => {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  return { open: url => page.goto(url), run: (f, ...values) => page.evaluate(`(${f})(...${JSON.stringify(values)})`), close: () => browser.close(), version: browser.version() };
};
const firefox = async () => {
  const { default: puppeteer } = await import("puppeteer-core");
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX, headless: true, protocolTimeout: 600_000 });
  const page = await browser.newPage();
  return { open: url => page.goto(url), run: (f, ...values) => page.evaluate(`(${f})(...${JSON.stringify(values)})`), close: () => browser.close(), version: await browser.version() };
};
const webkit = async () => {
  const at = "http://127.0.0.1:4477/session";
  const driver = spawn("xvfb-run", ["-a", "WebKitWebDriver", "--port=4477"], { stdio: "ignore", detached: true });
  const say = async (path, body, method = "POST") => {
    const answer = await fetch(at + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    const { value } = await answer.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary: process.env.WEBKIT, args: ["--automation"] } } };
  let session;
  for (let n = 0; !session; n += 1) {
    try { session = await say("", { capabilities }); } catch (why) { if (n > 20) throw why; await new Promise(go => setTimeout(go, 500)); }
  }
  const path = `/${session.sessionId}`;
  await say(`${path}/timeouts`, { script: 600_000 });
  // The policy of a page forbids to evaluate texts in it, so the function stands in the script.
  const script = f => `const [values, done] = arguments; Promise.resolve((${f})(...values)).then(is => done({ is }), why => done({ why: String(why) }));`;
  return {
    open: url => say(`${path}/url`, { url }),
    run: async (f, ...values) => {
      const { is, why } = await say(`${path}/execute/async`, { script: script(f), args: [values] });
      if (why) throw new Error(why);
      return is;
    },
    close: async () => { await say(path, null, "DELETE").catch(() => {}); process.kill(-driver.pid); },
    version: session.capabilities.browserVersion,
  };
};
export const browsers = { chromium: [process.env.CHROMIUM, chromium], firefox: [process.env.FIREFOX, firefox], webkit: [process.env.WEBKIT, webkit] };

// In the page.
const ready = async () => {
  const start = Date.now();
  while (document.documentElement.dataset.state !== "ready") {
    if (Date.now() - start > 100_000) throw new Error(`it is ${document.documentElement.dataset.state}: ${document.querySelector(".top")?.textContent}`);
    await new Promise(go => setTimeout(go, 20));
  }
  const mark = name => performance.getEntriesByName(name)[0]?.startTime;
  return { painted: mark("first-contentful-paint"), ready: mark("ready") };
};
const ask = async name => {
  const section = document.querySelector("section[aria-labelledby=w-ask]"), select = section.querySelector("select");
  select.value = name;
  if (select.value !== name) return null;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  do await new Promise(go => setTimeout(go, 20)); while (section.querySelector("[role=status]").textContent || !section.querySelector("pre, .bad"));
  return { text: section.querySelector("pre, .bad").textContent.trim(), command: section.querySelector(".note code")?.textContent };
};
// All questions, of those that ask what drives a claim the first.
const questions = () => {
  const all = [...document.querySelectorAll("section[aria-labelledby=w-ask] option")].map(option => option.value).filter(Boolean);
  return all.filter((name, n) => !name.startsWith("What drives") || n === 0);
};
// Types a number, and tells the milliseconds until an answer of some of the draws, of all of them, and the last difference are painted, and the gaps between frames meanwhile.
const edit = async (address, value) => {
  document.querySelector(`[data-address="${address}"]`).click();
  await new Promise(go => requestAnimationFrame(() => setTimeout(go, 50)));
  const input = document.querySelector(".num.editing input"), marks = name => performance.getEntriesByName(name).length;
  const before = marks("answered"), begunBefore = marks("begun");
  const gaps = [];
  let last = performance.now(), going = true;
  const frame = now => { gaps.push(now - last); last = now; if (going) requestAnimationFrame(frame); };
  requestAnimationFrame(now => { last = now; requestAnimationFrame(frame); });
  const start = performance.now();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, value);
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const typed = performance.now() - start;
  const painted = () => new Promise(go => requestAnimationFrame(() => setTimeout(() => go(performance.now() - start))));
  while (marks("begun") === begunBefore && marks("answered") === before) await new Promise(go => setTimeout(go, 2));
  const begun = await painted();
  while (marks("answered") === before) await new Promise(go => setTimeout(go, 2));
  const answered = await painted();
  input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  while (document.documentElement.dataset.state !== "ready") await new Promise(go => setTimeout(go, 10));
  const settled = performance.now() - start;
  going = false;
  gaps.sort((a, b) => a - b);
  return { typed, begun, answered, settled, gap: gaps[Math.floor(gaps.length * 0.95)] ?? 0 };
};
const draws = n => {
  const select = [...document.querySelectorAll(".tools label")].find(label => label.textContent.startsWith("Draws")).querySelector("select");
  select.value = String(n);
  select.dispatchEvent(new Event("change", { bubbles: true }));
};

const round = times => `${Math.round(median(times))} ms`;
for (const [name, [path, launch]] of Object.entries(browsers)) {
  if (!path || !(process.env.BROWSERS ?? name).includes(name)) { console.log(`${name}: not here, or not asked for`); continue; }
  const { open, run, close, version } = await launch();
  try {
    const times = { painted: [], ready: [], begun: [], first: [], few: [], million: [], settled: [], gap: [], typed: [] };
    for (let n = 0; n < TIMES; n += 1) {
      await open(`file://${join(folder, "timed", "page.html")}`);
      const { painted, ready: at } = await run(ready);
      if (painted) times.painted.push(painted);
      times.ready.push(at);
      const first = await run(edit, "weight.insight", "3");
      times.begun.push(first.begun);
      times.first.push(first.answered);
      for (let k = 0; k < 2; k += 1) await run(edit, "weight.insight", `3.${n}${k}`);
      const warm = await run(edit, "weight.insight", `4.${n}`);
      times.million.push(warm.answered); times.settled.push(warm.settled); times.gap.push(warm.gap); times.typed.push(warm.typed);
      await run(draws, 10_000);
      await run(ready);
      times.few.push((await run(edit, "weight.insight", `5.${n}`)).answered);
    }
    console.log(`${name} ${version}: ${times.painted.length ? `published answer painted after ${round(times.painted)}, ` : ""}engine ready after ${round(times.ready)}, first edit ${round(times.begun)} until an answer of some draws and ${round(times.first)} until that of a million, `
      + `warm edit ${round(times.few)} at 10,000 draws and ${round(times.million)} at a million (${round(times.settled)} with all differences), 95% of frames within ${round(times.gap)}, typing ${round(times.typed)}`);
    let same = 0;
    for (const scenario of scenarios) {
      const page = join(folder, scenario, "page.html");
      await open(`file://${page}`);
      await run(ready);
      for (const question of await run(questions)) {
        const { text, command } = await run(ask, question);
        // What is refused has no command.
        if (!command) continue;
        const words = command.match(/'[^']*'|\S+/g).map(word => word.replaceAll("'", "")).map(word => word === "page.html" ? page : word);
        assert.equal(text, printed(words.slice(1)), `${name}, ${scenario}: ${question}`);
        same += 1;
      }
    }
    console.log(`${name}: ${same} texts equal those of the command line`);
  } finally { await close(); }
}
const file = readFileSync(join(folder, "timed", "page.html"));
console.log(`the page of takeoff.ron: ${statSync(join(folder, "timed", "page.html")).size} bytes, ${gzipSync(file, { level: 9 }).length} gzipped`);
