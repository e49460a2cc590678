"""Work on the hosts of a dask cluster; lost workers and a restarted scheduler are survived.

Each dask worker keeps one worker process of ours beside it, the same as on a single machine, so
that where a submission is graded makes no difference to its points and report.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any

from distributed import Client, Future

from grader.classroom.pool import AHEAD, LOOK_SECONDS, MOST_TRIES, Done
from grader.classroom.worker import Died, Prepare, Worker
from grader.errors import GradingError

CONNECT_SECONDS = 5.0
COUNT_SECONDS = 1.0

_own = threading.local()


def do(prepare: Prepare, settings: Any, job: Any) -> Any:
    """Do a job in the worker process of this thread.

    Raises:
        GradingError: this host cannot grade.
        ConnectionError: the worker process has died; dask may try again.
    """
    key = settings.fingerprint
    if getattr(_own, "key", None) != key:
        _forget()
        worker = Worker(prepare, settings)
        try:
            worker.wait_until_ready()
        except Died as error:
            raise ConnectionError(str(error)) from error
        _own.worker, _own.key = worker, key
    _own.worker.begin(job)
    try:
        return _own.worker.finish()
    except (EOFError, OSError) as error:
        _forget()
        raise ConnectionError("the worker process has died") from error


def _forget() -> None:
    worker, _own.worker, _own.key = getattr(_own, "worker", None), None, None
    if worker is not None:
        worker.end()


class Cluster:
    """Several hosts that do jobs in any order; it has the same face as `Pool`.

    Args:
        address: the scheduler's, such as `tcp://host:8786`.
        prepare: makes, once in each worker, the function that does a job.
        settings: what `prepare` is given; has a `fingerprint`.
        patience_seconds: how long to wait for a scheduler or workers that are gone.

    Raises:
        GradingError: there is no scheduler at that address.
    """

    def __init__(
        self, address: str, prepare: Prepare, settings: Any, *, patience_seconds: float
    ) -> None:
        self._address, self._patience = address, patience_seconds
        self._call = (prepare, settings)
        self._finished: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._running: dict[Future, tuple[Any, int]] = {}
        self._again: deque[tuple[Any, int]] = deque()
        self._threads, self._counted = 0, -COUNT_SECONDS
        self._client = self._connected(CONNECT_SECONDS)

    def results(
        self, jobs: Iterable[Any], stop: Callable[[], bool] = lambda: False
    ) -> Iterator[list[Done]]:
        """Do all jobs, or until `stop()`; those that were begun are finished.

        Returns:
            The jobs that were done meanwhile, each time it is asked; sometimes none.

        Raises:
            GradingError: the cluster is gone, or one of its hosts cannot grade.
        """
        source = ((job, 1) for job in jobs)
        done: list[Done] = []
        while True:
            self._submit(iter(()) if stop() else source)
            yield done
            if not self._running:
                return
            found = (self._collect(future) for future in self._look())
            done = [result for result in found if result]
            if self._client.status != "running":
                self._reconnect()

    def _submit(self, source: Iterator[tuple[Any, int]]) -> None:
        """Hand out a few jobs more than there are threads; the rest stay where they are."""
        room = max(AHEAD * self._count_threads() - len(self._running), 0)
        while room and (pair := self._again.popleft() if self._again else next(source, None)):
            future = self._client.submit(do, *self._call, pair[0], pure=False)
            self._running[future] = pair
            future.add_done_callback(self._finished.put)
            room -= 1

    def _count_threads(self) -> int:
        """How many jobs the cluster can do at once; workers may come and go."""
        waited = 0.0
        while time.monotonic() - self._counted > COUNT_SECONDS:
            with suppress(OSError):
                self._threads = sum(self._client.nthreads().values())
            # A scheduler that is gone is the affair of `_reconnect`.
            if self._threads or self._running or self._client.status != "running":
                self._counted = time.monotonic()
            elif waited > self._patience:
                raise GradingError(f"the dask scheduler {self._address} has no workers.")
            else:
                time.sleep(LOOK_SECONDS)
                waited += LOOK_SECONDS
        return max(self._threads, 1)

    def _look(self) -> Iterator[Future]:
        """The futures that are over; waits a moment if there are none."""
        with suppress(queue.Empty):
            yield self._finished.get(timeout=LOOK_SECONDS)
            while True:
                yield self._finished.get_nowait()

    def _collect(self, future: Future) -> Done | None:
        """A finished job; None if it is to be done again, or was collected before."""
        job, tries = self._running.pop(future, (None, 0))
        if job is None:
            return None
        try:
            return Done(job, future.result(timeout=CONNECT_SECONDS))
        except GradingError as error:
            raise GradingError(f"a host of the cluster cannot grade: {error}") from error
        except CancelledError:  # the scheduler is gone, which is no fault of the job
            self._again.append((job, tries))
        except Exception as error:  # whatever a lost worker or connection looks like
            if tries == MOST_TRIES:
                return Done(job, fault=f"{MOST_TRIES} workers failed: {type(error).__name__}")
            self._again.append((job, tries + 1))
        return None

    def _reconnect(self) -> None:
        """Wait for the scheduler; what it was given is done again."""
        self._close_client()
        self._client = self._connected(self._patience)
        self._again.extend(self._running.values())
        self._running.clear()
        self._counted = -COUNT_SECONDS

    def _connected(self, seconds: float) -> Client:
        end = time.monotonic() + seconds
        while True:
            try:
                return Client(self._address, timeout=CONNECT_SECONDS, set_as_default=False)
            except (OSError, ValueError) as error:
                if time.monotonic() > end or isinstance(error, ValueError):
                    raise GradingError(
                        f"the dask scheduler {self._address} cannot be reached. Is the address "
                        "right, and does `dask scheduler` run there?"
                    ) from error
            time.sleep(LOOK_SECONDS)

    def _close_client(self) -> None:
        with suppress(OSError, TimeoutError, CancelledError):
            self._client.close(timeout=CONNECT_SECONDS)

    def close(self) -> None:
        """Leave the cluster; it goes on running."""
        self._close_client()
