// State of the page: the published scenario, a version of it, and the answers to both. A version is a list of edits of the program's own
// language, so that page, link, file and command line say the same.
import { signal, computed, batch } from "@preact/signals";

const island = id => JSON.parse(document.getElementById(id).textContent);
export const published = island("published");
export const text = document.getElementById("scenario").textContent;
const { screen, shown } = published;
export const about = {
  hash: screen.scenario_hash, draws: screen.draws, addresses: shown.edits.map(edit => edit.address),
};
export const values = new Map(shown.edits.map(({ address, value }) => [address, value]));

const untouched = { text: null, edits: [], draws: screen.draws };
export const version = signal(untouched);
export const answer = signal({ screen, shown, change: null });
/** The scenario as it was answered last, apart from its numbers, which change more often. */
export const shownNow = computed(() => answer.value.shown);
export const state = signal("starting");
/** A message at the number that was changed last, or on its own. */
export const trouble = signal(null);
/** Result of a command of the reader, with an action beside it where one helps. */
export const notice = signal({ text: "" });

const past = signal([]), future = signal([]);
let session = null;
export const canUndo = computed(() => past.value.length > 0);
export const canRedo = computed(() => future.value.length > 0);
export const isPublished = computed(() => !version.value.text && version.value.edits.length === 0);

/** Changes the version. Changes of one session, as while somebody types into one cell, are one step. */
export const change = (next, name = null) => batch(() => {
  if (name === null || name !== session) past.value = [...past.value.slice(-499), version.value];
  session = name;
  future.value = [];
  version.value = { ...version.value, ...next };
});
export const endSession = () => { session = null; };
export const lastChanged = () => session;

const move = (from, to) => batch(() => {
  if (!from.value.length) return;
  to.value = [...to.value, version.value];
  version.value = from.value.at(-1);
  from.value = from.value.slice(0, -1);
  session = null;
});
export const undo = () => move(past, future);
export const redo = () => move(future, past);
export const reset = () => { if (!isPublished.value || version.value.draws !== untouched.draws) change(untouched); };

const sets = address => edit => edit.startsWith(address + " = ");
/** Sets one number, and forgets what it was set to before. */
export const set = (address, value, name) => {
  const { edits, text } = version.value;
  const others = edits.filter(edit => !sets(address)(edit));
  const isSame = !text && value === values.get(address) && !others.some(edit => !edit.includes(" = "));
  change({ edits: isSame ? others : [...others, `${address} = ${value}`] }, name);
};

/** The published value of a number, if it is another one now. */
export const was = (address, value) => {
  const before = values.get(address);
  return before !== undefined && before !== value ? before : null;
};

/** The edits of a lever stand one after the other. */
const at = (edits, pulled) => edits.findIndex((_, start) => pulled.length && pulled.every((edit, n) => edits[start + n] === edit));
export const isPulled = pulled => at(version.value.edits, pulled) >= 0;
export const pull = (pulled, isOn) => {
  const { edits } = version.value;
  const start = at(edits, pulled);
  if (isOn) change({ edits: [...edits, ...pulled] });
  else if (start >= 0) change({ edits: edits.toSpliced(start, pulled.length) });
};

export const source = ({ text: own }) => ({ text: { name: own ? "the text" : "page.html", text: own ?? text } });
export const request = of => ({ source: source(of), edits: of.edits, draws: of.draws, seed: screen.seed });
