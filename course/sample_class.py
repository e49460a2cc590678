"""Grade a small class from first to last step, as a teacher would."""

from __future__ import annotations

import shutil
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from course.answers import cell_with, pieces_of
from course.errors import CourseError
from course.nbgrader_folder import open_folder, step
from course.places import CLASS, STYLES, SUBMISSIONS, notebook_of
from grader.exercises import EXERCISES

if TYPE_CHECKING:
    from nbgrader.apps.api import NbGraderAPI


@dataclass(frozen=True)
class Learner:
    """A made-up learner, from `tests/submissions/NAME.toml`.

    Args:
        name: the learner's name for nbgrader.
        about: what is special about the submission.
        styles: files below `tests/styles` with right answers.
        done: the exercises taken from the styles; all of them if not given.
        answers: the learner's own cells by exercise; they come before those of the styles.
        points: the points that are expected, the bonus for speed left out.
        mistakes: the mistakes that must be recognised, by exercise.
        told: texts that must reach the feedback, by exercise.
    """

    name: str
    about: str
    points: float
    styles: tuple[str, ...] = ()
    done: tuple[str, ...] | None = None
    answers: dict[str, str] = field(default_factory=dict)
    mistakes: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """What a learner got, and how long grading took."""

    learner: str
    points: float
    max_points: float
    seconds: float

    def __str__(self) -> str:
        points = f"{self.points:g}/{self.max_points:g}"
        return f"{self.learner:<24} {points:>9}  {self.seconds:4.1f} s"


def read_learners(folder: Path = SUBMISSIONS) -> list[Learner]:
    """Read the made-up learners.

    Raises:
        CourseError: a description is broken.
    """
    learners = []
    for path in sorted(folder.glob("*.toml")):
        try:
            learners.append(Learner(path.stem, **tomllib.loads(path.read_text(encoding="utf-8"))))
        except (tomllib.TOMLDecodeError, TypeError) as error:
            raise CourseError(f"is not the description of a learner: {error}", path) from error
    return learners


def cells_of(learner: Learner, styles: Path = STYLES) -> dict[str, str]:
    """What the learner wrote into the answer's cell of each exercise; untouched ones are left out.

    A style's functions come with all of their module they use.
    """
    modules = [pieces_of(styles / name) for name in learner.styles]
    cells = {}
    for exercise in EXERCISES:
        names = [function.name for function in exercise.functions]
        copied = learner.done is None or exercise.slug in learner.done
        found = (cell_with(names, pieces) for pieces in modules if copied)
        source = learner.answers.get(exercise.slug) or next(filter(None, found), "")
        if source:
            cells[exercise.slug] = source.rstrip("\n")
    return cells


def submit(learner: Learner, released: Path, target: Path) -> None:
    """Fill in a released notebook and hand it in."""
    book = nbformat.read(released, as_version=4)
    cells = cells_of(learner)
    for cell in book.cells:
        cell.source = cells.get(cell.id, cell.source)
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, target)


def grade_class(
    solution: Path, folder: Path = CLASS, learners: Sequence[Learner] | None = None
) -> Iterator[Row]:
    """Release, submit, autograde, write feedback and export the points of the sample class.

    Args:
        solution: the chapter's solution notebook.
        folder: where nbgrader works; what was there is replaced.
        learners: those of `tests/submissions` if not given.

    Returns:
        One row for each learner; its seconds are those of the whole class, divided.

    Raises:
        CourseError: a step of nbgrader fails.
    """
    if folder.exists():
        shutil.rmtree(folder)
    api = open_folder(folder, [solution])
    chapter = solution.stem
    step(api.generate_assignment, chapter)
    released = notebook_of(chapter, folder / api.coursedir.release_directory)
    names = []
    for learner in read_learners() if learners is None else learners:
        submit(learner, released, notebook_of(chapter, folder / "submitted" / learner.name))
        names.append(learner.name)
    start = time.perf_counter()
    step(api.autograde, chapter, "*")
    seconds = (time.perf_counter() - start) / max(len(names), 1)
    step(api.generate_feedback, chapter)
    export(api, folder / "grades.csv")
    with api.gradebook as gradebook:
        for name in names:
            submission = gradebook.find_submission(chapter, name)
            yield Row(name, submission.score, submission.max_score, seconds)


def export(api: NbGraderAPI, path: Path) -> None:
    """Write all points into a table, as `nbgrader export` does."""
    from nbgrader.plugins import CsvExportPlugin

    with api.gradebook as gradebook:
        CsvExportPlugin(to=str(path)).export(gradebook)
