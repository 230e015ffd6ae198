// The page that answers back: the report stands below, and reads without this.
import { render } from "preact";
import { effect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { Claims, Matrix, Ranks, Scores } from "./answer.jsx";
import { start } from "./engine.js";
import { fromFragment } from "./link.js";
import { Groups, Levers, Others, Text } from "./panels.jsx";
import { about, answer, canRedo, canUndo, change, isPublished, notice, published, redo, reset, state, trouble, undo, version } from "./state.js";
import { Table } from "./table.jsx";
import { Questions, Tools, command } from "./tools.jsx";

const finding = () => {
  const { screen, change } = answer.value;
  const mine = screen.finding.join(" ");
  if (isPublished.value || !change) return mine;
  return `${change.refused ? `Not compared with the published answer: ${change.refused}.` : change.finding} ${mine}`;
};

/** Says the finding once a version has settled, and not while it is typed. */
const Spoken = () => {
  const [said, setSaid] = useState("");
  const now = state.value === "ready" && !isPublished.value ? finding() : null;
  useEffect(() => {
    if (now === null) return undefined;
    const timer = setTimeout(() => setSaid(now), 700);
    return () => clearTimeout(timer);
  }, [now]);
  return <p class="unseen" role="status" aria-live="polite">{said}</p>;
};

const Status = () => {
  const { screen, warnings } = answer.value;
  const what = { starting: "The engine is starting. The published answer is shown.", stale: "Not answered: the last good answer is shown.", failed: "The engine stopped." }[state.value]
    ?? (screen.partial ? state.value === "busy" ? `Working: ${Math.floor(100 * screen.draws / version.value.draws)}% of the draws.` : screen.partial : isPublished.value ? "The published answer." : "Your numbers against the published ones, on the same draws.");
  return <>
    <p class="state">{what} <span class="quiet">{screen.draws.toLocaleString("en")} draws.</span></p>
    {trouble.value && <p class="bad" role="alert">{trouble.value.message}</p>}
    {!!warnings?.length && !isPublished.value && <p class="note">Note: {warnings.join("; ")}.</p>}
  </>;
};

// A link to a version is no longer that of what is shown.
const toPublished = () => {
  reset();
  if (location.hash.startsWith("#of=")) history.replaceState(null, "", location.pathname + location.search);
};

const Page = () => (
  <div class="work">
    <header class="top">
      <p class="finding">{finding()}</p>
      <Spoken />
      <Status />
      <div class="tools">
        <button type="button" disabled={!canUndo.value} onClick={undo}>Undo</button>
        <button type="button" disabled={!canRedo.value} onClick={redo}>Redo</button>
        <button type="button" disabled={isPublished.value} onClick={toPublished}>Back to published</button>
      </div>
      <Tools />
      <p class="note" role="status">{notice.value.text}{notice.value.action && <> <button type="button" onClick={notice.value.action.go}>{notice.value.action.name}</button></>}</p>
    </header>
    <div class="sides">
      <div class="mine">
        <h2>Your numbers</h2>
        <p class="note">{answer.value.screen.direction}</p>
        <Table />
        <Others />
        <Levers />
        <Groups />
        <Text />
      </div>
      <div class="answers">
        <Claims />
        <Matrix />
        <Scores />
        <Ranks />
        <Questions />
        <section aria-labelledby="w-command"><h2 id="w-command">The same on the command line</h2>
          <pre tabIndex={0}><code>{command(version.value)}</code></pre>
          <p class="note">page.html is this file. {answer.value.screen.how_sure.join(" ")} {answer.value.screen.caveat}</p></section>
      </div>
    </div>
    <h2 class="below">The published report</h2>
  </div>
);

const follow = async () => {
  try {
    const found = await fromFragment(location.hash, about);
    if (found) { change({ text: null, ...found }); notice.value = { text: "" }; }
  } catch (why) { notice.value = { text: why.message }; }
};

effect(() => { document.documentElement.dataset.state = state.value; performance.mark(state.value); });
addEventListener("hashchange", follow);
addEventListener("keydown", event => {
  const isText = /^(input|textarea|select)$/i.test(event.target.tagName);
  if (!(event.ctrlKey || event.metaKey) || isText) return;
  if (event.key === "z" && !event.shiftKey) { event.preventDefault(); undo(); }
  if (event.key === "y" || (event.key.toLowerCase() === "z" && event.shiftKey)) { event.preventDefault(); redo(); }
});
const mine = JSON.parse(document.getElementById("mine").textContent);
if (mine && Array.isArray(mine.edits)) version.value = { ...version.value, ...mine };
render(<Page />, document.getElementById("workspace"));
start();
follow();
