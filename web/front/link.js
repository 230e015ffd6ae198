// A version of the numbers as a fragment: the list of edits, deflated. Addresses are told by their place in the list of what can be
// edited, which is the same for the same scenario.
const MOST_LETTERS = 20_000, MOST_BYTES = 200_000, MOST_EDITS = 5_000;

const through = async (bytes, stream, most) => {
  const reader = new Response(bytes).body.pipeThrough(stream).getReader();
  const parts = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) { reader.cancel(); throw new Error("too long"); }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
};

const split = edit => { const at = edit.indexOf(" = "); return at < 0 ? null : [edit.slice(0, at), edit.slice(at + 3)]; };

/** The fragment of a version. */
export const toFragment = async ({ edits, draws }, { hash, addresses, draws: usual }) => {
  let last = -1;
  const lines = edits.map(edit => {
    const parts = split(edit);
    const place = parts ? addresses.indexOf(parts[0]) : -1;
    if (place < 0 || parts[1].includes("\n")) return "!" + edit.replaceAll("\n", " ");
    const line = `${place - last === 1 ? "" : (place - last).toString(36)}=${parts[1]}`;
    last = place;
    return line;
  });
  const bytes = await through(new TextEncoder().encode(lines.join("\n")), new CompressionStream("deflate-raw"), Infinity);
  const text = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `#of=${hash.slice(0, 12)}${draws === usual ? "" : `&draws=${draws}`}&edits=${edits.length ? text : ""}`;
};

/** The version of a fragment; nothing if there is none, an error with a sentence if it is not one of this page. */
export const fromFragment = async (fragment, { hash, addresses, draws: usual }) => {
  if (!fragment || fragment === "#" || !fragment.startsWith("#of=")) return null;
  const parts = new URLSearchParams(fragment.slice(1));
  if (parts.get("of") !== hash.slice(0, 12)) throw new Error("This link belongs to another scenario. Nothing was changed.");
  try {
    const text = parts.get("edits") ?? "";
    if (fragment.length > MOST_LETTERS) throw new Error("too long");
    let edits = [];
    if (text) {
      const packed = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
      const lines = new TextDecoder("utf-8", { fatal: true })
        .decode(await through(packed, new DecompressionStream("deflate-raw"), MOST_BYTES)).split("\n");
      if (lines.length > MOST_EDITS) throw new Error("too many");
      let last = -1;
      edits = lines.map(line => {
        if (line.startsWith("!")) return line.slice(1);
        const at = line.indexOf("=");
        const by = at === 0 ? 1 : parseInt(line.slice(0, at), 36);
        const address = addresses[last + by];
        if (at < 0 || address === undefined) throw new Error("no such number");
        last += by;
        return `${address} = ${line.slice(at + 1)}`;
      });
    }
    const draws = Number(parts.get("draws") ?? usual);
    if (!Number.isInteger(draws) || draws < 1 || draws > 1e8) throw new Error("draws");
    return { edits, draws };
  } catch {
    throw new Error("This link is damaged. Nothing was changed.");
  }
};
