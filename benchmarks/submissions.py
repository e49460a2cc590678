"""Make up a class as it really is: right, wrong, half done, slow, noisy and broken submissions."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import nbformat

from benchmarks.mutation import mutants
from course.answers import cell_with, pieces_of
from course.places import STYLES, notebook_of
from grader.exercise import Exercise
from grader.exercises import EXERCISES

MOST_MUTANTS = 40
NOISE = "import sys\nimport warnings\nprint('debugging')\nwarnings.warn('look here')\n\n\n"

# What a learner does with one exercise, and how often.
WAYS = {"right": 60, "mutant": 20, "untouched": 8, "raises": 4, "typo": 3, "noisy": 4, "slow": 1}

# What happens to a whole notebook before it is handed in, and how often.
FATES = {"as it is": 93, "cut": 1, "empty": 1, "no metadata": 2, "checks deleted": 2, "renamed": 1}


@lru_cache
def right_cells(exercise: Exercise) -> tuple[str, ...]:
    """The answer's cell in each style there is."""
    names = [function.name for function in exercise.functions]
    found = (cell_with(names, pieces_of(path)) for path in sorted(STYLES.glob("*/*.py")))
    return tuple(filter(None, found))


@lru_cache
def mutant_cells(exercise: Exercise) -> tuple[str, ...]:
    """Right answers with one small change; nearly all of them are wrong."""
    sources = [mutant.source for mutant in mutants(right_cells(exercise)[-1])]
    step = max(1, len(sources) // MOST_MUTANTS)
    return tuple(sources[::step])


def answer(exercise: Exercise, way: str, rng: random.Random) -> str:
    """An answer's cell; empty if the learner has left it as it was."""
    right = rng.choice(right_cells(exercise))
    name = exercise.functions[0].name
    return {
        "right": lambda: right,
        "mutant": lambda: rng.choice(mutant_cells(exercise)),
        "untouched": lambda: "",
        "raises": lambda: f"def {name}(*arguments, **options):\n    return arguments[99]",
        "typo": lambda: right.replace("):", ")", 1),
        "noisy": lambda: NOISE + right,
        "slow": lambda: f"def {name}(*arguments, **options):\n    while True:\n        pass",
    }[way]()


def hand_in_class(course: Path, chapter: str, count: int, *, seed: int = 0) -> list[str]:
    """Fill `submitted/` of a course folder.

    Args:
        course: the course folder, with the released notebook.
        chapter: which one.
        count: how many learners there are.
        seed: another number makes another class.

    Returns:
        The students' names.
    """
    released = nbformat.read(notebook_of(chapter, course / "exercises"), as_version=4)
    students = []
    for number in range(count):
        rng = random.Random(f"{seed}-{number}")
        student = f"student-{number:05}"
        target = notebook_of(chapter, course / "submitted" / student)
        write(filled(released, chapter, rng), target, rng)
        students.append(student)
    return students


def filled(
    released: nbformat.NotebookNode, chapter: str, rng: random.Random
) -> nbformat.NotebookNode:
    """A notebook with an answer to each exercise; some learners give up on the way."""
    book = nbformat.from_dict(released)
    exercises = [exercise for exercise in EXERCISES if exercise.chapter == chapter]
    given_up = rng.random() < 0.15
    last = rng.randrange(len(exercises)) if given_up else len(exercises)
    cells = {}
    for exercise in exercises[:last]:
        way = rng.choices(list(WAYS), list(WAYS.values()))[0]
        cells[exercise.slug] = answer(exercise, way, rng)
    for cell in book.cells:
        cell.source = cells.get(cell.id) or cell.source
    return book


def write(book: nbformat.NotebookNode, path: Path, rng: random.Random) -> None:
    """Hand a notebook in, after what happened to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fate = rng.choices(list(FATES), list(FATES.values()))[0]
    if fate == "no metadata":
        for cell in book.cells:
            cell.metadata = nbformat.NotebookNode()
    if fate == "checks deleted":
        book.cells = [cell for cell in book.cells if not cell.id.startswith("check_")]
    text = nbformat.writes(book)
    if fate == "renamed":
        path = path.with_name(f"{path.stem} (1).ipynb")
    path.write_text(SPOIL.get(fate, str)(text), encoding="utf-8")


SPOIL: dict[str, Callable[[str], str]] = {
    "cut": lambda text: text[: len(text) // 2],
    "empty": lambda _: "",
}
