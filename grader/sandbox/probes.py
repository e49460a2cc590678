"""Attempts to get out, made by the self-test from inside; each must fail.

A probe that returns has succeeded. One that raises was held by a wall.
"""

from __future__ import annotations

import ctypes
import os
import resource
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from grader.sandbox.linux import CLONE_NEWUSER, LIBC, checked

PTRACE_TRACEME = 0


def escapes(secret: str, memory_mib: int) -> list[str]:
    """What a learner's code could do and must not; nothing if all walls hold.

    Args:
        secret: a file that everybody may read, outside.
        memory_mib: more memory than there may be.
    """
    probes: dict[str, Callable[[], object]] = {
        "read files of others": Path(secret).read_bytes,
        "see files of others": lambda: os.listdir(Path(secret).parent),
        "read the known mistakes": lambda: os.listdir(Path(__file__).parents[1] / "mistakes"),
        "see other processes": lambda: os.listdir("/proc"),
        "change Python's packages": lambda: _write(Path(np.__file__).with_name("new")),
        "write outside its folder": lambda: _write(Path("/new")),
        "start processes": _fork,
        "start threads": lambda: threading.Thread(target=int).start(),
        "start programs": lambda: os.posix_spawn(sys.executable, ["python", "-V"], {}),
        "use the network": socket.socket,
        "use sockets": lambda: socket.socketpair(),
        "send signals": lambda: os.kill(os.getppid(), 0),
        "trace processes": lambda: checked(LIBC.ptrace(PTRACE_TRACEME, 0, 0, 0), "ptrace"),
        "become root elsewhere": lambda: checked(LIBC.unshare(CLONE_NEWUSER), "unshare"),
        "change its user": lambda: os.setuid(os.getuid()),
        "raise its limits": _raise_limit,
        "take all memory": lambda: ctypes.create_string_buffer(memory_mib << 20),
    }
    return [name for name, probe in probes.items() if _succeeds(probe)]


def _succeeds(probe: Callable[[], object]) -> bool:
    try:
        probe()
    except Exception:  # whatever it raises, it did not get through
        return False
    return True


def _write(path: Path) -> None:
    path.write_bytes(b"")
    path.unlink()


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _raise_limit() -> None:
    kind = resource.RLIMIT_NOFILE
    resource.setrlimit(kind, resource.getrlimit(kind))
