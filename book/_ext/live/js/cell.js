// A code cell of the text: it can be run as it is, or edited first.

import { cellsHere, codeOf, pageOf } from "./course.js";
import { button, element, show } from "./dom.js";
import { Editor } from "./editor.js";
import { Output } from "./output.js";
import { hash, read, remove, write } from "./store.js";

/** The cells of the page that can run, in order. */
export function findCells(python) {
  const cells = [];
  for (const box of cellsHere()) cells.push(new Cell(box, cells.length + 1, python, cells));
  cells.forEach((cell) => cell.showSaved());
  return cells;
}

class Cell {
  constructor(box, number, python, cells) {
    Object.assign(this, { box, number, python, cells, ranIn: 0 });
    this.input = box.querySelector(".cell_input");
    this.original = codeOf(box).replace(/\n$/, "");
    // Not by number: a page may get a new cell, and edits must stay with their own.
    this.key = `cell:${pageOf(location.href)}:${hash(this.original)}`;
    this.about = `cell ${number}`;
    this.built = box.querySelector(":scope > .cell_output");
    this.output = new Output(this.about);
    this.addButtons();
    this.input.after(this.tools, this.output.box);
  }

  showSaved() {
    const saved = read(this.key);
    if (saved) this.edit(saved, false);
  }

  addButtons() {
    this.runButton = button("Run", this.about, () => this.run());
    this.editButton = button("Edit", this.about, () => this.edit(this.original, true));
    this.resetButton = button("Reset", this.about, () => this.reset());
    const buttons = [this.runButton, this.editButton, this.resetButton];
    const group = { className: "live-tools", role: "group", "aria-label": this.about };
    this.tools = element("div", group, ...buttons);
    show(false, this.resetButton);
  }

  edit(code, focus) {
    this.editor = new Editor({
      code,
      label: `Code of ${this.about}`,
      onChange: (text) => this.save(text),
      onRun: () => this.run(),
    });
    this.input.before(this.editor.element);
    show(false, this.input, this.editButton);
    show(true, this.resetButton);
    if (focus) this.editor.focus();
  }

  save(text) {
    this.ranIn = 0;
    if (text === this.original) remove(this.key);
    else write(this.key, text);
  }

  /** Take the text of the page again. */
  reset() {
    remove(this.key);
    this.editor.element.remove();
    this.editor = null;
    this.ranIn = 0;
    show(true, this.input, this.editButton);
    show(false, this.resetButton);
    this.editButton.focus();
  }

  get code() {
    return this.editor ? this.editor.code : this.original;
  }

  /** Run the cell, and before it those above that have not run in this Python. */
  async run() {
    for (const other of this.cells.slice(0, this.number - 1)) {
      if (other.ranIn !== this.python.lives || !other.ranIn) {
        if (!(await other.execute())) return this.waitFor(other);
      }
    }
    return this.execute();
  }

  /** Say why the cell did not run: the message stands further up, maybe out of sight. */
  waitFor(other) {
    show(false, this.built);
    const error = `This cell waits for ${other.about} above, which did not run. See the message there.`;
    this.output.start().finish({ error });
    return false;
  }

  async execute() {
    const sheet = this.output.start();
    show(false, this.built);
    const title = `<cell ${this.number}>`;
    const work = { space: "page", parts: [{ code: this.code, title }] };
    const result = await this.python.call(work, (...piece) => sheet.print(...piece));
    sheet.finish(result);
    this.ranIn = result.ok ? this.python.lives : 0;
    return result.ok;
  }
}
