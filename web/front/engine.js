// The engine in workers: one that follows the version while it changes, and one for questions that take a while.
import { batch, effect, untracked } from "@preact/signals";
import code from "worker";
import { about, answer, published, request, source, state, trouble, version } from "./state.js";

const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
const { screen, shown } = published;
const STEP = 131_072, PAIRS = 200;
let main, module, id = 0;

const newWorker = () => new Worker(url);

/** Claims that are compared with the published ones: all of them, and the pairs of the matrix. */
const claims = (() => {
  const ids = screen.claims.map(claim => claim.id);
  const cells = screen.rows.flatMap(i => screen.columns.filter(j => i !== j).map(j => `${shown.areas[i].id} before ${shown.areas[j].id}`));
  return [...ids, ...(cells.length <= PAIRS ? cells : [])];
})();

const heard = ({ data }) => {
  if (data.ready) {
    module = data.ready;
    state.value = "ready";
    follow(version.value);
    return;
  }
  if (data.id !== id) return;
  const now = answer.value;
  batch(() => {
    if (data.refused) {
      trouble.value = data.refused;
      state.value = "stale";
    } else if (data.failed) {
      trouble.value = { message: `The engine stopped and was started anew: ${data.failed}. Change a number to go on.` };
      state.value = "failed";
    } else if (data.screen) {
      trouble.value = null;
      // Both at once, as one names what the other counts.
      const shown = data.shown ? JSON.parse(data.shown.forms.json) : now.shown;
      answer.value = { ...now, shown, screen: JSON.parse(data.screen.forms.screen), warnings: data.screen.warnings };
    } else if (data.change) {
      const said = data.change.answer;
      answer.value = { ...now, change: said ? JSON.parse(said.forms.screen) : { refused: data.change.refused.message, claims: [] } };
    } else if (data.settled) {
      state.value = "ready";
    }
  });
};

const follow = of => {
  if (!module) return;
  id += 1;
  const isSame = !of.text && !of.edits.length;
  if (isSame && of.draws === about.draws) {
    // The published answer, to the bit.
    main.postMessage({ leave: id });
    batch(() => { answer.value = { screen, shown, change: null }; trouble.value = null; state.value = "ready"; });
    return;
  }
  if (isSame) answer.value = { ...answer.value, change: null };
  state.value = "busy";
  main.postMessage({ id, request: request(of), published: isSame ? null : source({ text: null }), claims, step: STEP, wants: ["screen"] });
};

/** Starts the engine, and follows the version from then on. */
export const start = () => {
  main = newWorker();
  main.onmessage = heard;
  main.onerror = () => { state.value = "failed"; trouble.value = { message: "This browser cannot run the engine. The published report is below." }; };
  main.postMessage({ engine: document.getElementById("engine").textContent.trim() });
  effect(() => { const now = version.value; untracked(() => follow(now)); });
};

let beside = null, n = 0;
/** Asks something that takes a while; a newer question takes its place. */
export const askBeside = ask => new Promise((resolve, reject) => {
  if (!module) { reject(new Error("The engine is not ready yet.")); return; }
  if (beside) { beside.worker.terminate(); beside.reject(new Error("superseded")); }
  const worker = newWorker(), single = n += 1;
  beside = { worker, reject };
  worker.onmessage = ({ data }) => {
    if (data.ready) return;
    worker.terminate();
    beside = null;
    if (data.said) resolve(data.said);
    else reject(new Error(`The engine stopped: ${data.failed}`));
  };
  worker.postMessage({ engine: module });
  worker.postMessage({ single, ask });
});
