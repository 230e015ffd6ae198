// What tests/page.sh asks of pages in Chromium.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const [folder, program, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const trouble = [];

const open = async (name, options = {}, fragment = "") => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, bypassCSP: options.bypassCSP, ...options });
  const page = await context.newPage();
  page.on("console", message => trouble.push(`${name}: ${message.text()}`));
  page.on("pageerror", error => trouble.push(`${name}: ${error.stack}`));
  page.on("request", request => { if (!/^(file|blob|data):/.test(request.url())) trouble.push(`${name} asks for ${request.url()}`); });
  const start = Date.now();
  await page.goto(`file://${join(folder, name)}.html${fragment}`);
  const painted = Date.now() - start;
  await page.waitForSelector('html[data-state="ready"]', { timeout: 60_000 });
  return { page, painted, ready: Date.now() - start };
};
const settled = page => page.waitForFunction(() => document.documentElement.dataset.state === "ready", null, { timeout: 60_000 });
const finding = page => page.textContent(".finding");
const type = async (page, address, value) => {
  await page.click(`[data-address="${address}"]`);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(value);
};
const check = async (page, when) => {
  const found = await page.evaluate(async code => { if (!window.axe) (0, eval)(code); return (await window.axe.run("#workspace")).violations; }, axe);
  assert.deepEqual(found.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary.slice(0, 300)}`), [], when);
};

// An edit, its answer, and the same on the command line.
{
  const { page, painted, ready } = await open("takeoff");
  const file = readFileSync(join(folder, "takeoff.html"));
  console.log(`takeoff: ${statSync(join(folder, "takeoff.html")).size} bytes, ${gzipSync(file).length} gzipped; loaded in ${painted} ms, ready in ${ready} ms`);
  const published = await finding(page);
  const start = Date.now();
  await type(page, "weight.insight", "3");
  await page.waitForFunction(before => document.querySelector(".finding").textContent !== before, published);
  console.log(`first edit answered in ${Date.now() - start} ms`);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.address), "weight.insight", "the focus stays");
  await settled(page);
  console.log(`a million draws and what they change in ${Date.now() - start} ms`);
  const mine = await finding(page);
  const printed = execFileSync(program, ["run", join(folder, "takeoff.html"), "-q", "--edit", "weight.insight = 3"], { encoding: "utf8" });
  const claim = await page.textContent(".claim .value strong");
  assert.ok(printed.includes(claim), `${claim} in ${printed}`);
  assert.match(mine, /Largest change: .* points/);
  // What is refused keeps the last good answer, with the message at the number.
  await type(page, "score.insight.ai_control", "nonsense");
  await page.waitForSelector('html[data-state="stale"]');
  assert.match(await page.textContent(".num.editing .bad"), /cannot be made/);
  assert.equal(await finding(page), mine);
  await page.keyboard.press("Escape");
  await settled(page);
  // A link there and back.
  await page.evaluate(() => { window.copied = null; navigator.clipboard.writeText = async text => { window.copied = text; }; });
  await page.click("text=Copy link");
  await page.waitForFunction(() => window.copied);
  const link = await page.evaluate(() => window.copied);
  const { page: other } = await open("takeoff", {}, link.slice(link.indexOf("#")));
  await settled(other);
  await other.waitForFunction(text => document.querySelector(".finding").textContent === text, mine, { timeout: 30_000 });
  // Links that are damaged, foreign or hostile do nothing but say so.
  for (const [fragment, says] of [
    ["#of=000000000000&edits=", /another scenario/], [link.slice(link.indexOf("#")).replace(/edits=.*/, "edits=AAAA"), /damaged/],
    [link.slice(link.indexOf("#")).replace(/edits=.*/, "edits=" + "A".repeat(50_000)), /damaged/],
  ]) {
    await other.evaluate(fragment => { location.hash = fragment; }, fragment);
    await other.waitForFunction(source => new RegExp(source).test(document.querySelector(".work .top").textContent), says.source);
    assert.equal(await finding(other), mine);
  }
  await other.context().close();
  // Back, and undone.
  await page.click("text=Back to published");
  await settled(page);
  assert.equal(await finding(page), published);
  await page.click("text=Undo");
  await page.waitForFunction(text => document.querySelector(".finding").textContent === text, mine, { timeout: 30_000 });
  // The keyboard alone: one stop, arrows, typing.
  assert.equal(await page.locator('[data-stop][tabindex="0"]').count(), 1);
  await settled(page);
  await page.focus('[data-stop][data-address="weight.task_length"]');
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  const address = await page.evaluate(() => document.activeElement.dataset.address);
  assert.equal(address, "score.insight.interpretability", await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200)));
  await page.keyboard.type("9");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.address), address);
  await page.context().close();
}

// All numbers in one link.
{
  const { page } = await open("takeoff");
  const n = await page.evaluate(() => document.querySelectorAll("[data-stop]").length);
  assert.ok(n > 70);
  await page.context().close();
}

// Accessible in light and dark, before and after an edit and with an error; as wide as the screen.
for (const colorScheme of ["light", "dark"]) {
  const { page } = await open("takeoff", { colorScheme, bypassCSP: true });
  await check(page, `${colorScheme}, published`);
  await type(page, "weight.insight", "3");
  await page.keyboard.press("Enter");
  await settled(page);
  await check(page, `${colorScheme}, edited`);
  await type(page, "weight.insight", "nonsense");
  await page.waitForSelector('html[data-state="stale"]');
  await check(page, `${colorScheme}, with an error`);
  await page.context().close();
}
for (const name of ["takeoff", "wheat", "hostile"]) {
  for (const width of [360, 390, 768, 1440]) {
    const { page } = await open(name, { viewport: { width, height: 900 } });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, `${name} at ${width} pixels scrolls sideways`);
    const small = await page.evaluate(() => [...document.querySelectorAll(".work button, .work select, .work input, .work summary")]
      .filter(element => element.checkVisibility()).filter(element => { const { width, height } = element.getBoundingClientRect(); return Math.min(width, height) < 24; }).length);
    assert.equal(small, 0, `${name} at ${width} pixels has targets under 24 pixels`);
    if (shots) await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
    await page.context().close();
  }
}
// Without scripts the published report stands there.
{
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`file://${join(folder, "takeoff.html")}`);
  assert.match(await page.textContent("main"), /Of the 25 pairs/);
}
await browser.close();
assert.deepEqual(trouble, []);
console.log("the page answers");
