// Take everything the reader did out of this browser as a file, and bring it back.

import { keep, latest } from "./answers.js";
import { isProgress, mergeProgress } from "./progress.js";
import { clear, entries, isAllKept, write } from "./store.js";

const KIND = "cnn-by-hand progress";
const VERSION = 1;
const KEYS = /^(answer|earlier|cell):/;
const DAMAGED = "This file is not a saved progress of this course, or it is damaged. Nothing was changed.";
const NEWER = "This file comes from a newer version of the course. Reload the page and try again. " +
  "Nothing was changed.";
const FORGOTTEN = "The file was read, but this browser does not let the page save: it is full, or forbids " +
  "it. All is forgotten when you leave this page; keep the file.";

/** Everything as the text of a file. */
export function exportText() {
  return JSON.stringify({ kind: KIND, version: VERSION, saved: entries() }, null, 1);
}

/**
 * Bring a file's contents back; what the browser has besides stays.
 * @returns the sentence to show
 */
export function importText(text) {
  const { version, saved } = contentOf(text);
  if (version > VERSION) return NEWER;
  if (!isSane(saved)) return DAMAGED;
  const names = Object.keys(saved).filter((key) => KEYS.test(key));
  const replaced = replacedBy(saved);
  for (const key of names) write(key, saved[key]);
  for (const [name, code] of replaced) keep(name, code);
  mergeProgress(saved.progress ?? {});
  if (!isAllKept()) return FORGOTTEN;
  return `Restored: ${names.filter((key) => key.startsWith("answer:")).length} answers and the points.`;
}

/** The answers that another one takes the place of. */
function replacedBy(saved) {
  const slugs = Object.keys(saved).map((key) => key.match(/^answer:(.*)/)?.[1]);
  const present = slugs.filter(Boolean).map((slug) => [slug, latest(slug)]);
  return present.filter(([slug, code]) => code !== null && code !== saved[`answer:${slug}`].code);
}

/** The contents of a file; nothing if it is none of ours. */
function contentOf(text) {
  try {
    const content = JSON.parse(text);
    return content?.kind === KIND ? content : {};
  } catch {
    return {};
  }
}

/** Whether a file holds what we would have written. */
function isSane(saved) {
  if (saved?.constructor !== Object) return false;
  return Object.entries(saved).every(([key, value]) => {
    if (key.startsWith("answer:")) return typeof value?.code === "string";
    if (key.startsWith("earlier:")) return Array.isArray(value) && value.every((v) => typeof v === "string");
    if (key.startsWith("cell:")) return typeof value === "string";
    return key !== "progress" || isProgress(value);
  });
}

/** Forget everything. */
export const reset = clear;
