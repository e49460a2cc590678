"""Stop a call that runs too long or prints too much; keep the start of what it printed."""

from __future__ import annotations

import io
import signal
import sys
import threading
from types import FrameType, TracebackType

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


class Limited:
    """A block with a time limit, and with stdout and stderr caught.

    The time limit needs a signal, so it holds in the main thread on Unix only; elsewhere (in a
    browser's worker, say) whoever started Python must be able to stop it. Blocks can be nested:
    the outer one's time goes on when the inner one ends.

    Args:
        seconds: after these, `TooLong` is raised inside the block; `TooMuch` is when it has
            printed too much.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._timed = _can_interrupt()

    def __enter__(self) -> Printed:
        printed = Printed()
        self._streams = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = printed
        if self._timed:
            self._before = signal.signal(signal.SIGALRM, self._stop)
            # The alarm repeats, so that code which catches the first is stopped by a later one.
            self._left = signal.setitimer(signal.ITIMER_REAL, self._seconds, 0.5)
        return printed

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if self._timed:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, self._before)
                signal.setitimer(signal.ITIMER_REAL, *self._left)
        finally:
            sys.stdout, sys.stderr = self._streams

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        raise TooLong(f"more than {self._seconds:g} seconds")


def _can_interrupt() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
