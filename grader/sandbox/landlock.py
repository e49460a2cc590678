"""Landlock: from here on, files can be reached only where a list allows it.

Source: Linux, Documentation/userspace-api/landlock.rst
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable

from grader.sandbox.errors import WallError
from grader.sandbox.linux import (
    LANDLOCK_ADD_RULE,
    LANDLOCK_CREATE_RULESET,
    LANDLOCK_RESTRICT_SELF,
    PR_SET_NO_NEW_PRIVS,
    prctl,
    syscall,
)

WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
TRUNCATE = 1 << 14
# How many rights over files, over the network, and over other processes each version knows.
RIGHTS = {1: (13, 0, 0), 2: (14, 0, 0), 3: (15, 0, 0), 4: (15, 2, 0), 5: (16, 2, 0), 6: (16, 2, 2)}
QUERY_VERSION = 1
RULE_PATH_BENEATH = 1


def version() -> int:
    """The newest version of the rules that both this kernel and this file know.

    Raises:
        WallError: the kernel has no Landlock.
    """
    what = "Landlock (needs Linux 5.13 with Landlock switched on)"
    return min(syscall(LANDLOCK_CREATE_RULESET, None, 0, QUERY_VERSION, what=what), max(RIGHTS))


class Ruleset:
    """What may be reached; everything is forbidden that no rule allows."""

    def __init__(self) -> None:
        rights = [(1 << count) - 1 for count in RIGHTS[version()]]
        self._known = rights[0]
        size = 8 if not rights[1] else 16 if not rights[2] else 24
        attributes = struct.pack("QQQ", *rights)[:size]
        what = "a set of Landlock rules"
        self.file = syscall(LANDLOCK_CREATE_RULESET, attributes, size, 0, what=what)

    def allow_reading(self, paths: Iterable[str]) -> None:
        """Let files be read, and folders with all that is in them."""
        for path in paths:
            folder = os.path.isdir(path)
            self._allow(path, READ_FILE | READ_DIR if folder else READ_FILE)

    def allow_listing(self, folder: str) -> None:
        """Let the names in a folder be seen."""
        self._allow(folder, READ_DIR)

    def allow_writing(self, path: str) -> None:
        """Let a file be written, or files be made and removed in a folder."""
        rights = READ_FILE | WRITE_FILE | TRUNCATE
        if os.path.isdir(path):
            rights |= READ_DIR | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG
        self._allow(path, rights)

    def enforce(self) -> None:
        """Hold this process to the rules, and forget the list."""
        prctl(PR_SET_NO_NEW_PRIVS, 1, what="no new privileges")
        syscall(LANDLOCK_RESTRICT_SELF, self.file, 0, what="Landlock")
        os.close(self.file)

    def _allow(self, path: str, rights: int) -> None:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError as error:
            raise WallError(f"{path} cannot be opened for Landlock: {error.strerror}") from error
        rule = struct.pack("=Qi", rights & self._known, place)
        what = f"a Landlock rule for {path}"
        syscall(LANDLOCK_ADD_RULE, self.file, RULE_PATH_BENEATH, rule, 0, what=what)
        os.close(place)
