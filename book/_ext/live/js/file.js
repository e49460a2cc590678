// Hand a file to the reader, or take one.

import { element } from "./dom.js";

/** Let the browser save a text as a file. */
export function saveFile(name, text) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text])), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** A hidden field that gives the text of a chosen file to a function. */
export function fileField(kind, onText) {
  const field = element("input", { type: "file", accept: kind, hidden: true });
  field.onchange = async () => {
    const [file] = field.files;
    // What cannot be read is treated like an empty file: the reader is told that it does not fit.
    if (file) await onText(await file.text().catch(() => ""));
    field.value = "";
  };
  return field;
}
