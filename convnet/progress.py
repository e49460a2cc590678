"""A progress bar: one line that fills up while something takes its time."""

import io
import sys
import time

WIDTH = 24


class ProgressBar:
    """A line that says how much is done, how long it will still take, and what it is at.

    In a file, where nothing can be written over, each step has a line of its own.

    Args:
        total: how many steps there are.
        stream: where it is written, a file open for text; None for the screen.
        clock: what tells the time, in seconds.
    """

    def __init__(self, total: int, stream=None, clock=time.monotonic) -> None:
        self.total, self.done = total, 0
        self._stream = sys.stdout if stream is None else stream
        self._clock = clock
        self._start = clock()
        self._last = 0
        # A notebook is no terminal either, but follows \r; only a terminal or file is this type.
        self._appends = isinstance(self._stream, io.TextIOWrapper) and not self._stream.isatty()

    def step(self, note: str = "") -> None:
        """One step more is done; write the line anew, and end it with the last step."""
        self.done += 1
        line = f"{self.line()}  {note}".rstrip()
        if self._appends:
            self._stream.write(f"{line}\n")
        else:
            # Spaces wipe out what an older, longer line has left.
            end = "\n" if self.done >= self.total else ""
            self._stream.write(f"\r{line:<{self._last}}{end}")
        self._last = len(line)
        self._stream.flush()

    def line(self) -> str:
        """The line without the note, such as `[######......] 4/8 12 s left`."""
        filled = WIDTH * self.done // self.total
        bar = "#" * filled + "." * (WIDTH - filled)
        passed = self._clock() - self._start
        left = passed / max(self.done, 1) * (self.total - self.done)
        time_told = f"{left:.0f} s left" if self.done < self.total else f"{passed:.0f} s"
        return f"[{bar}] {self.done}/{self.total} {time_told}"
