"""Look into the folder that a learner handed in; take out the notebook and the time, nothing else.

What lies there may be a link to the teacher's files, a pipe that never ends, or a package called
`numpy`. Only regular files are opened, links are not followed, and no other file is copied.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.utils import parse_utc

from grader.nbgrader.cells import MOST_BYTES

TIMESTAMP = "timestamp.txt"
MOST_FILES = 1_000
CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True)
class Handed:
    """What a learner handed in.

    Args:
        data: the notebook file; None if there is none that can be read.
        notes: what the teacher should know, each a sentence.
        trouble: why there is no notebook, for the learner; empty if there is one.
    """

    data: bytes | None
    notes: tuple[str, ...] = ()
    trouble: str = ""


def handed_in(folder: Path, notebook: str) -> Handed:
    """Read what was handed in; no folder makes this fail.

    Args:
        folder: such as `submitted/STUDENT/CHAPTER`.
        notebook: the name of the released notebook, without `.ipynb`.
    """
    notes: list[str] = []
    name = f"{notebook}.ipynb"
    data, trouble = None, ""
    found = _notebooks(folder)
    chosen = name if name in found else _only(found)
    if chosen is None:
        several = f" It holds {len(found)} others." if found else ""
        trouble = f"There is no notebook called {name} in what was handed in.{several}"
    else:
        if chosen != name:
            notes.append(f"{chosen} was taken for {name}")
        data, trouble = _content(folder / chosen, chosen)
    if trouble:
        notes.append(trouble)
    return Handed(data, tuple(notes), trouble)


def _notebooks(folder: Path) -> list[str]:
    """The names of all notebooks directly in the folder, and of links that pretend to be some."""
    try:
        with os.scandir(folder) as entries:
            names = [e.name for e in _first(entries) if e.name.lower().endswith(".ipynb")]
    except OSError:
        return []
    return sorted(names)


def _first(entries: Iterator[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
    for _, entry in zip(range(MOST_FILES), entries, strict=False):
        yield entry


def _only(names: list[str]) -> str | None:
    """The one notebook of another name, such as `01-convolution (1).ipynb`."""
    return names[0] if len(names) == 1 else None


def _content(path: Path, name: str) -> tuple[bytes | None, str]:
    """A file's bytes, or why it cannot be read."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        kind = "is a link" if path.is_symlink() else f"cannot be read ({error.strerror})"
        return None, f"{name} {kind}, so there is nothing to grade. Hand in the file itself."
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None, f"{name} is no file, so there is nothing to grade."
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(MOST_BYTES + 1), ""
    finally:
        os.close(handle)


def received(folder: Path) -> tuple[datetime | None, tuple[str, ...]]:
    """When it was handed in: as the time stamp says, or else when the folder came to lie here.

    Whoever leaves the stamp out, or writes nonsense or the future there, is as late as the folder.

    Returns:
        The time, None if there is no folder; and what the teacher should know.
    """
    collected = _collected(folder)
    data, trouble = _content(folder / TIMESTAMP, TIMESTAMP)
    text = (data or b"")[:200].decode("utf-8", "replace").strip()
    claimed = None
    try:
        claimed = parse_utc(text) if text else None
    except (ValueError, OverflowError, TypeError, AttributeError):
        return collected, (f"a {TIMESTAMP} that is no time: the time of collecting counts",)
    if claimed is None:
        note = f"no {TIMESTAMP}" if trouble else f"an empty {TIMESTAMP}"
        return collected, (f"{note}: the time of collecting counts",)
    if collected is not None and claimed > collected + CLOCKS_DIFFER:
        return collected, (f"a {TIMESTAMP} in the future: the time of collecting counts",)
    return claimed, ()


def _collected(path: Path) -> datetime | None:
    """When the file was put here; only the system can set this time."""
    try:
        changed = path.lstat().st_ctime
    except OSError:
        return None
    return datetime.fromtimestamp(int(changed), tz=UTC).replace(tzinfo=None)
