// To take along: links, files, pictures, the command; and to ask more.
import { useState } from "preact/hooks";
import { askBeside } from "./engine.js";
import { toFragment } from "./link.js";
import { about, answer, change, notice, published, request, version } from "./state.js";

const quoted = text => /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** The command line that prints the same. */
export const command = ({ text, edits, draws }, [name, ...words] = ["run"]) => {
  const typed = edits.flatMap(edit => ["--edit", edit]);
  return ["headstart", name, text ? "scenario.ron" : "page.html", ...words, ...typed, "--seed", published.screen.seed, "--draws", draws].map(word => quoted(String(word))).join(" ");
};

const save = (name, type, content) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

const copy = async (text, what) => {
  try {
    await navigator.clipboard.writeText(text);
    notice.value = { text: `${what} is copied.` };
  } catch {
    notice.value = { text: `${what}: ${text}` };
  }
};

const copyLink = async () => {
  if (version.value.text) {
    notice.value = {
      text: "A link holds changed numbers, and the text of this scenario was changed. Pass on a file instead.",
      action: { name: "Download this page with the changed text", go: () => tried(standalone) },
    };
    return;
  }
  const fragment = await toFragment(version.value, about);
  history.replaceState(null, "", fragment);
  await copy(location.href, "The link");
  if (location.protocol === "file:") notice.value = { text: `${notice.value.text} It works on this computer alone: send a page.`, action: { name: "Download this page with your numbers", go: () => tried(standalone) } };
};

const ask = async (show, wants, draws) => {
  const asked = request(version.value);
  if (draws) asked.draws = Math.min(asked.draws, draws);
  const said = await askBeside({ request: { ...asked, show }, wants });
  if (said.refused) throw new Error(said.refused.message);
  return said.answer.forms;
};

const standalone = async () => {
  const clone = document.documentElement.cloneNode(true);
  clone.removeAttribute("data-state");
  clone.querySelector("#workspace").textContent = "";
  clone.querySelector("#mine").textContent = JSON.stringify(version.value).replaceAll("<", "\\u003c");
  save("page.html", "text/html", `<!doctype html>\n${clone.outerHTML}\n`);
};

const png = async svg => {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await new Promise((resolve, reject) => { image.onload = resolve; image.onerror = reject; image.src = url; });
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  return new Promise(resolve => canvas.toBlob(resolve, "image/png"));
};

const pictures = { matrix: "matrix", ranks: "ranks", scores: "scores", worlds: "worlds" };

const files = () => ({
  "scenario.ron": async () => save("scenario.ron", "text/plain", (await ask("scenario", ["ron"])).ron),
  "page.html, this page": standalone,
  "report.html, for headstart verify": async () => save("report.html", "text/html", (await ask({ run: { page: true } }, ["html"])).html),
  "answer.json": async () => save("answer.json", "application/json", (await ask({ run: {} }, ["json"])).json),
  ...Object.fromEntries(Object.keys(pictures).filter(name => name !== "worlds" || answer.value.shown.worlds.length).flatMap(name => [
    [`${name}.svg`, async () => save(`${name}.svg`, "image/svg+xml", (await ask({ run: {} }, [name]))[name])],
    [`${name}.png`, async () => save(`${name}.png`, "image/png", await png((await ask({ run: {} }, [name]))[name]))],
  ])),
});

const tried = async work => {
  notice.value = { text: "" };
  try { await work(); } catch (why) { if (why.message !== "superseded") notice.value = { text: why.message }; }
};

const DRAWS = [10_000, 100_000, 1_000_000, 10_000_000];

export const Tools = () => {
  const all = files();
  const { draws } = version.value;
  return (
    <div class="tools">
      <button type="button" onClick={() => tried(copyLink)}>Copy link</button>
      <button type="button" onClick={() => copy(command(version.value), "The command")}>Copy command</button>
      <label>Download <select value="" onChange={event => { const name = event.currentTarget.value; event.currentTarget.value = ""; tried(all[name]); }}>
        <option value="">choose a file</option>
        {Object.keys(all).map(name => <option key={name}>{name}</option>)}
      </select></label>
      <label>Draws <select value={String(draws)} onChange={event => change({ draws: Number(event.currentTarget.value) })}>
        {[...new Set([...DRAWS, draws])].sort((a, b) => a - b).map(n => <option key={n} value={String(n)}>{n.toLocaleString("en")}</option>)}
      </select></label>
    </div>
  );
};

/** Questions that take seconds, answered as the command line prints them. */
const questions = () => {
  const { screen, shown } = answer.value;
  const drivers = ({ id }) => ({ words: ["sensitivity", "--claim", id], show: { sensitivity: { claim: id } }, wants: ["text", "tornado"], draws: 20_000 });
  return {
    ...Object.fromEntries([...screen.own, ...screen.standard].map(index => [`What drives: ${screen.claims[index].text}`, drivers(screen.claims[index])])),
    ...(shown.levers.length ? { "What each lever does": { words: ["levers"], show: "levers", wants: ["text", "levers"], draws: 20_000 } } : {}),
    "The most likely full rankings": { words: ["rankings"], show: { rankings: { top: 5, threshold: 0.95 } }, wants: ["text"], draws: 200_000 },
    "The answer by numerical integration": { words: ["run", "--method", "exact"], show: { run: { method: "exact" } }, wants: ["text"], draws: 200_000 },
    "The whole report as text": { words: ["run"], show: { run: {} }, wants: ["text"] },
  };
};

export const Questions = () => {
  const all = questions();
  const [asked, setAsked] = useState(""), [found, setFound] = useState(null), [busy, setBusy] = useState(false);
  const go = async name => {
    setAsked(name);
    setFound(null);
    if (!name) return;
    setBusy(true);
    const of = version.value;
    try {
      const { show, wants, words, draws = of.draws } = all[name];
      const forms = await ask(show, wants, draws);
      setFound({ forms, of, command: command({ ...of, draws: Math.min(of.draws, draws) }, words) });
    } catch (why) {
      if (why.message === "superseded") return;
      setFound({ refused: why.message, of });
    }
    setBusy(false);
  };
  return (
    <section aria-labelledby="w-ask">
      <h2 id="w-ask">Ask more</h2>
      <label>Question <select value={asked} onChange={event => go(event.currentTarget.value)}>
        <option value="">choose a question</option>
        {Object.keys(all).map(name => <option key={name}>{name}</option>)}
      </select></label>{" "}
      {asked && <button type="button" onClick={() => go(asked)}>Ask again</button>}
      <div role="status">{busy ? "Working it out…" : ""}</div>
      {found && found.of !== version.value && <p class="note">The numbers have changed since: ask again.</p>}
      {found?.refused && <p class="bad">{found.refused}</p>}
      {found?.forms && <>
        {[found.forms.tornado, found.forms.levers].filter(Boolean).map((svg, n) => (
          <div key={n} class="scroll picture" role="region" aria-label={asked} tabIndex={0} dangerouslySetInnerHTML={{ __html: svg }} />))}
        <pre class="found" tabIndex={0}>{found.forms.text}</pre>
        <p class="note">The same on the command line: <code>{found.command}</code></p>
      </>}
    </section>
  );
};
