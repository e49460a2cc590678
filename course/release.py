"""Release the learners' notebooks: nbgrader takes the solutions out and locks the checks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from course.errors import CourseError
from course.nbgrader_folder import open_folder, step
from course.places import EXERCISES, SOLUTIONS, notebook_of, write
from course.text import Chapter

SECRETS = ("BEGIN SOLUTION", "END SOLUTION", "INSTEAD OF A STUB", "HIDDEN TESTS")


def release(
    chapters: Sequence[Chapter], source: Path = SOLUTIONS, target: Path = EXERCISES
) -> list[Path]:
    """Write the released notebook of each chapter.

    nbgrader works in a temporary folder, so a failure leaves the old notebooks as they were, and
    no gradebook is touched.

    Args:
        chapters: whose notebooks are compiled in `source`.
        source, target: nbgrader's source and release folders.

    Returns:
        The notebooks' paths.

    Raises:
        CourseError: nbgrader fails, or something secret is left in a notebook.
    """
    notebooks = [notebook_of(chapter.name, source) for chapter in chapters]
    with TemporaryDirectory() as folder:
        api = open_folder(Path(folder), notebooks)
        released = {}
        for chapter in chapters:
            step(api.generate_assignment, chapter.name)
            made = notebook_of(chapter.name, Path(folder) / api.coursedir.release_directory)
            released[notebook_of(chapter.name, target)] = made.read_text(encoding="utf-8")
    for chapter, (path, text) in zip(chapters, released.items(), strict=True):
        check_released(chapter, text, path)
    for path, text in released.items():
        write(path, text.rstrip("\n") + "\n")
    return list(released)


def check_released(chapter: Chapter, text: str, path: Path) -> None:
    """Refuse a notebook that tells a learner more than it should."""
    for secret in SECRETS:
        if secret in text:
            raise CourseError(f"the released notebook contains {secret!r}", path)
    for block in chapter.blocks:
        hint = block.hints[-1].splitlines()[0]
        if hint in text:
            message = f"the last hint of `{block.exercise.slug}` stands in the notebook"
            raise CourseError(message, path)
