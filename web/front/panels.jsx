// Panels for other changes: worlds, spreads, levers, groups, and the text of the scenario.
import { useEffect, useRef, useState } from "preact/hooks";
import { askBeside } from "./engine.js";
import { change, isPulled, pull, request, set, shownNow, source, version, was } from "./state.js";
import { NumberCell } from "./table.jsx";

const Fields = ({ title, id, fields }) => fields.length > 0 && (
  <section aria-labelledby={id}>
    <h3 id={id}>{title}</h3>
    <ul class="fields">{fields.map(({ address, value, name }) => (
      <li key={address}><span>{name}</span> <NumberCell address={address} value={value} name={name} /></li>))}</ul>
  </section>
);

const readable = (shown, address) => {
  const [kind, world, outcome] = address.split(".");
  if (kind === "world") return `${world}: ${outcome}`;
  return { "spread.score": "spread of scores", "spread.weight": "spread of weights", residual: "residual (standard deviation)" }[address] ?? address;
};

export const Others = () => {
  const shown = shownNow.value;
  const take = (...starts) => shown.edits.filter(({ address, value, operators }) => operators.includes("=") && value !== "" && starts.some(start => address.startsWith(start)))
    .map(({ address, value }) => ({ address, value, name: readable(shown, address) }));
  const named = address => shown.edits.find(edit => edit.address === address && edit.value !== "");
  const spreads = ["spread.score", "spread.weight", "residual"].map(named).filter(Boolean).map(({ address, value }) => ({ address, value, name: readable(shown, address) }));
  return (
    <>
      <Fields title="Worlds" id="w-worlds" fields={take("world.")} />
      <Fields title="Spreads" id="w-spreads" fields={spreads} />
      <Fields title="Shared inputs and discounts" id="w-inputs" fields={take("input.", "discount.")} />
    </>
  );
};

export const Levers = () => {
  const shown = shownNow.value;
  if (!shown.levers.length) return null;
  return (
    <section aria-labelledby="w-levers">
      <h3 id="w-levers">Levers</h3>
      <ul class="fields levers">{shown.levers.map(({ id, name, edits, spillover }) => {
        const both = [...edits, ...spillover], spilled = spillover.length > 0 && isPulled(both), isOn = isPulled(edits);
        return (
          <li key={id}>
            <label><input type="checkbox" checked={isOn} onChange={event => pull(spilled ? both : edits, event.currentTarget.checked)} /> {name}</label>
            {spillover.length > 0 && <label class="spill"><input type="checkbox" checked={spilled} onChange={event => {
              const on = event.currentTarget.checked;
              const { edits: all } = version.value;
              // The spillover stands behind its lever, so that both are found together.
              const gone = spilled ? both : isOn ? edits : [];
              const at = gone.length ? all.findIndex((_, start) => gone.every((edit, n) => all[start + n] === edit)) : all.length;
              change({ edits: all.toSpliced(at, gone.length, ...(on ? both : edits)) });
            }} /> with spillover</label>}
          </li>
        );
      })}</ul>
    </section>
  );
};

export const Groups = () => {
  const shown = shownNow.value;
  if (shown.groups.length < 2) return null;
  return (
    <details>
      <summary>Groups</summary>
      <ul class="fields">{shown.areas.map(area => (
        <li key={area.id}><label><span>{area.name}</span> <select value={area.group} onChange={event => set(`group.${area.id}`, event.currentTarget.value)}>
          {shown.groups.map(group => <option key={group.id} value={group.id}>{group.name}</option>)}
        </select></label>{was(`group.${area.id}`, area.group) && <small class="was"> moved</small>}</li>
      ))}</ul>
      <p class="note">In other groups claims say something else, so they are not compared with the published ones.</p>
    </details>
  );
};

const Problem = ({ problem, onGo }) => (
  <li><button type="button" class="link" onClick={onGo}>line {problem.line}, column {problem.column}</button>{" "}
    {problem.message}{problem.label && `: ${problem.label}`}{problem.help && <span> Help: {problem.help}</span>}</li>
);

/** The scenario as text, for what edits cannot say. */
export const Text = () => {
  const [text, setText] = useState(null), [problems, setProblems] = useState(null);
  const area = useRef(), timer = useRef();
  const load = async () => {
    try {
      const said = await askBeside({ request: { ...request(version.peek()), show: "scenario" }, wants: ["ron"] });
      if (said.answer) setText(said.answer.forms.ron);
    } catch { /* A newer question took its place. */ }
  };
  const check = own => {
    clearTimeout(timer.current);
    timer.current = setTimeout(async () => {
      try {
        const said = await askBeside({ request: { source: source({ text: own }), show: "check" }, wants: ["json"] });
        if (said.refused) setProblems(said.refused.problems ? JSON.parse(said.refused.problems).problems : [{ line: 1, column: 1, message: said.refused.message }]);
        else { setProblems([]); change({ text: own, edits: [] }, "text"); }
      } catch { /* As above. */ }
    }, 300);
  };
  const go = ({ span }) => {
    if (!span) return;
    // Spans are in bytes.
    const bytes = new TextEncoder().encode(text), letters = n => new TextDecoder().decode(bytes.slice(0, n)).length;
    area.current.focus();
    area.current.setSelectionRange(letters(span[0]), letters(span[1]));
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  // What is changed elsewhere changes the text.
  const now = version.value;
  useEffect(() => { if (text !== null && document.activeElement !== area.current) { setProblems(null); load(); } }, [now]);
  return (
    <details onToggle={event => { if (event.currentTarget.open) load(); }}>
      <summary>The scenario as text</summary>
      <p class="note">For what the table cannot say: new factors, areas, groups, claims. What is right is used at once.</p>
      {text !== null && <textarea ref={area} aria-label="The scenario as text" spellcheck={false} rows={24} value={text}
        onInput={event => { setText(event.currentTarget.value); check(event.currentTarget.value); }} />}
      {problems && (problems.length ? <ol class="problems" role="alert">{problems.map((problem, n) => <Problem key={n} problem={problem} onGo={() => go(problem)} />)}</ol>
        : <p class="note" role="status">The text is used.</p>)}
    </details>
  );
};
