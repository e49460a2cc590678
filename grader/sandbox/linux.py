"""Ask the Linux kernel for what Python's own modules do not offer; a refusal is an exception."""

from __future__ import annotations

import ctypes
import os
import platform
from typing import Any

from grader.sandbox.errors import WallError

LIBC = ctypes.CDLL(None, use_errno=True)

# The numbers of system calls that differ between machines; those from 424 on are the same.
# Source: Linux, arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h
NUMBERS = {
    "x86_64": {"pivot_root": 155, "seccomp": 317},
    "aarch64": {"pivot_root": 41, "seccomp": 277},
}
MOUNT_SETATTR = 442
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446

PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 1, 24, 38, 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000


def machine() -> str:
    """The kind of processor, if its system calls are known here.

    Raises:
        WallError: they are not.
    """
    name = platform.machine()
    if name not in NUMBERS:
        raise WallError(f"no table of system calls for {name}; there is one for {[*NUMBERS]}")
    return name


def checked(result: int, what: str) -> int:
    """The result of a call into the kernel.

    Raises:
        WallError: it is negative, so the call has failed.
    """
    if result < 0:
        raise WallError(f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


def syscall(number: int, *arguments: Any, what: str) -> int:
    """Make a system call; whole numbers are passed as 64 bits."""
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    LIBC.syscall.restype = ctypes.c_long
    return checked(LIBC.syscall(ctypes.c_long(number), *wide), what)


def prctl(option: int, value: int = 0, *, what: str) -> None:
    """Change a property of this process."""
    zeros = (ctypes.c_ulong(0),) * 3
    checked(LIBC.prctl(ctypes.c_int(option), ctypes.c_ulong(value), *zeros), what)


def unshare(flags: int) -> None:
    """Leave namespaces for new ones; a new process namespace is for the next child."""
    checked(LIBC.unshare(ctypes.c_int(flags)), "new namespaces")


def setns(fd: int, kind: int) -> None:
    """Enter the namespace of an open file."""
    checked(LIBC.setns(ctypes.c_int(fd), ctypes.c_int(kind)), "enter a namespace")


def mount(
    source: str | None, target: str, kind: str | None = None, *, flags: int = 0, options: str = ""
) -> None:
    """Mount or bind something, or change a mount."""
    texts = [os.fsencode(text) if text else None for text in (source, target, kind)]
    result = LIBC.mount(*texts, ctypes.c_ulong(flags), os.fsencode(options) or None)
    checked(result, f"mount {source} at {target}")


def unmount(target: str) -> None:
    """Take a mount away as soon as nobody uses it."""
    mnt_detach = 2
    checked(LIBC.umount2(os.fsencode(target), ctypes.c_int(mnt_detach)), f"unmount {target}")


def pivot_root(new: str, old: str) -> None:
    """Make `new` the root of all paths, and put the old root at `old`."""
    number = NUMBERS[machine()]["pivot_root"]
    syscall(number, os.fsencode(new), os.fsencode(old), what="pivot_root")
