"""One worker process: it prepares itself once, then does one job after the other.

Run as `python -m grader.classroom.worker FD`, it is the process; `Worker` is its other end.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from grader.errors import GradingError

START_SECONDS = 120.0
READY = "ready"

Prepare = Callable[[Any], Callable[[Any], Any]]

# Workers share the machine's cores among them, so none may start threads of its own.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True)
class NotReady:
    """What a worker sends instead of `READY` when it cannot work at all."""

    reason: str


class Died(GradingError):
    """A worker has ended before it was ready, for no reason that it could tell."""


class Worker:
    """A process of its own; it ends when this one does.

    Args:
        prepare: makes, in the process, the function that does a job.
        settings: what `prepare` is given.
    """

    def __init__(self, prepare: Prepare, settings: Any) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            fd = theirs.fileno()
            command = [sys.executable, "-m", "grader.classroom.worker", str(fd)]
            path = os.pathsep.join(filter(None, sys.path))
            environment = os.environ | ONE_THREAD | {"PYTHONPATH": path}
            self.process = subprocess.Popen(command, env=environment, pass_fds=[fd])
        self.pipe = Connection(ours.detach())
        self.job: Any = None
        self.tries = 0
        self.since = time.monotonic()
        self._send((prepare, settings))

    def _send(self, value: Any) -> None:
        """Send; a worker that is already dead shows that when it is asked for something."""
        try:
            self.pipe.send(value)
        except OSError:
            self.process.kill()

    def wait_until_ready(self) -> None:
        """Return when the worker can take jobs.

        Raises:
            Died: it has ended, or is stuck; another one may do better.
            GradingError: no worker ever can; the text says why.
        """
        try:
            word = self.pipe.recv() if self.pipe.poll(START_SECONDS) else None
        except (EOFError, OSError):
            word = None
        if word == READY:
            return
        self.end()
        if word is None:
            status = self.process.returncode
            raise Died(f"a worker could not start: it ended with status {status}.")
        raise GradingError(f"a worker could not start: {word.reason}")

    def begin(self, job: Any, tries: int = 1) -> None:
        """Give it a job to do."""
        self.job, self.tries, self.since = job, tries, time.monotonic()
        self._send(job)

    def finish(self) -> Any:
        """The result of the job.

        Raises:
            EOFError: the worker has died.
            OSError: likewise.
        """
        value = self.pipe.recv()
        self.job = None
        return value

    def end(self) -> None:
        """Kill the process, whatever it does."""
        self.process.kill()
        self.process.wait()
        self.pipe.close()


def serve(pipe: Connection) -> None:
    """The worker's life; Ctrl-C is the coordinator's affair, which lets the worker finish."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the coordinator is gone
        prepare, settings = pipe.recv()
        try:
            work = prepare(settings)
        except GradingError as error:
            pipe.send(NotReady(str(error)))
            return
        pipe.send(READY)
        while True:
            pipe.send(work(pipe.recv()))


if __name__ == "__main__":
    # Only what was imported by its proper name can be sent to the other side.
    from grader.classroom import worker

    worker.serve(Connection(int(sys.argv[1])))
