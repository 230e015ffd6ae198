// The engine in a worker. It answers one version at a time, step by step, and drops what a newer one supersedes.
import { unpack } from "./lzma.js";

// Milliseconds after which a newer version should be heard.
const PAUSE = 100;
let module, engine, latest = 0;
const encoder = new TextEncoder(), decoder = new TextDecoder();

const start = () => { engine = new WebAssembly.Instance(module, {}).exports; };

const ask = request => {
  const bytes = encoder.encode(JSON.stringify(request));
  const at = engine.take(bytes.length);
  new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
  const length = engine.ask();
  return JSON.parse(decoder.decode(new Uint8Array(engine.memory.buffer, engine.give(), length)));
};

// Lets messages in: they are what a newer version comes by.
const channel = new MessageChannel();
let goOn = null;
channel.port1.onmessage = () => goOn?.();
const pause = () => new Promise(resolve => { goOn = resolve; channel.port2.postMessage(0); });

const built = text => {
  const letters = atob(text), packed = new Uint8Array(letters.length);
  for (let n = 0; n < packed.length; n += 1) packed[n] = letters.charCodeAt(n);
  return WebAssembly.compile(unpack(packed));
};

// Asks one thing after the other and tells each answer, until there is a newer version or one is refused. What is partial is asked on.
const follow = async ({ id, asks }) => {
  const tell = said => postMessage({ id, ...said });
  tell({ begun: true });
  for (const [what, first, next] of asks) {
    let asked = first, said;
    do {
      if (latest !== id) return;
      const start = performance.now();
      said = ask(asked);
      const most = Math.max(1, Math.floor(PAUSE / (performance.now() - start))) * asked.step;
      if (said.refused) {
        tell({ refused: said.refused, what });
        return;
      }
      tell({ what, ...said.answer });
      asked = next && { ...next, step: Math.min(next.step, most) };
      await pause();
    } while (said.answer.partial);
  }
  if (latest === id) tell({ settled: true });
};

onmessage = async ({ data }) => {
  try {
    if (data.engine) {
      module = typeof data.engine === "string" ? await built(data.engine) : data.engine;
      start();
      postMessage({ ready: module });
      // What is compiled when it is first used is compiled now.
      if (data.first) ask(data.first);
    } else if (data.asks) {
      latest = data.id;
      await follow(data);
    } else if (data.leave) {
      latest = data.leave;
    } else if (data.single) {
      postMessage({ id: data.single, said: ask(data.ask) });
    }
  } catch (why) {
    // What trapped is replaced by a fresh engine.
    if (module) start();
    postMessage({ id: data.id ?? data.single, failed: String(why?.message ?? why) });
  }
};
