// Python in a worker of its own, so that a page stays usable whatever the reader's code does.

const MOST_BYTES = 100_000;
const MOST_MESSAGES = 200;
const PIECE = 4_096;
// Our own module that needs a package; Pyodide looks for imports in the reader's code alone.
const PLOTS = /\bconvnet(?:\.|\s+import\s.*)\bplots\b/;
const DAMAGED = "the code has damaged what the page needs.";

const send = self.postMessage.bind(self);

let python;
let page;
let output;
let queue = Promise.resolve();

// A listener, and no `onmessage`: that, a reader's code could put out of use.
self.addEventListener("message", ({ data }) => {
  // One after the other: work that waits for a package must not let the next one in.
  queue = queue.then(() => (data.type === "start" ? start(data) : work(data)));
});

// Some failures of Pyodide's start reach nobody: without this, the page would wait for ever.
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  if (!page) tellFailure(event.reason);
});

const tellFailure = (error) =>
  send({ type: "failed", reason: String(error?.message || error).slice(0, 300) });

async function start({ pyodide, packages, wheels }) {
  try {
    // All files travel at the same time.
    const ours = Promise.all(wheels.map(fetchBytes));
    ours.catch(() => {});
    const { loadPyodide } = await import(`${pyodide}pyodide.mjs`);
    python = await loadPyodide({ indexURL: pyodide, packages });
    for (const wheel of await ours) python.unpackArchive(wheel, "wheel");
    python.setStdout({ write: (bytes) => output.write(bytes, false) });
    python.setStderr({ write: (bytes) => output.write(bytes, true) });
    page = python.pyimport("page_python");
    page.prepare();
    // What ends Python itself reaches nobody else: `os._exit`, or a crash in the middle of a wait.
    python._api.on_fatal = (error) => send({ type: "broken", reason: reasonOf(error) });
    guard();
    send({ type: "ready" });
  } catch (error) {
    tellFailure(error);
  }
}

/** A reader's code can reach this worker: it must not flood the page, or end the worker unseen. */
function guard() {
  for (const name of ["postMessage", "close"]) {
    self[name] = () => {
      throw new Error(`${name} belongs to the page`);
    };
  }
}

async function fetchBytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the grader could not be loaded (${answer.status}).`);
  return answer.arrayBuffer();
}

async function work({ id, space, fresh, parts, slug }) {
  output = new Output(id);
  try {
    const ready = await withPackages(parts);
    // From here on the time counts: how long a package travels is not the code's fault.
    send({ type: "begun", id });
    const names = page.names_of.callKwargs(space, { fresh: Boolean(fresh) });
    const result = await runAll(ready, names, { restore: Boolean(fresh) });
    if (result.ok && slug) result.verdict = plain(page.check(slug, names));
    output.flush();
    send({ type: "done", id, result });
  } catch (error) {
    // Python itself reports its errors as results, so this one is Pyodide's: it cannot go on.
    send({ type: "broken", reason: reasonOf(error) });
  }
}

async function runAll(parts, names, how) {
  let result = { ok: true };
  for (const { code, title, given, missing } of parts) {
    result = plain(await page.run.callKwargs(code, title, names, how));
    // The page's own code fails only if the reader's has damaged Python: a new one will do.
    if (!result.ok && given && !missing) throw new Error(DAMAGED);
    if (!result.ok) return { ...result, title, error: result.error + missing };
  }
  return result;
}

/** Load what the parts import; a part notes if a package is `missing`. */
async function withPackages(parts) {
  const ready = [];
  for (const part of parts) ready.push({ ...part, missing: await loadImports(part.code) });
  return ready;
}

/** Load the packages that the code imports; say so if one cannot be had. */
async function loadImports(code) {
  const all = PLOTS.test(code) ? `${code}\nimport matplotlib` : code;
  try {
    await python.loadPackagesFromImports(all, { messageCallback: () => {}, errorCallback: () => {} });
    return "";
  } catch (error) {
    return `\n\nA package could not be loaded: ${error.message}`;
  }
}

function plain(proxy) {
  const value = proxy.toJs({ dict_converter: Object.fromEntries });
  proxy.destroy();
  return value;
}

function reasonOf(error) {
  const text = String(error?.message || error);
  if (/memory|allocat/i.test(text)) return "the page ran out of memory. Try smaller arrays.";
  if (/call stack|recursion/i.test(text)) return "functions called each other too deeply.";
  if (/^Program terminated/.test(text)) return "the code has ended it.";
  // Of a traceback, the last line says what happened.
  return text.trim().split("\n").at(-1).slice(0, 300);
}

/** What the code prints, cut here: a flood would drown the page before it could press Stop. */
class Output {
  constructor(id) {
    this.id = id;
    this.bytes = 0;
    this.messages = 0;
    this.text = "";
    this.isError = false;
    this.decoders = [new TextDecoder(), new TextDecoder()];
  }

  write(bytes, isError) {
    if (this.bytes < MOST_BYTES) {
      if (isError !== this.isError) this.flush();
      this.isError = isError;
      this.bytes += bytes.length;
      this.text += this.decoders[Number(isError)].decode(bytes, { stream: true });
      if (this.bytes >= MOST_BYTES) this.text += "\n[The output was cut here.]";
      const soon = this.messages < MOST_MESSAGES || this.text.length > PIECE;
      if (soon || this.bytes >= MOST_BYTES) this.flush();
    }
    return bytes.length;
  }

  flush() {
    if (!this.text) return;
    send({ type: "output", id: this.id, text: this.text, isError: this.isError });
    this.messages += 1;
    this.text = "";
  }
}
