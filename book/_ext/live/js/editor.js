// The editor of a cell: CodeMirror, with Python's indentation and the page's colours.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

const SAVE_AFTER_MS = 200;

export class Editor {
  /**
   * @param code what it shows first
   * @param label what it is called by a screen reader
   * @param onChange called with the text soon after the last key
   * @param onRun called for Shift+Enter and Ctrl+Enter
   */
  constructor({ code, label, onChange, onRun }) {
    this.onChange = onChange;
    const run = () => {
      onRun();
      return true;
    };
    const keys = [{ key: "Shift-Enter", run }, { key: "Mod-Enter", run }];
    const changed = EditorView.updateListener.of((update) => update.docChanged && this.changed());
    const extensions = [
      keymap.of([...keys, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(),
      indentUnit.of("    "), python(), syntaxHighlighting(classHighlighter),
      EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }), changed,
    ];
    this.view = new EditorView({ state: EditorState.create({ doc: code, extensions }) });
    addEventListener("pagehide", () => this.flush());
  }

  get element() {
    return this.view.dom;
  }

  get code() {
    return this.view.state.doc.toString();
  }

  /** Replace the whole text; Ctrl+Z brings the old one back. */
  set code(text) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
    this.flush();
  }

  focus() {
    this.view.focus();
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
