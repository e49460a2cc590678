"""One process from its fork to its end: ask it, interrupt it, end it, and say why it ended."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from grader.sandbox.cell_run import Stopped
from grader.sandbox.errors import Ended, SandboxError, TimeUp
from grader.sandbox.frames import Message
from grader.sandbox.limits import Limits

if TYPE_CHECKING:
    from grader.sandbox.sandbox import Sandbox

START_SECONDS = 60.0
GRACE_SECONDS = 1.0
STATUS_TRIES = 20
TOO_LONG = "it ran for more than {:g} seconds and was stopped"
NOT_STOPPED = "it ran for more than {:g} seconds and could not be stopped"


class Running:
    """A confined process.

    Args:
        sandbox: where it comes from.
        files: what is in its working folder.

    Raises:
        SandboxError: it did not start, or a wall could not be built around it.
    """

    def __init__(self, sandbox: Sandbox, files: Mapping[str, bytes]) -> None:
        self._sandbox = sandbox
        own = sandbox.tier == "none" or (sandbox.tier == "light" and files)
        self._folder = _folder_with(files) if own else None
        self._process, self._channel = sandbox.fork()
        self.ended = False
        try:
            self.walls = self._confine(files)
        except BaseException:
            self.close()
            raise

    def ask(self, request: Message, seconds: float) -> Iterator[tuple[Message, bytes]]:
        """Send a request and give its answers as they come.

        Args:
            request: what to do.
            seconds: for each answer.

        Raises:
            Stopped: there is none in so many seconds, or the process has ended.
        """
        try:
            answer, blob = self._channel.ask(request, deadline=time.monotonic() + seconds)
            while answer.get("more"):
                yield answer, blob
                answer, blob = self._channel.answer(time.monotonic() + seconds)
        except TimeUp:
            answer, blob = self._interrupt(seconds)
        except Ended as error:
            raise self._buried(str(error)) from None
        if answer.get("interrupted"):
            raise Stopped("time", TOO_LONG.format(seconds))
        yield answer, blob

    def break_off(self) -> None:
        """Stop what a request still does whose answers nobody waits for any more."""
        with contextlib.suppress(Stopped):
            self._interrupt(0)

    def cpu_seconds(self) -> float:
        """How much processor time it has used."""
        return self._process.cpu_seconds()

    def take_output(self) -> str:
        """What it has printed since the last time."""
        return self._channel.take_output()

    def close(self) -> None:
        """End the process, and all that it had."""
        self.ended = True
        self._process.close()
        self._channel.close()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _confine(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        sent = files if self._folder is None else {}
        first = {
            "limits": asdict(self._sandbox.limits),
            "files": {name: len(data) for name, data in sent.items()},
            "folder": self._folder.name if self._folder else "",
        }
        deadline = time.monotonic() + START_SECONDS
        try:
            answer, _ = self._channel.ask(first, map(memoryview, sent.values()), deadline=deadline)
        except (TimeUp, Ended) as error:
            raise SandboxError(f"a learner's process did not start: {error}") from error
        if "ready" not in answer:
            raise SandboxError(f"a wall could not be built: {answer.get('fatal')}")
        return tuple(answer["ready"])

    def _interrupt(self, seconds: float) -> tuple[Message, bytes]:
        """Stop what it does, and wait for its last answer; if it does not stop, end it."""
        self._process.signal(signal.SIGINT)
        deadline = time.monotonic() + GRACE_SECONDS
        try:
            while (answer := self._channel.answer(deadline))[0].get("more"):
                pass  # made before the interrupt
            return answer
        except TimeUp:
            self._process.signal(signal.SIGKILL)
            self.ended = True
            raise Stopped("killed", NOT_STOPPED.format(seconds)) from None
        except Ended as error:
            raise self._buried(str(error)) from None

    def _buried(self, reason: str) -> Stopped:
        """Why a process that has hung up is gone."""
        self.ended = True
        for _ in range(STATUS_TRIES):
            ended = self._sandbox.how_it_ended(self._process)
            if ended is not None:
                return _why(*ended, self._sandbox.limits)
            time.sleep(0.005)  # it has closed its files, and is still about to end
        self._process.signal(signal.SIGKILL)
        return Stopped("died", f"it has broken off: {reason}")


def _why(status: int, cpu_seconds: float, limits: Limits) -> Stopped:
    """What an exit status means."""
    if status in (-signal.SIGKILL, -signal.SIGXCPU) and cpu_seconds > limits.cpu_seconds - 0.5:
        return Stopped("killed", f"it took more than {limits.cpu_seconds} seconds of the processor")
    if status == -signal.SIGKILL:
        return Stopped("memory", "the system has ended it: does it use too much memory?")
    if status < 0:
        return Stopped("died", f"Python itself ended ({signal.strsignal(-status)})")
    return Stopped("died", f"Python itself ended, with status {status}")


def _folder_with(files: Mapping[str, bytes]) -> TemporaryDirectory:
    """A folder of this submission's own, readable by whatever user the process becomes."""
    try:
        folder = TemporaryDirectory(prefix="submission-", ignore_cleanup_errors=True)
        Path(folder.name).chmod(0o755)
        for name, data in files.items():
            path = Path(folder.name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        raise SandboxError(f"a submission's files cannot be written: {error}") from error
    return folder
