// Keep what the reader did in this browser, or in memory where the browser does not allow it.

const PREFIX = "cnn-by-hand:";
const UNSAVED =
  "This browser does not let the page save: it is full, or forbids it. What you type is lost when " +
  "you leave the page. Download the notebook below the exercises before you go.";
const memory = new Map();
let warn = () => {};

/** Say what to call, once, when nothing can be saved. */
export function onTrouble(callback) {
  warn = callback;
}

export function read(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

export function write(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
    memory.delete(key);
  } catch {
    memory.set(key, value);
    warn(UNSAVED);
    warn = () => {};
    addEventListener("beforeunload", askFirst);
  }
}

/** Whether the browser has saved everything; else it is only in memory. */
export const isAllKept = () => memory.size === 0;

/** Let the browser ask before it drops what is only in memory. */
function askFirst(event) {
  if (memory.size) event.preventDefault();
}

export function remove(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was saved there, so nothing is left.
  }
}

/** All keys with their values. */
export function entries() {
  const names = new Set(memory.keys());
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) names.add(key.slice(PREFIX.length));
    }
  } catch {
    // Nothing can be saved here, so memory has all there is.
  }
  return Object.fromEntries([...names].sort().map((name) => [name, read(name)]));
}

/** Forget everything. */
export function clear() {
  for (const name of Object.keys(entries())) remove(name);
}

/** Call back when another tab changes a key. */
export function onOtherTab(callback) {
  addEventListener("storage", (event) => {
    if (event.key?.startsWith(PREFIX)) callback(event.key.slice(PREFIX.length));
  });
}

/** Call back when Back or Forward shows this page again as it was left: much may be newer since. */
export function onReturn(callback) {
  addEventListener("pageshow", (event) => event.persisted && callback());
}

/** A short fingerprint of a text. */
export function hash(text) {
  let value = 5381;
  for (const letter of text) value = ((value * 33) ^ letter.codePointAt(0)) >>> 0;
  return value.toString(36);
}
