// A line at the foot of the page: what Python is doing, and the button that stops it.

import { element } from "./dom.js";

const SLOW_MS = 300;
const WORDS = { starting: "Starting Python … (loads 9 MB the first time)", busy: "Running …" };

export class Status {
  constructor(onStop) {
    this.text = element("span", { role: "status" });
    const keys = { title: "Ctrl+Shift+Enter", "aria-keyshortcuts": "Control+Shift+Enter" };
    this.stop = element("button", { type: "button", textContent: "Stop", onclick: onStop, ...keys });
    this.close = element("button", { type: "button", textContent: "Close", onclick: () => this.hide() });
    this.box = element("div", { className: "live-status", hidden: true }, this.text, this.stop, this.close);
    document.body.append(this.box);
    addEventListener("keydown", (event) => this.obey(event));
  }

  /** Stop by keys too: the button is at the end of the page, and Tab takes long to get there. */
  obey(event) {
    const keys = event.key === "Enter" && event.shiftKey && (event.ctrlKey || event.metaKey);
    if (!keys || this.box.hidden || this.stop.hidden) return;
    event.preventDefault();
    this.stop.click();
  }

  /** Follow Python; what is over at once is not announced. */
  follow(state, reason) {
    clearTimeout(this.timer);
    if (state === "failed") this.put(reason, false);
    else if (WORDS[state]) this.timer = setTimeout(() => this.put(WORDS[state], true), SLOW_MS);
    else if (this.notice) this.put(this.notice, false);
    else this.hide();
  }

  /** Show a sentence until it is closed; a run may come in between. */
  tell(sentence) {
    this.notice = sentence;
    this.put(sentence, false);
  }

  put(sentence, canStop) {
    if (this.text.textContent !== sentence) this.text.textContent = sentence;
    this.stop.hidden = !canStop;
    this.close.hidden = canStop;
    this.box.hidden = false;
  }

  hide() {
    this.notice = "";
    this.box.hidden = true;
    this.text.textContent = "";
  }
}
