// What the site knows about itself: its exercises, and where Python comes from.

/** The site's first folder, which need not be the server's. */
export const root = new URL(document.documentElement.dataset.content_root || "./", location.href);

/** The address of something in the site. */
export const address = (place) => new URL(place, root).href;

/** The name of a page, such as `01-convolution/07-im2col`. */
export const pageOf = (link) => new URL(link).pathname.replace(root.pathname, "").replace(/\.html$/, "");

/** The address of the script that runs Python. */
export const workerOf = (course) => address(`_static/live/worker.js?v=${course.version}`);

// Cells that import these are shown only: the page's Python does not have them.
const ELSEWHERE = /^\s*(?:import|from)\s+(?:torch|skimage|sklearn|myst_nb)\b/m;

/** The code of a cell; empty if it shows only what came out. */
export const codeOf = (box) => box.querySelector(".cell_input pre")?.textContent || "";

/** The cells of the page that can run here, in order. */
export const cellsHere = () =>
  [...document.querySelectorAll("article div.cell:not(.tag_no-live)")].filter(
    (box) => codeOf(box) && !ELSEWHERE.test(codeOf(box)),
  );

/** The cards of the page's exercises. */
export const cardsOf = (course) =>
  [...document.querySelectorAll("[data-exercise]")].filter((card) => factsOf(course, card));

const factsOf = (course, card) => course.exercises[card.dataset.exercise];

/** Where the grader is, and what the chapters have whose exercises or data are on the page. */
export function wheelsOf(course) {
  const ofCards = cardsOf(course).map((card) => factsOf(course, card).chapter);
  const chapters = new Set([...ofCards, ...dataOf(course)]);
  return [course.wheel, ...[...chapters].map((chapter) => course.recorded[chapter])].map(address);
}

/** The chapters whose large data a cell of the page loads. */
function dataOf(course) {
  const loads = (module) => cellsHere().some((cell) => codeOf(cell).includes(module));
  return Object.keys(course.data).filter(loads).map((module) => course.data[module]);
}

/** Read the site's description. */
export async function readCourse() {
  try {
    const answer = await fetch(address("_static/live/course.json"), { cache: "no-cache" });
    if (answer.ok) return await answer.json();
  } catch {
    // No network, or half a file: for the reader it is the same.
  }
  throw new Error("its description could not be loaded.");
}
