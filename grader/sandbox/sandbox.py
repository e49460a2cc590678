"""Start a warm process once, and get a confined child from it for each submission."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from grader.sandbox import packages as package_files
from grader.sandbox.channel import Channel
from grader.sandbox.child import Child
from grader.sandbox.errors import Refused, SandboxError
from grader.sandbox.limits import Limits
from grader.sandbox.process import Process
from grader.sandbox.self_test import test_walls
from grader.sandbox.walls import TIERS

START_SECONDS = 60.0
ANSWER_SECONDS = 20.0
ZYGOTE = Path(__file__).with_name("zygote.py")
PRELOAD = {"matplotlib": ("matplotlib.pyplot",)}
KEPT_SETTINGS = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LD_LIBRARY_PATH")
WHAT_TO_DO = {
    "full": "Grade with the tier `light`, if the machine is a container; or allow user namespaces.",
    "light": "Use a Linux of version 5.13 or newer with Landlock (most have it), on x86-64 or "
    "aarch64.",
    "none": "This is a fault of the grader or of its installation: please report it.",
}
NOT_LINUX = (
    "{} has no walls that could hold a learner's code. Grade in a Linux container or a virtual "
    'machine; or, if you trust every submission, with the tier "none" and trusted=True.'
)


class Sandbox:
    """A source of confined processes, for thousands of submissions one after another.

    Args:
        tier: `full`, `light` (inside a container that refuses namespaces), or `none`.
        limits: what one submission may use.
        packages: what notebooks may import besides the standard library.
        trusted: needed for `none`: the teacher trusts every submission.

    Raises:
        Refused: these walls cannot be built here, or do not hold; says why and what to do.
    """

    def __init__(
        self,
        tier: str = "full",
        *,
        limits: Limits | None = None,
        packages: Iterable[str] = ("numpy", "matplotlib"),
        trusted: bool = False,
    ) -> None:
        _check_tier(tier, trusted=trusted)
        self.tier, self.limits = tier, limits or Limits()
        self._lock = threading.Lock()
        self._start(list(dict.fromkeys(["numpy", *packages])))
        try:
            test_walls(self)
        except BaseException:
            self.close()
            raise

    def child(self, files: Mapping[str, bytes] | None = None) -> Child:
        """A new confined process, for one submission.

        Args:
            files: what is to be found in its working folder, by name.
        """
        return Child(self, dict(files or {}))

    def close(self) -> None:
        """End the warm process and all children."""
        self._line.close()
        try:
            self._zygote.wait(ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            self._zygote.kill()
            self._zygote.wait()
        self._errors.close()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def fork(self) -> tuple[Process, Channel]:
        """A new process that is not confined yet, and the line to it.

        Raises:
            SandboxError: the warm process is gone.
        """
        here, there = socket.socketpair()
        output, printed = os.pipe()
        try:
            files = [there.fileno(), printed]
            answer, handles = self._ask({"fork": True}, files)
        except BaseException:
            here.close()
            os.close(output)
            raise
        finally:
            there.close()
            os.close(printed)
        process = Process(answer["process"], handles[0] if handles else None)
        return process, Channel(here, output, 4 * self.limits.output_characters)

    def how_it_ended(self, process: Process) -> tuple[int, float] | None:
        """The exit status of a process, negative for a signal, and its seconds of processor time.

        None if it has not ended yet.
        """
        ended = self._ask({"ended": process.number}, [])[0]["ended"]
        return ended and tuple(ended)

    def _start(self, packages: list[str]) -> None:
        python = package_files.standard_library()
        files = package_files.files_of(packages)
        system = package_files.system_libraries()
        setup = {
            "tier": self.tier,
            "path": list(dict.fromkeys(os.path.dirname(path) for path in files)),
            "visible": [os.path.realpath(path) for path in [*python, *system, *files]],
            "hidden": [os.path.realpath(path) for path in package_files.foreign_packages()],
            "preload": [*package_files.WARM.split(), *_preloaded(packages)],
        }
        self._line, there = socket.socketpair()
        self._line.settimeout(START_SECONDS)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        self._zygote = subprocess.Popen(
            [sys.executable, "-S", "-s", "-P", "-B", str(ZYGOTE), str(there.fileno())],
            pass_fds=[there.fileno()],
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            start_new_session=True,  # so that Ctrl-C is the grader's alone
        )
        there.close()
        self._line.sendall(json.dumps(setup).encode() + b"\n")
        self._begin()

    def _begin(self) -> None:
        try:
            answer, _ = self._answer()
        except SandboxError as error:
            answer = {"fatal": str(error)}
        if "fatal" in answer:
            self.close()
            raise Refused(f"the sandbox `{self.tier}`: {answer['fatal']}. {WHAT_TO_DO[self.tier]}")
        self._line.settimeout(ANSWER_SECONDS)

    def _ask(self, request: dict[str, Any], files: list[int]) -> tuple[dict[str, Any], list[int]]:
        with self._lock:
            try:
                socket.send_fds(self._line, [json.dumps(request).encode()], files)
            except OSError as error:
                raise SandboxError(f"the sandbox has ended: {error}") from error
            return self._answer()

    def _answer(self) -> tuple[dict[str, Any], list[int]]:
        """One line, and the files that came with it."""
        data, files = b"", []
        while not data.endswith(b"\n"):
            try:
                piece, more, _, _ = socket.recv_fds(self._line, 1 << 16, 1)
            except TimeoutError as error:
                raise SandboxError("the sandbox does not answer") from error
            except OSError:
                piece, more = b"", []
            if not piece:
                raise SandboxError(f"the sandbox has ended: {self._last_words()}")
            data += piece
            files += more
        return json.loads(data), files

    def _last_words(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing"


def _check_tier(tier: str, *, trusted: bool) -> None:
    if tier not in TIERS:
        raise Refused(f"there is no tier {tier!r}; there are: {', '.join(TIERS)}")
    if tier == "none" and not trusted:
        raise Refused(
            "the tier `none` has no walls. Say trusted=True if you trust every submission."
        )
    if tier != "none" and sys.platform != "linux":
        raise Refused(NOT_LINUX.format(sys.platform))


def _environment() -> dict[str, str]:
    """The only settings that the warm process gets to see."""
    kept = {name: os.environ[name] for name in KEPT_SETTINGS if name in os.environ}
    # One thread, so that a fork takes everything along; and sets in the same order every time.
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
    fixed = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MPLBACKEND": "Agg", "PYTHONHASHSEED": "0"}
    return kept | threads | fixed


def _preloaded(packages: list[str]) -> list[str]:
    return [module for name in packages for module in (name, *PRELOAD.get(name, ()))]
