// The answer: mine against published.
import { answer, isPublished, published } from "./state.js";

const percent = p => `${(100 * p).toFixed(3)}%`;
const before = published.screen;
const beforeById = new Map(before.claims.map(claim => [claim.id, claim]));
const placeBefore = new Map(published.shown.areas.map(({ id }, place) => [id, place]));

/** The sign of a difference, with words for those who do not see it. */
const Sign = ({ more }) => (
  <small class="sign"><span aria-hidden="true">{more ? "▲" : "▼"}</span><span class="unseen">{more ? "more" : "less"} than published</span></small>
);

const changes = () => new Map((answer.value.change?.claims ?? []).map(claim => [claim.id, claim]));

const Difference = ({ change }) => {
  if (!change) return null;
  if (change.none) return <span class="delta none">no change</span>;
  if (!change.settled) return <span class="delta none">within error</span>;
  return <span class="delta"><span aria-hidden="true">{change.difference > 0 ? "▲" : "▼"}</span> {change.text} points</span>;
};

const Claim = ({ claim, change }) => {
  const old = beforeById.get(claim.id);
  const moved = old && !isPublished.value;
  return (
    <li class="claim">
      <span class="says">{claim.text}</span>
      <span class="value"><strong>{claim.all.text}</strong>{moved && <small> published {old.all.text}</small>} <Difference change={change} /></span>
      <span class="bar" aria-hidden="true">
        <span class="fill" style={{ width: percent(claim.all.p) }} />
        {old && <span class="mark" style={{ left: percent(old.all.p) }} />}
      </span>
    </li>
  );
};

export const Claims = () => {
  const { screen } = answer.value;
  const by = changes();
  if (!screen.own.length && !screen.standard.length) return null;
  const list = indices => <ul class="claims">{indices.map(index => <Claim key={screen.claims[index].id} claim={screen.claims[index]} change={by.get(screen.claims[index].id)} />)}</ul>;
  return (
    <section aria-labelledby="w-claims">
      <h2 id="w-claims">Claims</h2>
      {screen.own.length > 0 && <><h3>The author's</h3>{list(screen.own)}</>}
      {screen.standard.length > 0 && <><h3>Standard</h3>{list(screen.standard)}</>}
      <p class="note">The bar is the probability; the mark is its published value.</p>
      {screen.claim_columns.length > 1 && <details>
        <summary>Claims by world</summary>
        <div class="scroll" role="region" aria-label="Claims by world" tabIndex={0}>
          <table class="matrix">
            <thead><tr><td />{screen.claim_columns.map(name => <th key={name} scope="col">{name}</th>)}</tr></thead>
            <tbody>{[...screen.own, ...screen.standard].map(index => screen.claims[index]).map(({ id, text, columns }) => (
              <tr key={id}><th scope="row">{text}</th>{columns.map((value, n) => <td key={n}>{value}</td>)}</tr>))}</tbody>
          </table>
        </div>
      </details>}
    </section>
  );
};

export const Matrix = () => {
  const { screen, shown } = answer.value;
  const by = changes();
  const name = index => shown.areas[index].name;
  if (!screen.rows.length || shown.areas.length < 2) return null;
  return (
    <section aria-labelledby="w-matrix">
      <h2 id="w-matrix">P(row before column)</h2>
      <div class="scroll" role="region" aria-label="Matrix of pairs" tabIndex={0}>
        <table class="matrix">
          <thead><tr><td />{screen.columns.map(j => <th key={j} scope="col">{name(j)}</th>)}</tr></thead>
          <tbody>{screen.rows.map((i, row) => (
            <tr key={i}><th scope="row">{name(i)}</th>{screen.columns.map((j, column) => {
              const cell = screen.before[row][column];
              if (!cell) return <td key={j}>–</td>;
              const change = by.get(`${shown.areas[i].id} before ${shown.areas[j].id}`);
              return (
                <td key={j} style={{ "--p": percent(cell.p) }}>
                  {cell.text}{cell.settled ? "" : "?"}
                  {change?.settled && <Sign more={change.difference > 0} />}
                </td>
              );
            })}</tr>
          ))}</tbody>
        </table>
      </div>
      <p class="note">?: too close to call. ▲ ▼: more or less than published, by more than sampling error. {screen.left_out}</p>
    </section>
  );
};

export const Scores = () => {
  const { screen, shown } = answer.value;
  const ends = (screen.overall ?? []).flatMap(score => [score.quantiles[0][1], score.quantiles.at(-1)[1]]);
  const low = Math.min(...ends), high = Math.max(...ends), width = high - low || 1;
  const at = x => percent(Math.min(Math.max((x - low) / width, 0), 1));
  const order = screen.overall.map((_, index) => index).sort((a, b) => screen.overall[b].mean - screen.overall[a].mean);
  return (
    <section aria-labelledby="w-scores">
      <h2 id="w-scores">{screen.score}</h2>
      <ul class="scores">{order.map(index => {
        const { quantiles, mean, sd, texts } = screen.overall[index], old = before.overall[placeBefore.get(shown.areas[index].id)];
        // On the same draws the difference has a smaller error than this.
        const isApart = old && !isPublished.value && Math.abs(mean - old.mean) > 1.96 * Math.hypot(sd / Math.sqrt(screen.draws), old.sd / Math.sqrt(before.draws));
        return (
          <li key={index}>
            <span class="says">{shown.areas[index].name}</span><span class="value">mean {texts[1]}{isApart && <><Sign more={mean > old.mean} /><small> published {old.texts[1]}</small></>}</span>
            <span class="range" aria-hidden="true">
              <span class="line" style={{ left: at(quantiles[0][1]), right: `calc(100% - ${at(quantiles.at(-1)[1])})` }} />
              <span class="box" style={{ left: at(quantiles[1][1]), right: `calc(100% - ${at(quantiles[3][1])})` }} />
              <span class="dot" style={{ left: at(mean) }} />
              {old && <span class="mark" style={{ left: at(old.mean) }} />}
            </span>
          </li>
        );
      })}</ul>
      <p class="note">Line: 5% to 95%. Box: the middle half. Dot: mean; the mark is the published mean.</p>
    </section>
  );
};

export const Ranks = () => {
  const { screen, shown } = answer.value;
  if (!screen.ranks.length) return null;
  return (
    <details>
      <summary>Rank probabilities</summary>
      <div class="scroll" role="region" aria-label="Table of ranks" tabIndex={0}>
        <table class="matrix">
          <thead><tr><td />{screen.ranks[0].map((_, rank) => <th key={rank} scope="col">{rank + 1}</th>)}</tr></thead>
          <tbody>{screen.ranks.map((row, i) => (
            <tr key={i}><th scope="row">{shown.areas[i].name}</th>{row.map((cell, rank) => {
              const old = before.ranks[placeBefore.get(shown.areas[i].id)]?.[rank];
              const isApart = old && !isPublished.value && (cell.low > old.high || cell.high < old.low);
              return <td key={rank} style={{ "--p": percent(cell.p) }}>{cell.text}{isApart && <Sign more={cell.p > old.p} />}</td>;
            })}</tr>
          ))}</tbody>
        </table>
      </div>
      <p class="note">▲ ▼: more or less than published, where the intervals of both are apart.</p>
    </details>
  );
};
