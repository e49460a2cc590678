// The chapter's notebook with the answers of the page in it, and the other way round.

import * as answers from "./answers.js";
import { address } from "./course.js";

const ELSEWHERE = "This is the notebook of another chapter. Load it on the page of that chapter's exercises. " +
  "Nothing was changed.";
const NO_NOTEBOOK = "This file is not a notebook of this course. Nothing was changed.";

/** The released notebook of a chapter, each answer of the page in its cell; as text. */
export async function fillNotebook(course, chapter) {
  const answer = await fetch(address(`_static/live/notebooks/${chapter}.ipynb`));
  if (!answer.ok) throw new Error(`The notebook could not be loaded (${answer.status}).`);
  const notebook = await answer.json();
  for (const [slug, cell] of answerCells(course, notebook)) {
    const code = answers.latest(slug);
    if (code !== null) cell.source = code;
  }
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/**
 * Take the answers out of a notebook; what stood on the page is put aside.
 * @param starters the starter of each exercise, by slug, for those that are on this page
 * @returns the code by slug
 */
export function readNotebook(course, text, starters) {
  const found = {};
  for (const [slug, cell] of answerCells(course, parse(text))) {
    const code = [cell.source].flat().join("");
    if (!(slug in starters)) continue;
    const now = answers.latest(slug);
    if (now !== null && now !== code) answers.keep(slug, now);
    answers.save(slug, code, starters[slug]);
    found[slug] = code;
  }
  if (!Object.keys(found).length) throw new Error(ELSEWHERE);
  return found;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(NO_NOTEBOOK);
  }
}

/** Whether a cell's source is what the format allows: a text, or a list of its lines. */
const isText = (source) => [source].flat().every((line) => typeof line === "string");

/** The cells of a notebook that hold answers. */
function answerCells(course, notebook) {
  if (!Array.isArray(notebook?.cells)) throw new Error(NO_NOTEBOOK);
  const name = (cell) => cell?.metadata?.nbgrader?.solution && cell.metadata.nbgrader.grade_id;
  const cells = notebook.cells.map((cell) => [name(cell), cell]);
  const own = cells.filter(([slug]) => slug && Object.hasOwn(course.exercises, slug));
  if (!own.length || !own.every(([, cell]) => isText(cell.source))) throw new Error(NO_NOTEBOOK);
  return own;
}
