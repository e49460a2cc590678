// What a cell printed, drew and returned, below its code.

import { element } from "./dom.js";

export class Output {
  constructor(about) {
    const label = { role: "region", "aria-label": `Output of ${about}` };
    this.box = element("div", { className: "live-output", hidden: true, ...label });
  }

  /** Forget the last run. */
  clear() {
    this.box.replaceChildren();
    this.box.hidden = true;
    this.box.setAttribute("aria-busy", "true");
  }

  /** Add a piece of what is printed. */
  print(text, isError) {
    const kind = isError ? "error" : "text";
    const last = this.box.lastElementChild;
    const same = last?.classList.contains(kind) && last.classList.contains("live-stream");
    (same ? last : this.block(text, `live-stream ${kind}`)).append(same ? text : "");
  }

  /** Add the result of a run. */
  finish(result) {
    this.box.removeAttribute("aria-busy");
    for (const { png, alt } of result.figures || []) {
      const src = `data:image/png;base64,${png}`;
      this.add(element("img", { src, alt, className: "live-figure" }));
    }
    if (result.html) this.add(element("div", { className: "live-value", innerHTML: result.html }));
    if (result.text) this.block(result.text, "text");
    if (result.error) this.block(result.error, "error");
  }

  block(text, kind) {
    const made = element("pre", { className: kind, tabIndex: 0 }, text);
    this.add(made);
    return made;
  }

  add(child) {
    this.box.hidden = false;
    this.box.append(child);
  }
}
