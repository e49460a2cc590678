"""The warm process from outside: start it, ask it for children, read its last words."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from grader.sandbox.errors import SandboxError

START_SECONDS = 120.0
ANSWER_SECONDS = 60.0
ZYGOTE = Path(__file__).with_name("zygote.py")
KEPT_SETTINGS = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LD_LIBRARY_PATH")

Answer = tuple[dict[str, Any], list[int]]


class WarmProcess:
    """A process that has imported all that is needed, and forks on request.

    Args:
        setup: what it is told first, as `zygote.main` reads it.

    Raises:
        SandboxError: it does not start; says why.
    """

    def __init__(self, setup: dict[str, Any]) -> None:
        self._lock = threading.Lock()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        self._line, there = socket.socketpair()
        self._line.settimeout(START_SECONDS)
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-S", "-s", "-P", "-B", str(ZYGOTE), str(there.fileno())],
                pass_fds=[there.fileno()],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,  # so that Ctrl-C is the grader's alone
            )
        try:
            self._begin(setup)
        except BaseException:
            self.close()
            raise

    @property
    def session(self) -> int:
        """The number of the session that it and all its children belong to."""
        return self._process.pid

    def ask(self, request: dict[str, Any], files: list[int]) -> Answer:
        """Send a request with open files, and wait for the answer, which may have some too.

        Raises:
            SandboxError: there is none.
        """
        with self._lock:
            try:
                socket.send_fds(self._line, [json.dumps(request).encode()], files)
            except OSError as error:
                raise SandboxError(f"the sandbox has ended: {self._last_words()}") from error
            return self._answer()

    def close(self) -> None:
        """End it, and all its children."""
        self._line.close()
        try:
            self._process.wait(ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def _begin(self, setup: dict[str, Any]) -> None:
        self._line.sendall(json.dumps(setup).encode() + b"\n")
        answer, _ = self._answer()
        if "fatal" in answer:
            raise SandboxError(answer["fatal"])
        self._line.settimeout(ANSWER_SECONDS)

    def _answer(self) -> Answer:
        """One line, and the files that came with it."""
        data, files = b"", []
        while not data.endswith(b"\n"):
            try:
                piece, more, _, _ = socket.recv_fds(self._line, 1 << 16, 1)
            except TimeoutError as error:
                self._line.close()  # so that a late answer is not taken for another one's
                raise SandboxError("the sandbox does not answer") from error
            except OSError:
                piece, more = b"", []
            if not piece:
                raise SandboxError(f"the sandbox has ended: {self._last_words()}")
            data += piece
            files += more
        return json.loads(data), files

    def _last_words(self) -> str:
        if self._errors.closed:
            return "it was closed"
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing"


def _environment() -> dict[str, str]:
    """The only settings that the warm process gets to see."""
    kept = {name: os.environ[name] for name in KEPT_SETTINGS if name in os.environ}
    # One thread, so that a fork takes everything along; and sets in the same order every time.
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
    fixed = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MPLBACKEND": "Agg", "PYTHONHASHSEED": "0"}
    return kept | threads | fixed
