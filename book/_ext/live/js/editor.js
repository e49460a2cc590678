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

  /** Show the code until the editor is open; it looks the same, and can be typed into already. */
  showText() {
    const looks = { className: "cm-content", wrap: "off", spellcheck: false, "aria-label": this.label };
    this.field = element("textarea", { ...looks, value: this.text });
    this.field.addEventListener("focus", () => this.open());
    this.field.addEventListener("input", () => this.typed(this.field.value));
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.numbers = element("div", { className: "live-numbers", "aria-hidden": "true" });
    this.count();
    const box = element("div", { className: "cm-editor live-closed" }, this.numbers, this.field);
    this.element.replaceChildren(box);
  }

  /** Number the lines, and be as high as they are. */
  count() {
    this.field.rows = this.text.split("\n").length;
    this.numbers.textContent = Array.from({ length: this.field.rows }, (_, i) => i + 1).join("\n");
  }

  /** Become an editor proper, once; the focus and the selection stay in it if they are there. */
  async open() {
    const { makeView } = await import("./view.js");
    if (this.view) return;
    this.near.disconnect();
    const { text: code, label, onRun, field } = this;
    const wasFocused = field === document.activeElement;
    const selected = { anchor: field.selectionStart, head: field.selectionEnd };
    this.view = makeView({ code, label, onRun, onChange: () => this.changed(), selected });
    this.element.replaceChildren(this.view.dom);
    if (wasFocused) this.view.focus();
  }

  typed(text) {
    this.text = text;
    this.count();
    this.changed();
  }

  pressed(event) {
    if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.onRun();
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
