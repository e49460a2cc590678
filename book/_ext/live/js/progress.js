// Points by exercise: the best that was ever reached counts.

import { read, write } from "./store.js";

/** Points, tries and whether it is solved, by exercise. */
export const progress = () => read("progress") || {};

export const isSolved = (slug) => Boolean(progress()[slug]?.passed);

/** Note the verdict of a check. */
export function record(slug, verdict) {
  const all = progress();
  const before = all[slug] || { points: 0, tries: 0, passed: false };
  all[slug] = {
    points: Math.max(before.points, verdict.points),
    tries: before.tries + 1,
    passed: before.passed || verdict.passed,
  };
  write("progress", all);
}
