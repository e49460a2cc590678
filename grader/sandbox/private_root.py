"""A root folder that holds Python, the packages a notebook may import, and nothing else."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.sandbox.linux import MOUNT_SETATTR, mount, pivot_root, syscall, unmount

MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 1, 2, 4

STAGE = "/tmp"  # exists everywhere; what is in it stays visible below OLD
OLD, NEW = "/old", "/new"
SCRATCH = "/scratch"
DEVICES = ("null", "zero", "urandom")


def enter(visible: Mapping[str, str], hidden: Iterable[str]) -> None:
    """Change into a new root, for this process and those it starts.

    It needs a mount namespace of its own.

    Args:
        visible: names that appear there, and the files and folders, to be read only, that they
            stand for. Those are not named through symbolic links.
        hidden: folders inside visible ones that appear empty.
    """
    mount(None, "/", flags=MS_REC | MS_PRIVATE)
    _tmpfs(STAGE)
    for folder in (OLD, NEW):
        os.mkdir(STAGE + folder)
    pivot_root(STAGE, STAGE + OLD)
    os.chdir("/")
    _tmpfs(NEW)
    _fill(visible, set(hidden))
    unmount(OLD)
    os.chdir(NEW)
    # The root that held both goes under the new one, and then away.
    pivot_root(".", ".")
    unmount(".")
    _change("/", MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID)
    os.chdir("/")


def mount_scratch(mib: int, files: int) -> None:
    """Give this process an empty folder to write to, of limited size; nobody else sees it."""
    options = f"size={mib}m,nr_inodes={files},mode=777"
    mount("tmpfs", SCRATCH, "tmpfs", flags=MS_NOSUID | MS_NODEV | MS_NOEXEC, options=options)
    os.chdir(SCRATCH)


def _fill(visible: Mapping[str, str], hidden: set[str]) -> None:
    # From the outside in, so that a folder's own contents do not cover what is put into it.
    for path in sorted({*visible, *hidden}, key=lambda path: path.count("/")):
        if path in hidden:
            _tmpfs(NEW + path)
        else:
            _bind(visible[path], path)
            _change(NEW + path, MOUNT_ATTR_NODEV)
    for name in DEVICES:
        _bind(f"/dev/{name}", f"/dev/{name}")
    os.mkdir(NEW + SCRATCH)


def _bind(path: str, shown: str) -> None:
    """Show a file or folder of the old root in the new one."""
    source, target = Path(OLD + path), Path(NEW + shown)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.mkdir() if source.is_dir() else target.touch()
    mount(str(source), str(target), flags=MS_BIND | MS_REC)


def _tmpfs(folder: str) -> None:
    mount("tmpfs", folder, "tmpfs", flags=MS_NOSUID | MS_NODEV, options="size=1m,mode=755")


def _change(folder: str, flags: int) -> None:
    """Add properties to a mount and to all mounts below it."""
    change = struct.pack("QQQQ", flags, 0, 0, 0)
    what = "change a mount (needs Linux 5.12)"
    path = os.fsencode(folder)
    syscall(MOUNT_SETATTR, AT_FDCWD, path, AT_RECURSIVE, change, len(change), what=what)
