// Points by exercise: the best that was ever reached counts.

import { read, write } from "./store.js";

const NOTHING = { points: 0, tries: 0, passed: false, hints: 0, solution: false };

/** Points, tries and whether it is solved, by exercise. */
export const progress = () => read("progress") || {};

export const isSolved = (slug) => Boolean(progress()[slug]?.passed);

/** Note the verdict of a check. */
export function record(slug, verdict) {
  const all = progress();
  const before = all[slug] || NOTHING;
  all[slug] = {
    ...before,
    points: Math.max(before.points, verdict.points),
    tries: before.tries + 1,
    passed: before.passed || verdict.passed,
  };
  write("progress", all);
}

/** Note that a hint or the solution was opened. */
export function recordHelp(slug, help) {
  const all = progress();
  const before = all[slug] || NOTHING;
  const hints = Math.max(before.hints || 0, help.hints || 0);
  all[slug] = { ...before, hints, solution: before.solution || Boolean(help.solution) };
  write("progress", all);
}
