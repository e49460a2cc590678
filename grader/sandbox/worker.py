"""Inside the walls: run the learner's cells and functions as the grader asks.

Learner code shares this process and may change all of it, so the grader believes nothing that
is said from here: every answer is only the claim of a submission.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from types import FrameType
from typing import Any

import numpy as np

import grader.run
from grader.callee import Callee
from grader.case import Case
from grader.exercise import Exercise
from grader.exercises import EXERCISES, find
from grader.run import Outcome
from grader.sandbox.cells import Notebook
from grader.sandbox.frames import Message, Sender, framed, receive
from grader.sandbox.limits import Limits
from grader.sandbox.probes import escapes
from grader.sandbox.stand_ins import install
from grader.sandbox.values import Packed

Answer = tuple[Message, list[memoryview]]

# How long the answers to the cases of a function may lie there before the grader is told.
QUIET_SECONDS = 0.02


def work(fd: int, bell: int, walls: Any) -> None:
    """Confine this process as the first message says, then answer one request after another."""
    first = receive(fd)
    if first is None:
        return
    message, blob = first
    turn = {"turn": message["turn"]}
    sender = Sender(fd, bell)
    limits = Limits(**message["limits"])
    try:
        standing = walls.confine(limits, _files(message["files"], blob), message["folder"])
        _settle_in(limits)
    except Exception as error:
        sender.send(turn | {"fatal": str(error) or type(error).__name__})
        return
    sender.send(turn | {"ready": standing})
    Worker(fd, sender, Notebook(limits.output_characters)).serve()


def _settle_in(limits: Limits) -> None:
    """Make this process look like a notebook's, and the same for every submission."""
    folder = os.getcwd()
    fixed = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MPLBACKEND": "Agg"}
    os.environ.clear()
    os.environ.update(fixed | {"HOME": folder, "TMPDIR": folder})
    sys.path.append("")  # last, so that no file there stands for a package
    grader.run.CALL_SECONDS = limits.call_seconds
    random.seed(0)
    np.random.seed(0)
    install()


def _files(sizes: dict[str, int], blob: bytes) -> dict[str, bytes]:
    files, place = {}, 0
    for name, size in sizes.items():
        files[name] = blob[place : place + size]
        place += size
    return files


class Worker:
    """Answers requests about one notebook.

    Args:
        fd: the line from the grader.
        sender: the line to the grader.
        notebook: where cells run.
    """

    def __init__(self, fd: int, sender: Sender, notebook: Notebook) -> None:
        self._fd, self._sender, self._notebook = fd, sender, notebook
        self._busy = self._stop = False
        signal.signal(signal.SIGINT, self._interrupted)
        self._handlers = {
            "cell": self._cell,
            "keep": self._keep,
            "calls": self._calls,
            "race": self._race,
            "probe": self._probe,
        }

    def serve(self) -> None:
        """Answer until the grader hangs up."""
        while request := receive(self._fd):
            message, _ = request
            self._stop = False
            for answer, parts in self._answers(message):
                quiet = QUIET_SECONDS if "more" in answer else 0.0
                answer["turn"] = message["turn"]
                self._sender.send(answer, parts, quiet_seconds=quiet)

    def _answers(self, message: Message) -> Iterator[Answer]:
        """The answers to a request; an interrupt breaks off what makes one, never its sending."""
        answers = iter(self._handlers[message["do"]](message))
        while True:
            try:
                self._busy = True
                answer = None if self._stop else next(answers, None)
            except KeyboardInterrupt:
                self._stop = True
            finally:
                self._busy = False
            if self._stop:
                yield {"interrupted": True}, []
                return
            if answer is None:
                return
            yield answer

    def _interrupted(self, _number: int, _frame: FrameType | None) -> None:
        self._stop = True
        if self._busy:
            raise KeyboardInterrupt

    def _cell(self, message: Message) -> Iterator[Answer]:
        done, figures = self._notebook.run(message["source"])
        yield done | {"figures": [len(f) for f in figures]}, [memoryview(f) for f in figures]

    def _keep(self, message: Message) -> Iterator[Answer]:
        self._notebook.keep(message["name"])
        yield {}, []

    def _calls(self, message: Message) -> Iterator[Answer]:
        """Call a function on some cases, and answer after each; it ends as `grader.run` would."""
        exercise = find(message["slug"])
        cases = _cases(exercise.slug, message["seed"])
        with self._notebook.as_kept(exercise.slug):
            callee = self._callee(exercise, message)
            outcome = grader.run.refuse(exercise, callee)
            if outcome is not None:
                yield _told(outcome), []
                return
            # A second call shows hidden state. The visible cases have done that.
            twice = message["seed"] is None
            for index in message["indices"]:
                outcome = grader.run.run_case(callee, cases[index], twice=twice)
                packed = Packed()
                yield _told(outcome, packed) | {"more": True}, packed.parts
                if outcome.problem in ("time", "output"):
                    break
        yield {}, []

    def _race(self, message: Message) -> Iterator[Answer]:
        """Call a function on new numbers, several times; the grader holds the watch."""
        exercise = find(message["slug"])
        case = _cases(exercise.slug, message["seed"])[message["index"]]
        packed = Packed()
        with self._notebook.as_kept(exercise.slug):
            callee = self._callee(exercise, message)
            values = []
            for seed in message["fresh"]:
                new = replace(case, seed=tuple(seed))
                values.append(packed.pack(grader.run.call(callee, new, new.inputs()).value))
        yield {"values": values}, packed.parts

    def _probe(self, message: Message) -> Iterator[Answer]:
        """What a learner's code could do and must not: the self-test asks before all others."""
        yield {"escapes": escapes(message["secret"], message["memory_mib"])}, []

    def _callee(self, exercise: Exercise, message: Message) -> Callee:
        name = message["function"]
        return Callee(self._notebook.get(name), exercise.function(name))


@cache
def _cases(slug: str, seed: int | None) -> tuple[Case, ...]:
    return find(slug).cases(seed)


def warm_up() -> None:
    """Make the visible cases, and run some code on each: then the children need not start cold."""
    for exercise in EXERCISES:
        for case in _cases(exercise.slug, None):
            spec = exercise.function(case.function)
            outcome = grader.run.run_case(Callee(lambda *inputs, **_: inputs[0], spec), case)
            packed = Packed()
            framed(_told(outcome, packed), packed.parts)


def _told(outcome: Outcome, packed: Packed | None = None) -> Message:
    """What is told of an outcome.

    Whether inputs were changed and results repeated is found out here, since nothing is gained
    by lying about it: who can, could as well copy the inputs, or remember the results.
    """
    if outcome.problem:
        return {"problem": outcome.problem, "detail": outcome.detail}
    return {
        "value": packed.pack(outcome.value),
        "printed": outcome.printed,
        "changed": list(outcome.changed),
        "unstable": outcome.unstable,
    }
