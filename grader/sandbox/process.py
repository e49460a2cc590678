"""One process of the sandbox, from outside: signal it, whatever namespace it is in."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

# The clock of a process has its number in it. Source: clock_getcpuclockid(3), Linux.
CPU_CLOCK = 2


class Process:
    """A handle that stays with its process, and never meets a later one of the same number.

    Args:
        number: its number, as the warm process sees it.
        handle: an open file that stands for it; None where the system has no such files.
    """

    def __init__(self, number: int, handle: int | None) -> None:
        self.number, self._handle = number, handle

    def signal(self, number: int) -> None:
        """Send a signal; nothing happens if the process has ended."""
        try:
            if self._handle is None:
                os.kill(self.number, number)
            else:
                signal.pidfd_send_signal(self._handle, number)
        except ProcessLookupError:
            pass

    def cpu_seconds(self) -> float:
        """How much processor time it has used; as the kernel counts, whatever else is running.

        Wall time where the system does not tell.
        """
        number = self.number if self._handle is None else _number_of(self._handle)
        try:
            return time.clock_gettime((~number << 3) | CPU_CLOCK)
        except OSError:
            return time.monotonic()

    def close(self) -> None:
        """Kill it, and let the handle go."""
        self.signal(signal.SIGKILL)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _number_of(handle: int) -> int:
    """The number of a process as the grader sees it; 0, which is the grader's own, if unknown."""
    lines = Path(f"/proc/self/fdinfo/{handle}").read_text().splitlines()
    found = [line.split()[1] for line in lines if line.startswith("Pid:")]
    return max(int(found[0]), 0) if found else 0
