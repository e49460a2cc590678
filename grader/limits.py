"""Stop a call that runs too long or prints too much; keep the start of what it printed."""

from __future__ import annotations

import contextlib
import io
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

from grader.plain import plain_text

KEPT_CHARACTERS = 2_000
MOST_CHARACTERS = 1_000_000


class TooLong(BaseException):
    """Raised inside a call whose time is up; a BaseException, so `except Exception` lets it by."""


class TooMuch(BaseException):
    """Raised inside a call that has printed too much."""


class Printed(io.TextIOBase):
    """Stands in for stdout: keeps the start, counts the rest."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self._kept = ""
        self._count = 0

    def writable(self) -> bool:
        """Say yes, as stdout does."""
        return True

    def write(self, text: str) -> int:
        """Take a text as stdout does.

        Raises:
            TooMuch: there were too many characters.
        """
        text = str.__str__(text)
        self._kept += text[: max(0, KEPT_CHARACTERS - len(self._kept))]
        self._count += len(text)
        if self._count > MOST_CHARACTERS:
            raise TooMuch(f"more than {MOST_CHARACTERS:,} characters")
        return len(text)

    def start(self) -> str:
        """The first characters that were printed."""
        return plain_text(self._kept, KEPT_CHARACTERS)


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[Printed]:
    """Run the block with a time limit and with stdout and stderr caught.

    The time limit needs a signal, so it holds in the main thread on Unix only; elsewhere (in a
    browser's worker, say) whoever started Python must be able to stop it. Blocks can be nested:
    the outer one's time goes on when the inner one ends.

    Raises:
        TooLong: inside the block, when its time is up.
        TooMuch: inside the block, when it has printed too much.
    """
    printed = Printed()
    streams = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = printed
    try:
        if not _can_interrupt():
            yield printed
            return
        before = signal.signal(signal.SIGALRM, _stop_after(seconds))
        # The alarm repeats, so that code which catches the first one is stopped by a later one.
        left = signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
        try:
            yield printed
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
            signal.setitimer(signal.ITIMER_REAL, *left)
    finally:
        sys.stdout, sys.stderr = streams


def _can_interrupt() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _stop_after(seconds: float) -> Callable[[int, FrameType | None], None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLong(f"more than {seconds:g} seconds")

    return stop
