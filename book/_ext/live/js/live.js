// What every page loads: the counts in the sidebar; the rest only where there is code to run.

import { showCounts } from "./counts.js";
import { readCourse } from "./course.js";
import "./print.js";
import { onOtherTab, onReturn } from "./store.js";

const course = await readCourse().catch(async (error) => {
  const { Status } = await import("./status.js");
  new Status().tell(`This page can be read but not run: ${error.message} Reload it to try again.`);
  throw error;
});
const count = () => showCounts(course);

count();
onOtherTab((key) => key === "progress" && count());
onReturn(count);
const place = document.getElementById("live-progress");
if (place) {
  const { showOverview } = await import("./overview.js");
  showOverview(place, course, count);
}
const hasCode = document.querySelector("article div.cell, article [data-exercise]") !== null;
if (hasCode) {
  const { enliven } = await import("./page.js");
  globalThis.live = await enliven(course, count);
}
document.documentElement.dataset.live = "ready";
if (course.offline || navigator.serviceWorker?.controller) {
  const { keepOffline } = await import("./offline.js");
  keepOffline(course, hasCode);
}
