// What every page loads: the counts in the sidebar; the rest only where there is code to run.

import { showCounts } from "./counts.js";
import { readCourse } from "./course.js";
import { onOtherTab } from "./store.js";

const course = await readCourse();
const count = () => showCounts(course);

count();
onOtherTab((key) => key === "progress" && count());
const place = document.getElementById("live-progress");
if (place) {
  const { showOverview } = await import("./overview.js");
  showOverview(place, course, count);
}
if (document.querySelector("article div.cell, article [data-exercise]")) {
  const { enliven } = await import("./page.js");
  globalThis.live = await enliven(course, count);
}
document.documentElement.dataset.live = "ready";
