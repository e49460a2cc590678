// How many exercises are solved, beside each chapter and page in the sidebar.

import { pageOf } from "./course.js";
import { element } from "./dom.js";
import { isSolved } from "./progress.js";

/** Write or renew all counts. */
export function showCounts(course) {
  for (const link of document.querySelectorAll(".bd-sidebar-primary nav a.internal[href]")) {
    const slugs = exercisesOf(course, pageOf(link.href));
    if (slugs.length) showCount(link, slugs);
  }
}

/** The exercises of a page; an `index` stands for its whole chapter. */
export function exercisesOf(course, page) {
  const chapter = page.match(/^(.*\/)index$/)?.[1];
  const belongs = (one) => (chapter ? one.page.startsWith(chapter) : one.page === page);
  return Object.keys(course.exercises).filter((slug) => belongs(course.exercises[slug]));
}

function showCount(link, slugs) {
  const solved = slugs.filter(isSolved).length;
  link.querySelector(".live-count")?.remove();
  const words = `${solved} of ${slugs.length} exercises solved`;
  const seen = element("span", { textContent: `${solved}/${slugs.length}`, "aria-hidden": "true" });
  const said = element("span", { className: "live-unseen", textContent: ` (${words})` });
  const done = solved === slugs.length ? " done" : "";
  link.append(element("span", { className: `live-count${done}`, title: words }, seen, said));
}
