// Buttons below the exercises of a page: take the notebook along, or bring its answers here.

import { button, element } from "./dom.js";
import { fileField, saveFile } from "./file.js";
import { fillNotebook, readNotebook } from "./notebook.js";

const ABOUT = "Your answers fit into the chapter's notebook, ready to be handed in, and back again.";

/** Add the buttons after the last exercise of the page. */
export function addExchange(course, exercises) {
  const { chapter } = exercises[0].facts;
  const said = element("p", { className: "live-said", role: "status" });
  const telling = (action) => async (given) => {
    try {
      said.textContent = await action(given);
    } catch (error) {
      said.textContent = error.message;
    }
  };
  const download = telling(async () => {
    exercises.forEach((one) => one.editor.flush());
    saveFile(`${chapter}.ipynb`, await fillNotebook(course, chapter));
    return `${chapter}.ipynb holds your answers.`;
  });
  const field = fileField(".ipynb", telling((text) => bringBack(course, exercises, text)));
  const buttons = [
    button("Download the notebook", "with your answers", download),
    button("Load answers from a notebook", "into this page", () => field.click()),
  ];
  const tools = element("div", { className: "live-tools" }, ...buttons, field);
  const box = element("div", { className: "live-exchange" }, element("p", {}, ABOUT), tools, said);
  exercises.at(-1).card.after(box);
}

function bringBack(course, exercises, text) {
  exercises.forEach((one) => one.editor.flush());
  const starters = Object.fromEntries(exercises.map((one) => [one.slug, one.starter]));
  const found = readNotebook(course, text, starters);
  exercises.forEach((one) => one.slug in found && one.take(found[one.slug]));
  const count = Object.keys(found).length;
  const cells = count === 1 ? "1 cell" : `${count} cells`;
  return `Loaded ${cells}. What stood here is kept as “my earlier answer”.`;
}
