// The page's one Python: a worker that is started when needed and ended when it must.

const STOPPED = "Stopped. Python starts anew; what stands above runs again when it is needed.";

const GIVEN_UP = "Stopped before Python was there. Press the button again to start it.";
const broken = (reason) => `Python broke down: ${reason} It starts anew; your code is safe.`;

export class Python {
  /**
   * @param worker the address of the worker's script
   * @param files where Pyodide and our wheels are
   * @param onState called with `off`, `starting`, `idle`, `busy` or `failed`, and a reason
   */
  constructor(worker, files, onState) {
    Object.assign(this, { address: worker, files, onState });
    this.waiting = new Map();
    this.count = 0;
    this.lives = 0;
    this.set("off");
  }

  set(state, reason = "") {
    this.state = state;
    this.onState(state, reason);
  }

  /** Start Python, or wait until it has started. */
  start() {
    this.ready ||= new Promise((resolve, reject) => {
      this.abandon = reject;
      this.set("starting");
      this.lives += 1;
      this.worker = new Worker(this.address, { type: "module" });
      this.worker.onmessage = ({ data }) => this.receive(data, resolve, reject);
      this.worker.onerror = (event) => {
        event.preventDefault();
        if (this.alive) this.end(broken(event.message));
        else this.fail(event.message || "its script could not be loaded", reject);
      };
      this.worker.postMessage({ type: "start", ...this.files });
    });
    return this.ready;
  }

  receive(message, resolve, reject) {
    // A reader's code can reach the worker, and send anything.
    if (!message?.type) return;
    if (message.type === "ready") {
      this.alive = true;
      this.set("idle");
      resolve();
    } else if (message.type === "failed") {
      this.fail(message.reason, reject);
    } else if (message.type === "broken") {
      this.end(broken(message.reason));
    } else if (message.type === "begun") {
      this.watch(message.id);
    } else if (message.type === "output") {
      this.waiting.get(message.id)?.onOutput(message.text, message.isError);
    } else if (message.type === "done") {
      this.finish(message.id, message.result);
    }
  }

  fail(reason, reject) {
    const { host } = new URL(this.files.pyodide);
    const why = navigator.onLine ? "Can this device reach that server?" : "This device is offline.";
    const then = "Your answers are kept. Press the button again to retry.";
    const sentence = `Python could not be started from ${host}. ${why} ${then} (${reason})`;
    this.end(sentence);
    this.set("failed", sentence);
    reject(new Error(sentence));
  }

  /**
   * Send work to Python.
   * @param work `parts` of code to run in a `space`, and the `slug` of an exercise to check
   * @param onOutput called with each piece of what is printed
   * @param seconds how long it may take, not counting the start of Python and of its packages
   * @returns what happened; a failure is told there and never thrown
   */
  async call(work, onOutput, seconds = 0) {
    try {
      await this.start();
    } catch (error) {
      return { ok: false, error: error.message };
    }
    const id = ++this.count;
    this.set("busy");
    return new Promise((resolve) => {
      this.waiting.set(id, { resolve, onOutput, seconds });
      this.worker.postMessage({ type: "work", id, ...work });
    });
  }

  /** Count the seconds of the work that has just begun. */
  watch(id) {
    const one = this.waiting.get(id);
    if (!one?.seconds || one.timer) return;
    const text = `Stopped after ${one.seconds} seconds. Is there a loop that never ends?`;
    one.timer = setTimeout(() => this.stop(text), one.seconds * 1000);
  }

  finish(id, result) {
    const one = this.waiting.get(id);
    this.waiting.delete(id);
    clearTimeout(one?.timer);
    if (!this.waiting.size) this.set("idle");
    one?.resolve(result);
  }

  /** End whatever runs, and start a new Python for what comes next; give up one that is starting. */
  stop(reason = STOPPED) {
    const { alive } = this;
    this.end(alive ? reason : GIVEN_UP);
    if (alive) this.start().catch(() => {});
    else this.abandon(new Error(GIVEN_UP));
  }

  end(reason) {
    if (this.worker) silence(this.worker);
    this.worker = this.ready = null;
    this.alive = false;
    const all = [...this.waiting.values()];
    this.waiting.clear();
    this.set("off");
    for (const { resolve, timer } of all) {
      clearTimeout(timer);
      resolve({ ok: false, error: reason, stopped: true });
    }
  }
}

/** End a worker for good: what it still sends must not be taken for the next one's. */
function silence(worker) {
  worker.onmessage = null;
  worker.onerror = (event) => event.preventDefault();
  worker.terminate();
}
