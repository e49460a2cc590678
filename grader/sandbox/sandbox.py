"""A source of confined processes, one for each submission; refuses where its walls do not hold."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any

from grader.sandbox import packages as package_files
from grader.sandbox.channel import Channel, open_channel
from grader.sandbox.child import Child
from grader.sandbox.errors import Refused, SandboxError
from grader.sandbox.limits import Limits
from grader.sandbox.process import Process
from grader.sandbox.self_test import test_walls
from grader.sandbox.walls import TIERS
from grader.sandbox.warm import WarmProcess

BYTES_OF_A_CHARACTER = 4
# What notebooks may import besides the standard library, if nothing else is said.
PACKAGES = ("numpy", "matplotlib")
PRELOAD = {"matplotlib": ("matplotlib.pyplot",)}
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
NOT_TRUSTED = "the tier `none` has no walls. Say trusted=True if you trust every submission."


class Sandbox:
    """Starts one warm process, and gets thousands of confined children from it.

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
        packages: Iterable[str] = PACKAGES,
        trusted: bool = False,
    ) -> None:
        _check_tier(tier, trusted=trusted)
        self.tier, self.limits = tier, limits or Limits()
        setup = _setup(tier, list(dict.fromkeys(["numpy", *packages])))
        try:
            self._warm = WarmProcess(setup)
        except SandboxError as error:
            raise Refused(f"the sandbox `{tier}`: {error}. {WHAT_TO_DO[tier]}") from error
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

    @property
    def session(self) -> int:
        """The number of the session that all its processes belong to."""
        return self._warm.session

    def close(self) -> None:
        """End the warm process and all children."""
        self._warm.close()

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
        most = BYTES_OF_A_CHARACTER * self.limits.output_characters
        channel, theirs = open_channel(most)
        try:
            answer, handles = self._warm.ask({"fork": True}, theirs)
        except BaseException:
            channel.close()
            raise
        finally:
            for file in theirs:
                os.close(file)
        return Process(answer["process"], handles[0] if handles else None), channel

    def how_it_ended(self, process: Process) -> tuple[int, float] | None:
        """The exit status of a process, negative for a signal, and its seconds of processor time.

        None if it has not ended yet.
        """
        ended = self._warm.ask({"ended": process.number}, [])[0]["ended"]
        return ended and tuple(ended)


def _setup(tier: str, packages: list[str]) -> dict[str, Any]:
    """What the warm process must know: the files inside its walls, and what to import."""
    files = package_files.files_of(packages)
    visible = [*package_files.standard_library(), *package_files.system_libraries(), *files]
    modules = [module for name in packages for module in (name, *PRELOAD.get(name, ()))]
    return {
        "tier": tier,
        "path": list(dict.fromkeys(os.path.dirname(path) for path in files)),
        "visible": _real(visible),
        "hidden": [*_real(package_files.foreign_packages())],
        "preload": [*package_files.WARM.split(), *modules],
    }


def _real(paths: list[str]) -> dict[str, str]:
    """What paths stand for, named as Python does and, where links are on the way, as it is."""
    real = {path: os.path.realpath(path) for path in paths}
    return real | {path: path for path in real.values()}


def _check_tier(tier: str, *, trusted: bool) -> None:
    if tier not in TIERS:
        raise Refused(f"there is no tier {tier!r}; there are: {', '.join(TIERS)}")
    if tier == "none" and not trusted:
        raise Refused(NOT_TRUSTED)
    if tier != "none" and sys.platform != "linux":
        raise Refused(NOT_LINUX.format(sys.platform))
