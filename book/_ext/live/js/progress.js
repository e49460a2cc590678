// Points by exercise: the best that was ever reached counts.

import { read, write } from "./store.js";

const NOTHING = { points: 0, tries: 0, passed: false, hints: 0, solution: false };

/** Points, tries and whether it is solved, by exercise. */
export function progress() {
  const all = read("progress");
  return isProgress(all) ? all : {};
}

/** Whether a value is what we would have saved; an odd one could break every page. */
export const isProgress = (all) =>
  all?.constructor === Object && Object.values(all).every((one) => Number.isFinite(one?.points));

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

/** Add the progress of another browser: the best of both counts. */
export function mergeProgress(other) {
  const all = progress();
  for (const [slug, theirs] of Object.entries(other)) {
    const ours = all[slug] || NOTHING;
    const best = (name) => Math.max(ours[name] || 0, Number(theirs[name]) || 0);
    all[slug] = {
      points: best("points"),
      tries: best("tries"),
      passed: Boolean(ours.passed || theirs.passed),
      hints: best("hints"),
      solution: Boolean(ours.solution || theirs.solution),
    };
  }
  write("progress", all);
}
