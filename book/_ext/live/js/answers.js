// Answers to exercises: the one of today, and earlier ones that are never thrown away.

import { hash, read, remove, write } from "./store.js";

const KEPT = 5;

/** The saved answer; null if there is none for today's starter. */
export function load(name, starter) {
  const saved = read(`answer:${name}`);
  if (typeof saved?.code !== "string") return null;
  if (saved.starter === hash(starter)) return saved.code;
  // The exercise was published anew: its old answer may not fit, but it is the reader's.
  keep(name, saved.code);
  remove(`answer:${name}`);
  return null;
}

/** Save an answer; an untouched starter is no answer. */
export function save(name, code, starter) {
  if (code === starter) remove(`answer:${name}`);
  else write(`answer:${name}`, { code, starter: hash(starter) });
}

/** Put an answer aside. */
export function keep(name, code) {
  const others = kept(name).filter((one) => one !== code);
  write(`earlier:${name}`, [code, ...others].slice(0, KEPT));
}

/** The answer that was put aside last; null if there is none. */
export const earlier = (name) => kept(name)[0] ?? null;

const kept = (name) => [read(`earlier:${name}`) ?? []].flat();

/** What another exercise's editor holds, whatever its starter is; null if it was never touched. */
export const latest = (name) => read(`answer:${name}`)?.code ?? null;
