// Hints one after the other, and a solution that asks first.

import { button, element, show } from "./dom.js";
import { isSolved, recordHelp } from "./progress.js";

const QUESTION = "Did you try all hints? A solution that was only read is soon forgotten.";

/** Let the hints of an exercise come one at a time, and ask before its solution is shown. */
export function stageHelp(card, slug, about) {
  const hints = [...card.querySelectorAll("details.exercise-hint")];
  hints.forEach((hint, i) => {
    show(i === 0 || hints[i - 1].open, hint);
    hint.addEventListener("toggle", () => {
      show(true, hints[i + 1]);
      if (hint.open) recordHelp(slug, { hints: i + 1 });
    });
  });
  const solution = card.querySelector("details.exercise-solution");
  if (solution) askFirst(solution, slug, about);
}

function askFirst(solution, slug, about) {
  const answer = [...solution.children].filter((child) => child.tagName !== "SUMMARY");
  const hide = () => {
    solution.open = false;
    solution.querySelector("summary").focus();
  };
  const reveal = () => {
    show(false, question);
    show(true, ...answer);
    recordHelp(slug, { solution: true });
    // The button that was pressed is gone: the keyboard goes on from the answer.
    solution.querySelector("summary").focus();
  };
  const name = `(solution of ${about})`;
  const buttons = [button("Show it", name, reveal), button("Not yet", name, hide)];
  const tools = element("div", { className: "live-tools" }, ...buttons);
  const question = element("div", { className: "live-question" }, element("p", {}, QUESTION), tools);
  solution.append(question);
  solution.addEventListener("toggle", () => {
    // Whoever has solved it may compare at once.
    const ask = !question.hidden && !isSolved(slug);
    show(ask, question);
    show(!ask, ...answer);
  });
  show(false, ...answer);
}
