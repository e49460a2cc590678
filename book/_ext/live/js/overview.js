// The page of one's progress: points by exercise, the next step, and a file to take along.

import { exportText, importText, reset } from "./backup.js";
import { address } from "./course.js";
import { button, element, show } from "./dom.js";
import { fileField, saveFile } from "./file.js";
import { progress } from "./progress.js";
import { onOtherTab, onReturn } from "./store.js";

const HEADINGS = ["Exercise", "Points", "Checks", "Hints"];
const QUESTION = "This removes all answers and points from this browser. Save them as a file first?";

/** Fill the place that the page keeps for it. */
export function showOverview(place, course, onChange) {
  const table = element("div");
  const said = element("p", { role: "status" });
  const refresh = (sentence) => {
    table.replaceChildren(summary(course), tableOf(course));
    said.textContent = sentence;
    onChange();
  };
  place.replaceChildren(table, tools(refresh), said);
  refresh("");
  onOtherTab((key) => key === "progress" && refresh(""));
  onReturn(() => refresh(""));
}

function summary(course) {
  const all = Object.entries(course.exercises);
  const done = progress();
  const points = all.reduce((sum, [slug]) => sum + (done[slug]?.points || 0), 0);
  const most = all.reduce((sum, [, { points: worth }]) => sum + worth, 0);
  const next = all.find(([slug]) => !done[slug]?.passed);
  const paragraph = element("p", {}, `You have ${points} of ${most} points. `);
  if (next) paragraph.append("Next: ", linkTo(...next), ".");
  else paragraph.append("Everything is solved.");
  return paragraph;
}

const linkTo = (slug, { page, number, title }) =>
  element("a", { href: `${address(page)}.html#${slug}` }, `${number} ${title}`);

function tableOf(course) {
  const done = progress();
  const head = element("tr", {}, ...HEADINGS.map((text) => element("th", { scope: "col" }, text)));
  const rows = Object.entries(course.exercises).map(([slug, exercise]) => {
    const one = done[slug] || {};
    const mark = one.passed ? "✓ " : "";
    const name = element("td", {}, linkTo(slug, exercise));
    const numbers = [`${mark}${one.points || 0} of ${exercise.points}`, one.tries || 0, one.hints || 0];
    return element("tr", {}, name, ...numbers.map((text) => element("td", {}, String(text))));
  });
  const body = element("tbody", {}, ...rows);
  const table = element("table", { className: "table" }, element("thead", {}, head), body);
  return element("div", { className: "pst-scrollable-table-container" }, table);
}

function tools(refresh) {
  const file = fileField(".json,application/json", (text) => refresh(importText(text)));
  const download = () => saveFile("cnn-by-hand-progress.json", exportText());
  const forget = button("Yes, remove everything", "from this browser", () => {
    reset();
    close();
    refresh("Everything was removed.");
  });
  const stay = button("No, keep it", "in this browser", () => close());
  const answers = element("div", { className: "live-tools" }, forget, stay);
  const question = element("div", { hidden: true }, element("p", {}, QUESTION), answers);
  const ask = button("Remove everything", "my progress", () => show(true, question));
  const close = () => {
    show(false, question);
    ask.focus();
  };
  const all = [
    button("Save as a file", "my progress", download),
    button("Bring back from a file", "my progress", () => file.click()),
    ask,
  ];
  return element("div", {}, element("div", { className: "live-tools" }, ...all, file), question);
}
