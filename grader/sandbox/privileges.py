"""Give up what a process may do: its user, its capabilities, its share of the machine."""

from __future__ import annotations

import os
import resource
import signal
import struct
from pathlib import Path

from grader.sandbox.limits import Limits
from grader.sandbox.linux import (
    LIBC,
    PR_CAP_AMBIENT,
    PR_CAP_AMBIENT_CLEAR_ALL,
    PR_CAPBSET_DROP,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    checked,
    prctl,
)

NOBODY = 65534
CAPABILITY_VERSION = 0x20080522
MOST_CAPABILITIES = 64


def may_become_nobody() -> bool:
    """Whether this process is root of a system that knows an ordinary user beside it."""
    if os.geteuid() != 0:
        return False
    spans = [line.split() for line in Path("/proc/self/uid_map").read_text().splitlines()]
    return any(int(first) <= NOBODY < int(first) + int(count) for first, _, count in spans)


def become_nobody() -> None:
    """Become a user that owns nothing."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def drop_capabilities() -> None:
    """Give up every capability, for good."""
    prctl(PR_SET_NO_NEW_PRIVS, 1, what="no new privileges")
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, what="clear ambient capabilities")
    for capability in range(MOST_CAPABILITIES):
        if LIBC.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0:
            break  # there are no more, or this process has no right to any of them
    head = struct.pack("Ii", CAPABILITY_VERSION, 0)
    checked(LIBC.capset(head, bytes(24)), "drop capabilities")


def end_with_parent(parent: int) -> None:
    """Be killed as soon as the parent ends; `parent` is its number as this process sees it."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL, what="end together with the grader")
    if os.getppid() != parent:
        os._exit(1)  # it ended before it could be asked for


def limit_resources(limits: Limits) -> None:
    """Set the kernel's limits of this process."""
    memory, files = limits.memory_mib << 20, limits.scratch_mib << 20
    for kind, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1),
        (resource.RLIMIT_FSIZE, files, files),
        (resource.RLIMIT_NOFILE, limits.open_files, limits.open_files),
        (resource.RLIMIT_NPROC, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))
    for name in ("RLIMIT_MEMLOCK", "RLIMIT_MSGQUEUE"):
        if hasattr(resource, name):  # not everywhere but on Linux
            resource.setrlimit(getattr(resource, name), (0, 0))
