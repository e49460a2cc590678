// Take everything the reader did out of this browser as a file, and bring it back.

import { keep, latest } from "./answers.js";
import { clear, entries, write } from "./store.js";

const KIND = "cnn-by-hand progress";
const KEYS = /^(progress$|(answer|earlier|cell):)/;
const DAMAGED = "This file is not a saved progress of this course, or it is damaged. Nothing was changed.";

/** Everything as the text of a file. */
export function exportText() {
  return JSON.stringify({ kind: KIND, version: 1, saved: entries() }, null, 1);
}

/**
 * Bring a file's contents back; what the browser has besides stays.
 * @returns the sentence to show
 */
export function importText(text) {
  const saved = contentOf(text);
  if (!saved) return DAMAGED;
  const names = Object.keys(saved).filter((key) => KEYS.test(key));
  const replaced = replacedBy(saved);
  for (const key of names) write(key, saved[key]);
  for (const [name, code] of replaced) keep(name, code);
  return `Restored: ${names.filter((key) => key.startsWith("answer:")).length} answers and the points.`;
}

/** The answers that another one takes the place of. */
function replacedBy(saved) {
  const slugs = Object.keys(saved).map((key) => key.match(/^answer:(.*)/)?.[1]);
  const present = slugs.filter(Boolean).map((slug) => [slug, latest(slug)]);
  return present.filter(([slug, code]) => code !== null && code !== saved[`answer:${slug}`].code);
}

function contentOf(text) {
  try {
    const { kind, saved } = JSON.parse(text);
    return kind === KIND && isSane(saved) ? saved : null;
  } catch {
    return null;
  }
}

/** Whether a file holds what we would have written; an odd value could break every page. */
function isSane(saved) {
  if (typeof saved !== "object" || saved === null) return false;
  return Object.entries(saved).every(([key, value]) => {
    if (key.startsWith("answer:")) return typeof value?.code === "string";
    if (key.startsWith("earlier:")) return Array.isArray(value) && value.every((v) => typeof v === "string");
    if (key.startsWith("cell:")) return typeof value === "string";
    return key !== "progress" || Object.values(value).every((one) => Number.isFinite(one?.points));
  });
}

/** Forget everything. */
export const reset = clear;
