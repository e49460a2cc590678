// Bring the cells and exercises of this page to life.

import { findCells } from "./cell.js";
import { address, cardsOf, wheelsOf, workerOf } from "./course.js";
import { element } from "./dom.js";
import { Python } from "./python.js";
import { Status } from "./status.js";
import { onOtherTab, onReturn, onTrouble } from "./store.js";

const KEYS = "Ctrl+Enter runs the code, Ctrl+Shift+Enter stops it. " +
  "Tab indents; Escape, then Tab, leaves the editor.";

/** Start nothing yet: Python comes when the reader asks for it. */
export async function enliven(course, onProgress) {
  const status = new Status(() => python.stop());
  const files = {
    pyodide: address(course.pyodide),
    packages: course.packages,
    wheels: wheelsOf(course),
  };
  const python = new Python(workerOf(course), files, (...state) => status.follow(...state));
  onTrouble((sentence) => status.tell(sentence));
  const changed = () => {
    exercises.forEach((one) => one.tick());
    onProgress();
  };
  const exercises = [];
  const cells = findCells(python);
  onOtherTab((key) => {
    if (key === "progress") changed();
    const other = exercises.find((one) => key === `answer:${one.slug}`);
    if (!other) return;
    other.changedElsewhere = true;
    status.tell(`Another tab has changed your answer to ${other.about}. Reload to see it.`);
  });
  onReturn(() => (exercises.some((one) => one.isOutdated()) ? location.reload() : changed()));
  const cards = cardsOf(course);
  if (cards.length) await addExercises(cards, exercises, [course, python, changed]);
  return { python, cells, exercises };
}

async function addExercises(cards, exercises, [course, ...rest]) {
  const { Exercise } = await import("./exercise.js");
  const { addExchange } = await import("./exchange.js");
  for (const card of cards) {
    exercises.push(new Exercise(card, course, ...rest));
    // The page must answer to its reader in between.
    await new Promise((resume) => setTimeout(resume));
  }
  const keys = element("p", { className: "live-keys", textContent: KEYS });
  exercises[0].editor.element.before(keys);
  addExchange(course, exercises);
}
