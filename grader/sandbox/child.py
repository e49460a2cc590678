"""One submission: run its cells, call its functions, and start again where it ends its process."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING

from grader.plain import plain_text
from grader.run import Outcome
from grader.sandbox.cell_run import CellRun, Stopped, told
from grader.sandbox.frames import Message
from grader.sandbox.limits import Limits
from grader.sandbox.outcomes import outcomes
from grader.sandbox.running import Running

if TYPE_CHECKING:
    from grader.sandbox.sandbox import Sandbox

MOST_OUTPUT = 1_000_000
TOO_LONG = "the whole notebook took more than {:g} seconds"


class Child:
    """A confined process with the variables of one submission.

    When the process ends (too slow, out of memory, `os._exit`), the next request starts a new one
    and first repeats all cells that had come to an end, so that the others lose nothing.

    Args:
        sandbox: where it comes from.
        files: what is in its working folder.

    Raises:
        SandboxError: it did not start, or a wall could not be built around it.
    """

    def __init__(self, sandbox: Sandbox, files: Mapping[str, bytes]) -> None:
        self._sandbox, self._files = sandbox, files
        self._done: list[Message] = []
        self._end = time.monotonic() + sandbox.limits.total_seconds
        self._running = Running(sandbox, files)

    def execute(self, source: str) -> CellRun:
        """Run one cell; whatever it does is in the result, and never raised."""
        request = {"do": "cell", "source": source}
        start = time.monotonic()
        try:
            answer, blob = self._ask_once(request)
        except Stopped as stopped:
            parts = {"ended": stopped.ended, "detail": stopped.detail}
        else:
            self._done.append(request)
            parts = told(answer, blob)
        output = plain_text(self._running.take_output(), MOST_OUTPUT)
        return CellRun(output=output, seconds=time.monotonic() - start, **parts)

    def keep(self, name: str) -> None:
        """Remember the variables as they are now; `outcomes` of that slug uses them."""
        request = {"do": "keep", "name": name}
        self._done.append(request)
        if not self._running.ended:
            # If that fails, it is kept when the cells before are repeated.
            with contextlib.suppress(Stopped):
                self._ask_once(request)

    def outcomes(
        self, slug: str, seed: int | None = None, places: tuple[int, ...] | None = None
    ) -> list[Outcome]:
        """Call the learner's functions on the cases of an exercise.

        Args:
            slug: the exercise.
            seed: the secret number of the hidden cases; None for the visible ones.
            places: only the cases at these places.

        Returns:
            One outcome for each case, in order, decided here from what has crossed.
        """
        return outcomes(self, slug, seed=seed, places=places)

    def ask(self, request: Message, seconds: float) -> Iterator[tuple[Message, bytes]]:
        """Send a request and give its answers as they come; each may take so many seconds.

        Raises:
            Stopped: an answer has not come.
        """
        if self._running.ended:
            self._start_again()
        yield from self._running.ask(request, self._seconds(seconds))

    def cpu_seconds(self) -> float:
        """How much processor time its process has used."""
        return self._running.cpu_seconds()

    def clean(self) -> Child:
        """A child of the same sandbox, with nothing of this one in it."""
        return self._sandbox.child()

    @property
    def limits(self) -> Limits:
        """What it may use."""
        return self._sandbox.limits

    def break_off(self) -> None:
        """Stop what a request still does whose answers nobody waits for any more."""
        self._running.break_off()

    @property
    def walls(self) -> tuple[str, ...]:
        """The names of the walls around it."""
        return self._running.walls

    def close(self) -> None:
        """End the process, and all that it had."""
        self._running.close()

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask_once(self, request: Message) -> tuple[Message, bytes]:
        return next(self.ask(request, self._sandbox.limits.cell_seconds))

    def _start_again(self) -> None:
        """Bring a new process to where the last one was before the request that ended it."""
        self._running.close()
        self._running = Running(self._sandbox, self._files)
        for request in self._done:
            seconds = self._seconds(self._sandbox.limits.cell_seconds)
            list(self._running.ask(request, seconds))
        self._running.take_output()

    def _seconds(self, wanted: float) -> float:
        """How long a request may take, with what is left for the whole submission."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise Stopped("killed", TOO_LONG.format(self._sandbox.limits.total_seconds))
        return min(wanted, left)
