"""One process of the sandbox, from outside: signal it, whatever namespace it is in."""

from __future__ import annotations

import os
import signal


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

    def close(self) -> None:
        """Kill it, and let the handle go."""
        self.signal(signal.SIGKILL)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
