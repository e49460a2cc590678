// The view of an editor: CodeMirror, with Python's indentation and the page's colours.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

/**
 * @param code what it shows first
 * @param label what it is called by a screen reader
 * @param onChange called at each change
 * @param onRun called for Shift+Enter and Ctrl+Enter
 * @param selected the `anchor` and the `head` of what is selected first
 */
export function makeView({ code, label, onChange, onRun, selected }) {
  const run = () => {
    onRun();
    return true;
  };
  const keys = [{ key: "Shift-Enter", run }, { key: "Mod-Enter", run }];
  const changed = EditorView.updateListener.of((update) => update.docChanged && onChange());
  const extensions = [
    keymap.of([...keys, ...defaultKeymap, ...historyKeymap, indentWithTab]),
    lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(),
    indentUnit.of("    "), python(), syntaxHighlighting(classHighlighter),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }), changed,
  ];
  // Line ends of two characters are one here.
  const doc = EditorState.create({ doc: code }).doc;
  const at = (place) => Math.min(place, doc.length);
  const selection = { anchor: at(selected.anchor), head: at(selected.head) };
  return new EditorView({ state: EditorState.create({ doc, selection, extensions }) });
}
