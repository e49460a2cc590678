"""Note in a file who is stored, so that a stopped run can go on where it was."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.errors import GradingError

FOLDER = ".grading"


@dataclass(frozen=True)
class Entry:
    """A submission that is in the gradebook and in the folder of graded notebooks.

    Args:
        student: whose it is.
        submission: the fingerprint of what was handed in.
        rules: the fingerprint of what it was graded by.
        points: what it earned.
        max_points: what could be earned.
    """

    student: str
    submission: str
    rules: str
    points: float
    max_points: float


class Journal:
    """The entries of one chapter, one a line; only one run at a time may write.

    Args:
        root: the course folder.
        chapter: whose journal it is.
        fresh: forget what was noted before.

    Raises:
        GradingError: another run is at work, or the file cannot be written.
    """

    def __init__(self, root: Path, chapter: str, *, fresh: bool) -> None:
        self.path = root / FOLDER / f"{chapter}.jsonl"
        try:
            self.path.parent.mkdir(exist_ok=True)
            self._file = self.path.open("a+", encoding="utf-8")
        except OSError as error:
            raise GradingError(f"{self.path} cannot be written: {error.strerror}.") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise GradingError(
                f"another autograde is at work on {chapter} in {root}. Nothing was stored by this "
                "one. Wait for the other to end, or stop it with Ctrl-C."
            ) from error
        if fresh:
            self._file.truncate(0)
        self._end_last_line()

    def _end_last_line(self) -> None:
        """A run that was killed while it wrote has left half a line; it counts for nothing."""
        size = self._file.seek(0, os.SEEK_END)
        if size:
            self._file.seek(0)
            if not self._file.read().endswith("\n"):
                self._file.write("\n")

    def entries(self) -> dict[str, Entry]:
        """The last entry of each student."""
        self._file.seek(0)
        return {entry.student: entry for entry in filter(None, map(_entry, self._file))}

    def add(self, entries: Iterable[Entry]) -> None:
        """Note what is stored; after this it survives a power cut."""
        lines = [json.dumps(asdict(entry)) + "\n" for entry in entries]
        self._file.write("".join(lines))
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let another run begin."""
        self._file.close()


def _entry(line: str) -> Entry | None:
    try:
        return Entry(**json.loads(line))
    except (ValueError, TypeError):
        return None
