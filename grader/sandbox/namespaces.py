"""Leave the machine's processes, network and files for namespaces where there are none."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from grader.sandbox.linux import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
    PR_SET_PDEATHSIG,
    prctl,
    setns,
    unshare,
)
from grader.sandbox.privileges import may_become_nobody

ALL = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWPID
INSIDE = 1000


def enter() -> int:
    """Go on in new namespaces, as the first process of one of them.

    Whoever called this first stays outside, waits for the end, and takes all processes inside
    along when it is killed.

    Returns:
        An open file that stands for the new process namespace.
    """
    if may_become_nobody():
        unshare(ALL)
    else:
        _become_root_of_a_user_namespace()
    process = os.fork()
    if process:
        _wait_outside(process)
    _end_with_parent()
    return os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def fork_apart(own: int) -> int:
    """Fork a child that is the first process of a new process namespace of its own.

    Args:
        own: the open file of this process's own namespace, to which its forks return.
    """
    unshare(CLONE_NEWPID)
    try:
        process = os.fork()
    except OSError:
        setns(own, CLONE_NEWPID)
        raise
    if process:
        setns(own, CLONE_NEWPID)
    return process


def _become_root_of_a_user_namespace() -> None:
    user, group = os.getuid(), os.getgid()
    unshare(ALL | CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{INSIDE} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{INSIDE} {group} 1")


def _wait_outside(process: int) -> None:
    _close_all_but_the_standard_files()
    os.waitpid(process, 0)
    os._exit(0)


def _close_all_but_the_standard_files() -> None:
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))


def _end_with_parent() -> None:
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL, what="end together with the grader")
