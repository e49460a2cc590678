"""Grade the same class in one of several ways, and print what each submission costs.

Run as `python -m benchmarks.grading_ways WAY FOLDER`; `grading_speed` does that for all ways, each
in a fresh process. The first submission warms the process up and is not counted.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import nbformat

from benchmarks.cpu import measured
from course.places import notebook_of
from grader.classroom.course_folder import CourseFolder, open_course, read_chapter
from grader.classroom.journal import Journal
from grader.classroom.store import Store
from grader.classroom.work import Job, Settings, prepare
from grader.exercises import find
from grader.nbgrader.handed_in import handed_in
from grader.nbgrader.marks import judge_hidden, judge_visible
from grader.nbgrader.secret import seed_of
from grader.nbgrader.settings import Settings as Walls
from grader.run import run

CHAPTER = "01-convolution"
SECRET = b"the secret of a measurement"
LIVE = (
    "import torch\nimport grader.expected\n"
    "grader.expected.recorded_outputs = lambda exercise: None\n"
)

Grade = Callable[[str], Any]


def stock(folder: Path, *, torch: bool) -> Grade:
    """nbgrader as it is; with torch, the notebook asks it what is right."""
    from nbgrader.apps.api import NbGraderAPI
    from traitlets.config import Config

    config = Config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "exercises"
    config.CourseDirectory.db_url = f"sqlite:///{folder}/stock.db"
    api = NbGraderAPI(config=config)
    result = api.generate_assignment(CHAPTER, force=True)
    assert result["success"], result
    if torch:
        for path in folder.glob(f"submitted/*/{CHAPTER}/*.ipynb"):
            book = nbformat.read(path, as_version=4)
            book.cells.insert(0, nbformat.v4.new_code_cell(LIVE))
            nbformat.write(book, path)

    def grade(student: str) -> None:
        result = api.autograde(CHAPTER, student)
        assert result["success"], result["log"]

    return grade


def ours(folder: Path, *, tier: str) -> Grade:
    """What a worker and the writer do for a submission."""
    course = open_course(folder)
    released, _ = read_chapter(course, CHAPTER)
    settings = Settings(released, Walls(tier, trusted=tier == "none"), SECRET)
    work = prepare(settings)
    store = store_of(course, settings)

    def grade(student: str) -> None:
        handed = handed_in(course.submitted(student, CHAPTER), CHAPTER)
        result = work(Job(student, handed))
        assert not result.fault, result.fault
        store.put([result])

    return grade


def store_of(course: CourseFolder, settings: Settings) -> Store:
    """The writer of a course that nobody else uses."""
    journal = Journal(course.root, CHAPTER, fresh=True)
    return Store(
        course,
        settings.released,
        journal,
        rules=settings.fingerprint,
        patience_seconds=0,
        note=sys.stderr.write,
    )


def floor(folder: Path) -> Grade:
    """The same cells and checks in one warm process, without walls, gradebook or notebook."""

    def grade(student: str) -> None:
        book = nbformat.read(notebook_of(CHAPTER, folder / "submitted" / student), as_version=4)
        names: dict[str, Any] = {"__name__": "__main__"}
        for cell in book.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if grade_id.startswith("check_"):
                _check(grade_id.removeprefix("check_"), names)
            elif cell.cell_type == "code":
                with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(cell.source, grade_id, "exec"), names)

    return grade


def _check(slug: str, names: dict[str, Any]) -> None:
    """Judge visible and hidden cases and make both reports."""
    exercise = find(slug)
    functions = [names.get(function.name) for function in exercise.functions]
    seed = seed_of(SECRET, slug)

    def hidden(places: tuple[int, ...]) -> list[Any]:
        cases = exercise.cases(seed)
        return run(exercise, functions, [cases[place] for place in places], twice=False)

    verdict = judge_visible(exercise, run(exercise, functions, exercise.cases()))
    verdict = judge_hidden(exercise, verdict, hidden, seed)
    verdict.to_text()
    verdict.to_html()


WAYS: dict[str, Callable[[Path], Grade]] = {
    "stock-torch": partial(stock, torch=True),
    "stock-numpy": partial(stock, torch=False),
    "full": partial(ours, tier="full"),
    "light": partial(ours, tier="light"),
    "none": partial(ours, tier="none"),
    "floor": floor,
}


def main() -> int:
    """Grade the students of a folder, and print the processor seconds of each as JSON."""
    warnings.simplefilter("ignore")
    way, folder = sys.argv[1], Path(sys.argv[2]).resolve()
    tempfile.tempdir = str(folder)
    with contextlib.redirect_stdout(sys.stderr):
        grade = WAYS[way](folder)
        students = sorted(path.name for path in (folder / "submitted").iterdir())
        seconds = [measured(grade, student)[0] for student in students]
    print(json.dumps(seconds[1:]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
