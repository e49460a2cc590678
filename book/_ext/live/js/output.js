// What a cell printed, drew and returned, below its code.

import { element } from "./dom.js";

export class Output {
  constructor(about) {
    const label = { role: "region", "aria-label": `Output of ${about}` };
    this.box = element("div", { className: "live-output", hidden: true, ...label });
  }

  /** A clean sheet for one run; what an earlier run still prints is not shown any more. */
  start() {
    const sheet = new Sheet(this.box);
    this.box.replaceChildren(sheet.paper);
    this.box.hidden = true;
    this.box.setAttribute("aria-busy", "true");
    return sheet;
  }
}

class Sheet {
  constructor(box) {
    this.box = box;
    this.paper = element("div");
  }

  /** Add a piece of what is printed. */
  print(text, isError) {
    const kind = isError ? "error" : "text";
    const last = this.paper.lastElementChild;
    const same = last?.classList.contains(kind) && last.classList.contains("live-stream");
    (same ? last : this.block(text, `live-stream ${kind}`)).append(same ? text : "");
  }

  /** Add the result of a run. */
  finish(result) {
    if (this.isShown) this.box.removeAttribute("aria-busy");
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
    this.paper.append(child);
    if (this.isShown) this.box.hidden = false;
  }

  get isShown() {
    return this.paper.parentNode === this.box;
  }
}
