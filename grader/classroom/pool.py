"""Worker processes of this machine; one that dies is replaced, and its job is done again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Any

from grader.classroom.worker import Died, Prepare, Worker

MOST_TRIES = 3
JOB_SECONDS = 3600.0
LOOK_SECONDS = 0.25

# So many jobs for each worker are sent to a cluster at once.
AHEAD = 2


@dataclass(frozen=True)
class Done:
    """What became of a job.

    Args:
        job: what was asked for.
        value: what the worker computed; None if there is a fault.
        fault: why there is no value, as a sentence.
    """

    job: Any
    value: Any = None
    fault: str = ""


class Pool:
    """Several workers that do jobs in any order.

    Args:
        prepare: makes, once in each worker, the function that does a job.
        settings: what `prepare` is given.
        count: the number of workers.
        job_seconds: after this time a worker is taken to be stuck; far above any limit that
            holds for learner code.

    Raises:
        GradingError: a worker cannot start.
    """

    def __init__(
        self, prepare: Prepare, settings: Any, count: int, *, job_seconds: float = JOB_SECONDS
    ) -> None:
        self._job_seconds = job_seconds
        self._make = lambda: Worker(prepare, settings)
        self._again: deque[tuple[Any, int]] = deque()
        self._workers: list[Worker] = []
        try:
            # All start at once, and only then is any of them waited for.
            self._workers += [self._make() for _ in range(count)]
            for place in range(count):
                self._wait_for(place)
        except BaseException:
            self.close()
            raise

    @property
    def processes(self) -> list[int]:
        """The workers' process ids."""
        return [worker.process.pid for worker in self._workers]

    def results(
        self, jobs: Iterable[Any], stop: Callable[[], bool] = lambda: False
    ) -> Iterator[list[Done]]:
        """Do all jobs, or until `stop()`; those that were begun are finished.

        A job is taken from `jobs` only when a worker will soon be free.

        Returns:
            The jobs that were done meanwhile, each time it is asked; sometimes none.
        """
        source = iter(jobs)
        ahead = next(source, None)
        done: list[Done] = []
        while True:
            while not stop() and (idle := self._idle()) and (self._again or ahead is not None):
                if self._again:
                    idle.begin(*self._again.popleft())
                else:
                    idle.begin(ahead)
                    ahead = next(source, None)
            # The workers are busy again before anybody looks at what they have done.
            yield done
            busy = {worker.pipe: worker for worker in self._workers if worker.job is not None}
            if not busy:
                return
            ready = wait(list(busy), LOOK_SECONDS)
            done = [result for pipe in ready if (result := self._collect(busy[pipe]))]
            self._kill_stuck()

    def _idle(self) -> Worker | None:
        return next((worker for worker in self._workers if worker.job is None), None)

    def _collect(self, worker: Worker) -> Done | None:
        """A finished job; None if its worker died and the job is to be done again."""
        job, tries = worker.job, worker.tries
        try:
            return Done(job, worker.finish())
        except (EOFError, OSError):
            self._replace(worker)
        if tries == MOST_TRIES:
            return Done(job, fault=f"{MOST_TRIES} workers, one after the other, died of it")
        self._again.append((job, tries + 1))
        return None

    def _replace(self, worker: Worker) -> None:
        worker.end()
        place = self._workers.index(worker)
        self._workers[place] = self._make()
        self._wait_for(place)

    def _wait_for(self, place: int) -> None:
        """Wait until a worker is ready; one that dies before is replaced, a few times."""
        for left in reversed(range(MOST_TRIES)):
            try:
                self._workers[place].wait_until_ready()
                return
            except Died:
                if not left:
                    raise
                self._workers[place] = self._make()

    def _kill_stuck(self) -> None:
        """A stuck worker is killed, and found dead in the next round."""
        for worker in self._workers:
            if worker.job is not None and time.monotonic() - worker.since > self._job_seconds:
                worker.process.kill()

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
