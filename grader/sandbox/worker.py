"""Inside the walls: run the learner's cells and functions as the grader asks.

Learner code shares this process and may change all of it, so the grader believes nothing that
is said from here: every answer is only the claim of a submission.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from dataclasses import replace
from types import FrameType
from typing import Any

import numpy as np

import grader.run
from grader.exercise import Case, Function
from grader.exercises import find
from grader.plain import Foreign, plain
from grader.run import Calls, Outcome
from grader.sandbox.cells import Notebook
from grader.sandbox.frames import Message, receive, send
from grader.sandbox.limits import Limits
from grader.sandbox.probes import escapes
from grader.sandbox.stand_ins import install
from grader.sandbox.values import Packed


def work(fd: int, walls: Any) -> None:
    """Confine this process as the first message says, then answer one request after another."""
    first = receive(fd)
    if first is None:
        return
    message, blob = first
    turn = {"turn": message["turn"]}
    limits = Limits(**message["limits"])
    try:
        standing = walls.confine(limits, _files(message["files"], blob), message["folder"])
        _settle_in(limits)
    except Exception as error:
        send(fd, turn | {"fatal": str(error) or type(error).__name__})
        return
    send(fd, turn | {"ready": standing})
    Worker(fd, Notebook(limits.output_characters)).serve()


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
        fd: the line to the grader.
        notebook: where cells run.
    """

    def __init__(self, fd: int, notebook: Notebook) -> None:
        self._fd, self._notebook = fd, notebook
        self._cases: dict[tuple[str, int | None], tuple[Case, ...]] = {}
        self._busy = False
        signal.signal(signal.SIGINT, self._interrupted)

    def serve(self) -> None:
        """Answer until the grader hangs up."""
        while request := receive(self._fd):
            message, _ = request
            answer, parts = self._answer(message)
            send(self._fd, answer | {"turn": message["turn"]}, parts)

    def _answer(self, message: Message) -> tuple[Message, list[memoryview]]:
        handlers = {
            "cell": self._cell,
            "keep": self._keep,
            "refusals": self._refusals,
            "call": self._call,
            "time": self._time,
            "probe": self._probe,
        }
        try:
            self._busy = True
            return handlers[message["do"]](message)
        except KeyboardInterrupt:
            return {"interrupted": True}, []
        finally:
            self._busy = False

    def _interrupted(self, _number: int, _frame: FrameType | None) -> None:
        if self._busy:  # otherwise it comes too late, between two requests
            raise KeyboardInterrupt

    def _cell(self, message: Message) -> tuple[Message, list[memoryview]]:
        done, figures = self._notebook.run(message["source"])
        return done | {"figures": [len(f) for f in figures]}, [memoryview(f) for f in figures]

    def _keep(self, message: Message) -> tuple[Message, list[memoryview]]:
        self._notebook.keep(message["name"])
        return {}, []

    def _refusals(self, message: Message) -> tuple[Message, list[memoryview]]:
        """Which functions of an exercise cannot be called at all, and why."""
        exercise = find(message["slug"])
        told = {}
        with self._notebook.as_kept(exercise.slug):
            for spec in exercise.functions:
                outcome = grader.run.refuse(exercise, spec, self._notebook.get(spec.name))
                if outcome is not None:
                    told[spec.name] = [outcome.problem, outcome.detail]
        return {"refused": told}, []

    def _call(self, message: Message) -> tuple[Message, list[memoryview]]:
        """Call a function twice on a case; results and inputs go back, to be compared there."""
        spec, case = self._case(message)
        with self._notebook.as_kept(message["slug"]):
            calls = grader.run.call_twice(self._notebook.get(spec.name), spec, case)
        packed = Packed()
        answer = {"first": _told(calls.first, packed), "again": _told(calls.again, packed)}
        changed = list(grader.run.changed_inputs(case, calls.inputs))
        return answer | {"changed": changed, "inputs": _packed_inputs(calls, packed)}, packed.parts

    def _time(self, message: Message) -> tuple[Message, list[memoryview]]:
        """Call a function once on new numbers; the grader holds the watch."""
        spec, case = self._case(message)
        inputs = replace(case, seed=tuple(message["fresh"])).inputs()
        with self._notebook.as_kept(message["slug"]):
            outcome = grader.run.call(self._notebook.get(spec.name), spec, inputs)
        packed = Packed()
        return {"first": _told(outcome, packed)}, packed.parts

    def _probe(self, message: Message) -> tuple[Message, list[memoryview]]:
        """What a learner's code could do and must not: the self-test asks before all others."""
        return {"escapes": escapes(message["secret"], message["memory_mib"])}, []

    def _case(self, message: Message) -> tuple[Function, Case]:
        exercise = find(message["slug"])
        key = message["slug"], message["seed"]
        if key not in self._cases:
            self._cases = {key: exercise.cases(message["seed"])}
        case = self._cases[key][message["index"]]
        return exercise.function(case.function), case


def _told(outcome: Outcome | None, packed: Packed) -> Message | None:
    if outcome is None:
        return None
    if outcome.problem:
        return {"problem": outcome.problem, "detail": outcome.detail}
    return {"value": packed.pack(outcome.value), "printed": outcome.printed}


def _packed_inputs(calls: Calls, packed: Packed) -> Message:
    """The inputs after the call, without those that cannot cross: callables, objects."""
    inputs = {name: plain(value) for name, value in calls.inputs.items()}
    return {name: packed.pack(v) for name, v in inputs.items() if type(v) is not Foreign}
