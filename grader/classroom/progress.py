"""A line that says how far a run is: a bar on a terminal, now and then a line in a log."""

from __future__ import annotations

import time
from typing import TextIO

WIDTH = 24
TERMINAL_SECONDS = 0.2
LOG_SECONDS = 30.0


class Progress:
    """Count what is done.

    Args:
        name: what is graded.
        total: how many there are.
        stream: where the line goes, stderr as a rule.
    """

    def __init__(self, name: str, total: int, stream: TextIO) -> None:
        self._name, self._total, self._stream = name, total, stream
        self._terminal = stream.isatty()
        self._start = self._shown = time.monotonic()
        self._done = self._faults = 0

    def step(self, *, fault: bool = False) -> None:
        """One more is done."""
        self._done += 1
        self._faults += fault
        pause = TERMINAL_SECONDS if self._terminal else LOG_SECONDS
        if time.monotonic() - self._shown >= pause:
            self._show()

    def note(self, text: str) -> None:
        """Say something in a line of its own."""
        self._stream.write(("\r\x1b[K" if self._terminal else "") + text + "\n")
        self._show()

    def end(self) -> None:
        """Show the last state."""
        self._show()
        if self._terminal:
            self._stream.write("\n")
        self._stream.flush()

    def _show(self) -> None:
        self._shown = time.monotonic()
        text = line(self._name, self._done, self._total, self._shown - self._start)
        text += f"  {self._faults} not graded" if self._faults else ""
        self._stream.write(f"\r\x1b[K{text}" if self._terminal else f"{text}\n")
        self._stream.flush()


def line(name: str, done: int, total: int, seconds: float) -> str:
    """The bar, the count, the rate and the time that is left."""
    full = WIDTH * done // total if total else WIDTH
    bar = "█" * full + "░" * (WIDTH - full)
    rate = done / seconds if seconds else 0.0
    left = f"{duration((total - done) / rate)} left" if rate and done < total else ""
    return f"{name} {bar} {done}/{total}  {rate:.1f}/s  {left}".rstrip()


def duration(seconds: float) -> str:
    """A time in the two units that matter."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min"
