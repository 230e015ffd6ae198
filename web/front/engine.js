// The engine in workers: one that draws the version while it changes, one that compares it with the published one, and one for questions that
// take a while.
import { batch, effect, untracked } from "@preact/signals";
import code from "worker";
import { about, answer, lastChanged, published, request, source, state, trouble, version } from "./state.js";

const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
const { screen, shown } = published;
// Draws of the first step and at most of a further one, of the first and the second comparison, and of the warming up; the most pairs that are compared; and the milliseconds
// after which an engine that has not turned to a newer version is given up.
const LEAST = 32_768, STEP = 131_072, FIRST = 20_000, SECOND = 200_000, WARM = 1_024, PAIRS = 200, PATIENCE = 3_000;
const NO_ENGINE = "This browser cannot run the engine. The published report is below.";
let module, id = 0, left = 0;
// Versions of the last answer, and differences that came before their answer.
let answered = 0, early = null;

/** Claims that are compared with the published ones: all of them, and the pairs of the matrix. */
const claims = (() => {
  const ids = screen.claims.map(claim => claim.id);
  const cells = screen.rows.flatMap(i => screen.columns.filter(j => i !== j).map(j => `${shown.areas[i].id} before ${shown.areas[j].id}`));
  return [...ids, ...(cells.length <= PAIRS ? cells : [])];
})();

const failed = why => { trouble.value = { message: why }; state.value = "failed"; };

/** A worker that follows versions, and is replaced when it dies or is too busy to turn to a newer one. */
const follower = onReady => {
  let worker, timer, last = null;
  const begin = (engine, first = { request: { ...request(version.peek()), draws: WARM, show: { run: {} } }, wants: ["page"] }) => {
    worker = new Worker(url);
    worker.onmessage = ({ data }) => {
      if (data.ready) { onReady(data.ready); return; }
      if (data.id !== id) return;
      clearTimeout(timer);
      if (!data.begun) heard(data);
    };
    worker.onerror = () => {
      if (!module) { failed(NO_ENGINE); return; }
      replace();
      failed("The engine stopped and was started anew. Change a number to go on.");
    };
    worker.postMessage({ engine, first });
  };
  const replace = () => { worker.terminate(); clearTimeout(timer); begin(module, null); };
  const post = () => {
    clearTimeout(timer);
    worker.postMessage(last);
    timer = setTimeout(() => { replace(); post(); }, PATIENCE);
  };
  return {
    begin,
    ask: asks => { last = { id, asks }; post(); },
    leave: () => { clearTimeout(timer); worker.postMessage({ leave: id }); },
  };
};

const heard = data => batch(() => {
  const now = answer.value;
  if (data.refused && data.what === "run") {
    trouble.value = { ...data.refused, at: lastChanged() };
    state.value = "stale";
  } else if (data.what === "change") {
    // What is refused altogether keeps the last answer, with its differences.
    const change = data.refused ? { refused: data.refused.message, claims: [] } : JSON.parse(data.forms.screen);
    if (answered === id) answer.value = { ...now, change };
    else early = { id, change };
    if (data.refused) settle();
  } else if (data.failed) {
    failed(`The engine stopped and was started anew: ${data.failed}. Change a number to go on.`);
  } else if (data.what === "run") {
    trouble.value = null;
    // Both at once, as one names what the other counts.
    const { page, screen } = data.forms;
    const change = early?.id === id ? early.change : now.change;
    answered = id;
    early = null;
    answer.value = { ...now, ...(page ? JSON.parse(page) : { screen: JSON.parse(screen) }), change, warnings: data.warnings };
    performance.mark(data.partial ? "begun" : "answered");
  } else if (data.settled) {
    settle();
  }
});

const settle = () => {
  left -= 1;
  if (!left && state.value === "busy") state.value = "ready";
};

const runner = follower(built => {
  // One that took the place of another is told by that.
  if (module) return;
  module = built;
  pairs.begin(module);
  state.value = "ready";
  follow(version.value);
}), pairs = follower(() => {});

const follow = of => {
  if (!module) return;
  id += 1;
  const isSame = !of.text && !of.edits.length;
  if (isSame && of.draws === about.draws) {
    // The published answer, to the bit.
    runner.leave();
    pairs.leave();
    batch(() => { answer.value = { screen, shown, change: null }; trouble.value = null; state.value = "ready"; });
    return;
  }
  state.value = "busy";
  left = isSame ? 1 : 2;
  if (isSame) answer.value = { ...answer.value, change: null };
  const run = { ...request(of), show: { run: {} } };
  runner.ask([["run", { request: run, step: LEAST, wants: ["page"] }, { request: run, step: STEP, wants: ["screen"] }]]);
  if (isSame) { pairs.leave(); return; }
  const { source: changed, edits, seed, draws } = run;
  const change = most => ["change", {
    request: { source: source({ text: null }), claims, draws: Math.min(draws, most), seed, show: { change: { other: { edited: { source: changed, edits } } } } },
    wants: ["screen"],
  }];
  pairs.ask(draws > FIRST ? [change(FIRST), change(SECOND)] : [change(FIRST)]);
};

/** Starts the engine, and follows the version from then on. */
export const start = () => {
  try { runner.begin(document.getElementById("engine").textContent.trim()); } catch { failed(NO_ENGINE); }
  effect(() => { const now = version.value; untracked(() => follow(now)); });
};

let beside = null, n = 0;
/** Asks something that takes a while; a newer question takes its place. */
export const askBeside = ask => new Promise((resolve, reject) => {
  if (!module) { reject(new Error("The engine is not ready yet.")); return; }
  if (beside) { beside.worker.terminate(); beside.reject(new Error("superseded")); }
  const worker = new Worker(url), single = n += 1;
  beside = { worker, reject };
  const end = () => { worker.terminate(); beside = null; };
  worker.onerror = () => { end(); reject(new Error("The engine stopped. Nothing was changed.")); };
  worker.onmessage = ({ data }) => {
    if (data.ready) return;
    end();
    if (data.said) resolve(data.said);
    else reject(new Error(`The engine stopped: ${data.failed}. Nothing was changed.`));
  };
  worker.postMessage({ engine: module });
  worker.postMessage({ single, ask });
});
