// The engine in a worker. It answers one version at a time, step by step, and drops what a newer one supersedes.
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

const unpack = async text => {
  const packed = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const stream = new Response(packed).body.pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
};

// One version: quickly from few draws, then what it changes, then all draws, and what changes as exactly as that allows.
const follow = async ({ id, request, published, claims, step, wants }) => {
  const tell = said => postMessage({ id, ...said });
  const left = () => latest !== id;
  const run = { ...request, show: { run: {} } };
  const draw = step => ask({ request: run, wants, step });
  const { source, edits, seed } = request;
  const other = { edited: { source, edits } };
  const change = draws => ask({ request: { source: published, claims, draws, seed, show: { change: { other } } }, wants: ["screen"] });
  let answer = draw(1);
  if (answer.refused) return tell({ refused: answer.refused });
  tell({ screen: answer.answer, shown: ask({ request: { ...request, show: "scenario" }, wants: ["json"] }).answer });
  if (published) {
    await pause();
    if (left()) return;
    tell({ change: change(Math.min(request.draws, 20000)) });
  }
  while (answer.answer.partial) {
    await pause();
    if (left()) return;
    answer = draw(step);
    tell({ screen: answer.answer });
  }
  if (published && request.draws > 20000) {
    await pause();
    if (left()) return;
    tell({ change: change(Math.min(request.draws, 200000)) });
  }
  tell({ settled: true });
};

onmessage = async ({ data }) => {
  try {
    if (data.engine) {
      module = typeof data.engine === "string" ? await unpack(data.engine) : data.engine;
      start();
      postMessage({ ready: module });
    } else if (data.leave) {
      latest = data.leave;
    } else if (data.request && data.id) {
      latest = data.id;
      await follow(data);
    } else if (data.single) {
      postMessage({ id: data.single, said: ask(data.ask) });
    }
  } catch (why) {
    // What trapped is replaced by a fresh engine.
    if (module) start();
    postMessage({ id: data.id ?? data.single, failed: String(why?.message ?? why) });
  }
};
