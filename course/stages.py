"""The stages of the course, from text to graded class, each as one function that reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from course.places import CLASS, SOLUTIONS, notebook_of, shown

Stage = Callable[[], Iterator[str]]
SAMPLE_CHAPTER = "01-convolution"


def compile_stage() -> Iterator[str]:
    """Compile solutions/NN-name.md to notebooks for nbgrader, and collect the hints."""
    from course.compile import compile_chapters
    from course.text import read_chapters

    chapters = read_chapters()
    for chapter, path in zip(chapters, compile_chapters(chapters), strict=True):
        yield f"{shown(path)}: {len(chapter.blocks)} exercises"


def prove_stage() -> Iterator[str]:
    """Prove that each solution passes its own checks, hidden ones too, and each starter fails."""
    from course.prove import HIDDEN_SEEDS, prove
    from course.text import read_chapters

    for chapter in read_chapters():
        verdicts = prove(chapter)
        points = sum(verdict.points for verdict in verdicts)
        yield (
            f"{chapter.name}: {len(verdicts)} solutions earn all {points:g} points, "
            f"also on {HIDDEN_SEEDS} hidden sets of cases"
        )


def record_stage() -> Iterator[str]:
    """Record torch's outputs, for pages and machines without torch."""
    from course.record import record_all

    record_all()
    yield "torch's outputs are in grader/recorded"


def release_stage() -> Iterator[str]:
    """Release the notebooks for learners with nbgrader, without the solutions."""
    from course.release import release
    from course.text import read_chapters

    for path in release(read_chapters()):
        yield shown(path)


def figures_stage() -> Iterator[str]:
    """Draw the book's figures."""
    from course.figures import draw_all

    for path in draw_all():
        yield shown(path)


def pyodide_stage() -> Iterator[str]:
    """Fetch Pyodide, the Python that runs in a page, for tests and self-hosted sites."""
    from course.pyodide import VERSION, fetch

    folder = fetch()
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    yield f"Pyodide {VERSION} is in {shown(folder)}: {size:.1f} MB, every file verified"


def live_stage() -> Iterator[str]:
    """Make what turns pages into labs: the scripts and the wheels that a page loads."""
    from course.bundle import build_scripts, forget_scripts
    from course.errors import CourseError
    from course.wheel import build_wheels

    yield from map(shown, build_wheels())
    try:
        for path in build_scripts():
            yield f"{shown(path)}: {path.stat().st_size / 1e3:.0f} kB"
    except CourseError as error:
        forget_scripts()
        yield f"off, so the pages can be read but not run: {error}"


def book_stage() -> Iterator[str]:
    """Build the site; every warning is an error."""
    from course.book import build
    from course.pyodide import fetch

    if os.environ.get("SELF_HOSTED"):
        yield f"its own Python comes from {shown(fetch())}"
    yield "runs every page; some minutes the first time, later only what changed"
    yield shown(build())


def class_stage() -> Iterator[str]:
    """Grade the sample class with nbgrader: submissions, points, feedback, a table."""
    from course.sample_class import grade_class

    yield f"{'learner':<24} {'points':>9}    time"
    for row in grade_class(notebook_of(SAMPLE_CHAPTER, SOLUTIONS)):
        yield str(row)
    yield f"feedback and gradebook are in {shown(CLASS)}"


def summary_stage() -> Iterator[str]:
    """Say what was built, where it lies, and what to do next."""
    from course.summary import summary

    yield summary()


STAGES: dict[str, Stage] = {
    "compile": compile_stage,
    "prove": prove_stage,
    "record": record_stage,
    "release": release_stage,
    "figures": figures_stage,
    "pyodide": pyodide_stage,
    "live": live_stage,
    "book": book_stage,
    "class": class_stage,
    "summary": summary_stage,
}
