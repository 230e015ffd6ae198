// The numbers: weights first, then each area of each group, by factors. The table is one stop of the tab key; arrows move in it.
import { useRef, useState, useLayoutEffect } from "preact/hooks";
import { endSession, set, shownNow, trouble, was } from "./state.js";

/** A small outline of a distribution: 5 to 95 percent as a line, the middle half as a bar, the median as a mark. */
const shape = (input, low, high) =>
  (!input || !(high > low)) ? "" : input.quantiles.map(([, x]) => (100 * (x - low) / (high - low)).toFixed(1)).join(" ");
const Outline = ({ shape }) => {
  const [a, b, m, c, d] = shape.split(" ").map(Number);
  return (
    <svg class="outline" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <line x1={a} x2={d} y1="4" y2="4" /><rect x={b} y="1.5" width={Math.max(c - b, 1)} height="5" /><line class="median" x1={m} x2={m} y1="0" y2="8" />
    </svg>
  );
};

/** One number that can be changed: a button, and an input while it is. */
export const NumberCell = ({ address, value, name, outline = "", label, stop = false }) => {
  const [draft, setDraft] = useState(null);
  const input = useRef(), button = useRef(), refocus = useRef(false), isOpen = useRef(false), value0 = useRef(value);
  const before = was(address, value);
  const open = start => { isOpen.current = true; value0.current = value; setDraft(start ?? value); };
  const close = (keep, focus) => {
    // An input that is taken away loses the focus too.
    if (!isOpen.current) return;
    isOpen.current = false;
    if (!keep && draft !== null) set(address, value0.current, address);
    endSession();
    refocus.current = focus;
    setDraft(null);
  };
  useLayoutEffect(() => {
    if (draft !== null && document.activeElement !== input.current) {
      input.current.focus();
      if (draft === value) input.current.select();
    } else if (draft === null && refocus.current) {
      refocus.current = false;
      button.current?.focus();
    }
  }, [draft !== null]);
  const problem = trouble.value && trouble.value.at === address ? trouble.value : null;
  if (draft !== null) {
    const bad = trouble.value && draft !== value;
    return (
      <span class="num editing">
        <input ref={input} aria-label={name} aria-invalid={bad ? "true" : "false"} value={draft} spellcheck={false} autocomplete="off"
          onInput={event => { setDraft(event.currentTarget.value); if (event.currentTarget.value.trim()) set(address, event.currentTarget.value.trim(), address); }}
          onKeyDown={event => {
            if (event.key === "Enter") { event.preventDefault(); close(true, true); }
            if (event.key === "Escape") { event.preventDefault(); close(false, true); }
            event.stopPropagation();
          }}
          onBlur={() => close(!trouble.value, false)} />
        {bad && <span class="bad" role="alert">{trouble.value.message}</span>}
      </span>
    );
  }
  return (
    <button ref={button} type="button" class={before === null ? "num" : "num changed"} data-stop={stop ? "" : undefined} data-address={address}
      tabIndex={stop ? -1 : 0} title={`${name}: ${value}`}
      onClick={() => open()}
      onKeyDown={event => {
        if (event.key.length === 1 && /[0-9.\-A-Za-z]/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
          event.preventDefault();
          open(event.key);
          set(address, event.key, address);
        }
      }}>
      {label && <span class="branch">{label} </span>}<span class="long">{value}</span>
      {before !== null && <small class="was long"> was {before}</small>}
      <span class="unseen">, {name}</span>
      {outline && <Outline shape={outline} />}
      {problem && <span class="bad">{problem.message}</span>}
    </button>
  );
};

const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Moves the one stop of the tab key to another number. */
const onKey = table => event => {
  const here = event.target.closest("[data-stop]");
  if (!here) return;
  const rows = [...table.current.querySelectorAll("tr")].map(row =>
    [...row.querySelectorAll("td")].map(cell => [...cell.querySelectorAll("[data-stop]")])).filter(row => row.some(cell => cell.length));
  const row = rows.findIndex(row => row.some(cell => cell.includes(here)));
  // Typing has taken the button away already.
  if (row < 0) return;
  const column = rows[row].findIndex(cell => cell.includes(here));
  const branch = rows[row][column].indexOf(here);
  let to;
  if (event.key === "Home") to = rows[row].find(cell => cell.length)?.[0];
  else if (event.key === "End") to = rows[row].findLast(cell => cell.length)?.at(-1);
  else if (arrows[event.key]) {
    const [down, right] = arrows[event.key];
    to = right ? rows[row][column + right]?.[branch] ?? rows[row][column + right]?.[0]
      : rows[row][column][branch + down] ?? rows[row + down]?.[column]?.at(down > 0 ? 0 : -1);
  } else return;
  event.preventDefault();
  to?.focus();
};

/** A number and its branches, as buttons. */
const Cell = ({ edits, inputs, address, name, range }) => {
  const all = edits.get(address);
  if (!all) return null;
  const branches = [...all.branches];
  const own = branches.length ? branches : [[null, all.edit]];
  return own.map(([branch, { address, value, operators }]) => operators.includes("=") ? (
    <NumberCell key={address} stop address={address} value={value} name={name + (branch ? `, ${branch}` : "")} label={branch}
      outline={shape(inputs.get(address), ...range)} />
  ) : <span key={address} class="fixed">{value}</span>);
};

const index = shown => {
  const edits = new Map();
  for (const edit of shown.edits) {
    const at = edit.address.indexOf("[");
    // A branch of a branch stands behind its own branch, which has it in its text.
    if (at < 0) edits.set(edit.address, { edit, branches: new Map() });
    else if (edit.address.indexOf("[", at + 1) < 0) edits.get(edit.address.slice(0, at))?.branches.set(edit.address.slice(at + 1, -1), edit);
  }
  return { edits, inputs: new Map(shown.inputs.map(input => [input.address, input])) };
};

const rangeOf = (inputs, start) => {
  const all = [...inputs].filter(([address]) => address.startsWith(start)).flatMap(([, input]) => [input.quantiles[0][1], input.quantiles.at(-1)[1]]);
  return all.length ? [Math.min(...all), Math.max(...all)] : [0, 0];
};

export const Table = () => {
  const table = useRef();
  const shown = shownNow.value;
  const { edits, inputs } = index(shown);
  const weights = rangeOf(inputs, "weight."), scores = rangeOf(inputs, "score.");
  useLayoutEffect(() => {
    const stops = [...table.current.querySelectorAll("[data-stop]")];
    if (stops.length && !stops.some(stop => stop.tabIndex === 0)) stops[0].tabIndex = 0;
  });
  // The one stop follows the focus.
  const onFocus = event => {
    const here = event.target.closest("[data-stop]");
    if (here) table.current.querySelectorAll("[data-stop]").forEach(stop => { stop.tabIndex = stop === here ? 0 : -1; });
  };
  return (<>
    <p class="note" id="w-table">Select a number to change it; a distribution such as <code>Normal(mean: 5, sd: 1)</code> will do too.</p>
    <div class="scroll" role="region" aria-label="Weights and scores">
      <table ref={table} class="numbers" aria-label="Weights and scores" aria-describedby="w-table" onFocusIn={onFocus} onKeyDown={onKey(table)}>
        <thead><tr><td />{shown.factors.map(factor => <th key={factor.id} scope="col">{factor.name}</th>)}</tr></thead>
        <tbody>
          <tr class="weights"><th scope="row">Weight</th>{shown.factors.map(factor => (
            <td key={factor.id}><Cell edits={edits} inputs={inputs} address={`weight.${factor.id}`} name={`weight of ${factor.name}`} range={weights} /></td>))}</tr>
        </tbody>
        {shown.groups.map(group => (
          <tbody key={group.id}>
            <tr class="group"><th scope="rowgroup" colSpan={shown.factors.length + 1}><span>{group.name}</span></th></tr>
            {shown.areas.filter(area => area.group === group.id).map(area => (
              <tr key={area.id}><th scope="row">{area.name}</th>{shown.factors.map(factor => (
                <td key={factor.id}><Cell edits={edits} inputs={inputs} address={`score.${factor.id}.${area.id}`} name={`${area.name}, ${factor.name}`} range={scores} /></td>))}</tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  </>);
};
