// An editor: it shows its code at once, and becomes an editor proper when the reader comes near.

import { element } from "./dom.js";

const SAVE_AFTER_MS = 200;
// Making an editor takes a phone a while; a page of exercises has a dozen of them.
const NEAR = { rootMargin: "600px" };

export class Editor {
  /**
   * @param code what it shows first
   * @param label what it is called by a screen reader
   * @param onChange called with the text soon after the last key
   * @param onRun called for Shift+Enter and Ctrl+Enter
   */
  constructor({ code, label, onChange, onRun }) {
    Object.assign(this, { text: code, label, onChange, onRun });
    this.element = element("div", { className: "live-editor" });
    this.showText();
    this.near = new IntersectionObserver((all) => all.at(-1).isIntersecting && this.open(), NEAR);
    this.near.observe(this.element);
    addEventListener("pagehide", () => this.flush());
  }

  /** Show the code as it is until the editor is open; it looks the same, and opens on focus. */
  showText() {
    const lines = this.text.split("\n").map((line) =>
      element("div", { className: "cm-line", textContent: line || "\n" }));
    const looks = { className: "cm-content", role: "textbox", tabIndex: 0, "aria-label": this.label };
    const content = element("div", { ...looks, "aria-multiline": "true" }, ...lines);
    content.style.setProperty("--digits", String(lines.length).length);
    content.addEventListener("focus", () => this.open());
    const box = element("div", { className: "cm-editor live-closed" }, content);
    this.element.replaceChildren(box);
  }

  /** Become an editor proper, once; the focus stays in it if it is there. */
  async open() {
    const { makeView } = await import("./view.js");
    if (this.view) return;
    this.near.disconnect();
    const { text: code, label, onRun, element: box } = this;
    const wasFocused = box.contains(document.activeElement);
    this.view = makeView({ code, label, onRun, onChange: () => this.changed() });
    box.replaceChildren(this.view.dom);
    if (wasFocused) this.view.focus();
  }

  get code() {
    return this.view ? this.view.state.doc.toString() : this.text;
  }

  /** Replace the whole text; Ctrl+Z brings the old one back. */
  set code(text) {
    if (this.view) {
      this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
      this.flush();
    } else if (text !== this.text) {
      this.text = text;
      this.showText();
      this.onChange(text);
    }
  }

  focus() {
    this.element.querySelector(".cm-content").focus();
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), SAVE_AFTER_MS);
  }

  flush() {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.onChange(this.code);
  }
}
