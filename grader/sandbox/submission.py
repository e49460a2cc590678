"""What the grader asks of a submission: the part of `Child` that running cases needs."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

from grader.case import Case
from grader.sandbox.frames import Message
from grader.sandbox.limits import Limits

SLACK_SECONDS = 2.0
# The kernel counts when a process goes to sleep, and at least so often.
COUNT_SECONDS = 0.005


class Submission(Protocol):
    """A process with the variables of a learner."""

    limits: Limits

    def ask(self, request: Message, seconds: float) -> Iterator[tuple[Message, bytes]]:
        """The answers to a request as they come, each in so many seconds; raises Stopped."""

    def break_off(self) -> None:
        """Stop what is still done for the last request."""

    def cpu_seconds(self) -> float:
        """How much processor time it has used."""

    def execute(self, source: str) -> Any:
        """Run a cell."""

    def clean(self) -> AbstractContextManager[Submission]:
        """Another process, with nothing of the learner's in it."""


def seconds_for_a_case(limits: Limits, cases: Iterable[Case] = ()) -> float:
    """How long to wait for any of these cases: a function's own limit should come first."""
    longest = max((case.seconds or 0.0 for case in cases), default=0.0)
    return 2 * max(limits.call_seconds, longest) + SLACK_SECONDS


def timed(submission: Submission, request: Message) -> tuple[Message, bytes, float]:
    """The answer to a request, and how much processor time it took."""
    time.sleep(COUNT_SECONDS)
    before = submission.cpu_seconds()
    answer, blob = next(submission.ask(request, seconds_for_a_case(submission.limits)))
    time.sleep(COUNT_SECONDS)
    return answer, blob, submission.cpu_seconds() - before
