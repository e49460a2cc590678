// What the site knows about itself: its exercises, and where Python comes from.

/** The site's first folder, which need not be the server's. */
export const root = new URL(document.documentElement.dataset.content_root || "./", location.href);

/** The address of something in the site. */
export const address = (place) => new URL(place, root).href;

/** The name of a page, such as `01-convolution/07-im2col`. */
export const pageOf = (link) => new URL(link).pathname.replace(root.pathname, "").replace(/\.html$/, "");

/** The address of the script that runs Python. */
export const workerOf = (course) => address(`_static/live/worker.js?v=${course.version}`);

/** The cards of the page's exercises. */
export const cardsOf = (course) =>
  [...document.querySelectorAll("[data-exercise]")].filter((card) => factsOf(course, card));

const factsOf = (course, card) => course.exercises[card.dataset.exercise];

/** Where the grader is, and torch's outputs for the chapters whose exercises are on the page. */
export function wheelsOf(course) {
  const chapters = new Set(cardsOf(course).map((card) => factsOf(course, card).chapter));
  return [course.wheel, ...[...chapters].map((chapter) => course.recorded[chapter])].map(address);
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
