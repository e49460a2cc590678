// Bring the cells and exercises of this page to life.

import { findCells } from "./cell.js";
import { address, workerOf } from "./course.js";
import { element } from "./dom.js";
import { addExchange } from "./exchange.js";
import { Exercise } from "./exercise.js";
import { Python } from "./python.js";
import { Status } from "./status.js";
import { onOtherTab, onTrouble } from "./store.js";

const KEYS = "Ctrl+Enter runs the code. Tab indents; Escape, then Tab, leaves the editor.";

/** Start nothing yet: Python comes when the reader asks for it. */
export function enliven(course, onProgress) {
  const status = new Status(() => python.stop());
  const files = {
    pyodide: address(course.pyodide),
    packages: course.packages,
    wheel: address(course.wheel),
  };
  const python = new Python(workerOf(course), files, (...state) => status.follow(...state));
  onTrouble((sentence) => status.tell(sentence));
  const changed = () => {
    exercises.forEach((one) => one.tick());
    onProgress();
  };
  const exercises = [...document.querySelectorAll("[data-exercise]")]
    .filter((card) => course.exercises[card.dataset.exercise])
    .map((card) => new Exercise(card, course, python, changed));
  const cells = findCells(python);
  onOtherTab((key) => {
    if (key === "progress") changed();
    const other = exercises.find((one) => key === `answer:${one.slug}`);
    if (!other) return;
    other.changedElsewhere = true;
    status.tell(`Another tab has changed your answer to ${other.about}. Reload to see it.`);
  });
  sayKeys(exercises);
  if (exercises.length) addExchange(course, exercises);
  return { python, cells, exercises };
}

function sayKeys([first]) {
  first?.editor.element.before(element("p", { className: "live-keys", textContent: KEYS }));
}
