// An exercise: an editor with Run, Check and Reset, and the verdict of the check.

import * as answers from "./answers.js";
import { button, element, show } from "./dom.js";
import { Editor } from "./editor.js";
import { stageHelp } from "./help.js";
import { Output } from "./output.js";
import { isSolved, record } from "./progress.js";

const DID_NOT_RUN = "Your code did not run, so it was not checked. The message is below.";
const MORE = "Stuck? The next hint is below.";

export class Exercise {
  constructor(card, course, python, onProgress) {
    Object.assign(this, { card, course, python, onProgress, slug: card.dataset.exercise });
    this.facts = course.exercises[this.slug];
    this.about = `exercise ${this.facts.number}`;
    const block = card.querySelector(".starter");
    this.starter = block.querySelector("pre").textContent.replace(/\n$/, "");
    this.editor = new Editor({
      code: answers.load(this.slug, this.starter) ?? this.starter,
      label: `Your answer to ${this.about}`,
      onChange: (code) => this.save(code),
      onRun: () => this.run(),
    });
    this.output = new Output(this.about);
    this.said = element("p", { className: "live-said", role: "status" });
    this.verdict = element("div", { className: "live-verdict" });
    block.before(this.editor.element, this.buttons(), this.said, this.verdict, this.output.box);
    show(false, block, card.querySelector(".check"));
    stageHelp(card, this.slug, this.about);
    this.tick();
  }

  buttons() {
    const { about } = this;
    this.checkButton = button("Check", about, () => this.check());
    this.checkButton.classList.add("primary");
    this.earlierButton = button("Show my earlier answer", `to ${about}`, () => this.showEarlier());
    this.resetButton = button("Reset", about, () => this.reset());
    const run = button("Run", about, () => this.run());
    const all = [this.checkButton, run, this.resetButton, this.earlierButton];
    show(answers.earlier(this.slug) !== null, this.earlierButton);
    const group = { className: "live-tools", role: "group", "aria-label": about };
    return element("div", group, ...all);
  }

  save(code) {
    if (this.changedElsewhere) this.keepOther();
    answers.save(this.slug, code, this.starter);
  }

  /** Whether a newer answer was saved elsewhere than the one that stands here. */
  isOutdated() {
    return (answers.latest(this.slug) ?? this.starter) !== this.editor.code;
  }

  /** Another tab wrote an answer since; this tab's takes its place, and loses nothing. */
  keepOther() {
    this.changedElsewhere = false;
    const other = answers.latest(this.slug);
    if (other === null) return;
    answers.keep(this.slug, other);
    show(true, this.earlierButton);
    this.say("The answer of the other tab is kept: press “Show my earlier answer”.");
  }

  /** Start anew; the answer is put aside, not lost. */
  reset() {
    if (this.editor.code === this.starter) return;
    answers.keep(this.slug, this.editor.code);
    this.editor.code = this.starter;
    show(true, this.earlierButton);
    this.say("The starter is back. Your answer is kept: press “Show my earlier answer”.");
  }

  showEarlier() {
    this.editor.code = answers.earlier(this.slug);
    this.editor.focus();
    this.say("This is your earlier answer. Ctrl+Z takes you back.");
  }

  /** Show an answer that came from elsewhere. */
  take(code) {
    this.editor.code = code;
    show(answers.earlier(this.slug) !== null, this.earlierButton);
  }

  /** The code to run: the chapter's first cell, earlier answers that are used, and this one. */
  parts() {
    const setup = this.course.setup[this.facts.chapter] || "";
    const own = { code: this.editor.code, title: `<exercise ${this.facts.number}>` };
    return [{ code: setup, title: "<first cell of the chapter>", given: true }, ...this.needed(), own];
  }

  needed() {
    const words = new Set(this.editor.code.match(/[A-Za-z_]\w*/g));
    const found = [];
    for (const [slug, other] of Object.entries(this.course.exercises)) {
      if (slug === this.slug) break;
      const code = other.chapter === this.facts.chapter ? answers.latest(slug) : null;
      const used = other.functions.some((name) => words.has(name));
      if (used && code) found.push({ code, title: `<exercise ${other.number}>` });
    }
    return found;
  }

  async call(more, seconds) {
    this.editor.flush();
    this.verdict.replaceChildren();
    const sheet = this.output.start();
    const work = { space: this.slug, fresh: true, parts: this.parts(), ...more };
    const result = await this.python.call(work, (...piece) => sheet.print(...piece), seconds);
    sheet.finish(result);
    return result;
  }

  async run() {
    this.say("Running …");
    const result = await this.call({}, 0);
    const silent = this.output.box.hidden ? " It printed nothing." : "";
    this.say(result.ok ? `Your code ran.${silent}` : "Your code did not run. The message is below.");
  }

  async check() {
    this.say("Checking …");
    const result = await this.call({ slug: this.slug }, this.facts.seconds);
    const { verdict } = result;
    if (!verdict) return this.say(DID_NOT_RUN);
    this.verdict.innerHTML = verdict.html;
    const next = this.verdict.querySelector(".next");
    if (next) next.textContent = MORE;
    this.card.dataset.mistake = verdict.mistake || "";
    this.card.dataset.passed = verdict.passed;
    record(this.slug, verdict);
    this.onProgress();
    const points = `${verdict.points} of ${verdict.max_points} points`;
    this.say(verdict.passed ? `Solved: ${points}.` : `Not yet: ${points}.`);
  }

  /** Show that it is solved. */
  tick() {
    this.card.querySelector(".live-tick")?.remove();
    if (!isSolved(this.slug)) return;
    const tick = element("span", { className: "live-tick", textContent: "✓ solved" });
    this.card.querySelector(".exercise-title").append(" ", tick);
  }

  say(sentence) {
    this.said.textContent = sentence;
  }
}
