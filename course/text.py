"""A chapter's text as data: its cells, and for each exercise what was written about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course import rules
from course.cells import ROLES, Cell, Text, read_text
from course.errors import CourseError
from course.places import SOLUTIONS, texts
from course.starter import answer, starter
from grader.exercise import Exercise
from grader.exercises import EXERCISES


@dataclass(frozen=True)
class Block:
    """What a text says about one exercise.

    Args:
        exercise: its definition.
        statement: the markdown cell that asks for it.
        solution: the code cell with the answer.
        check: the code cell that judges it.
        hints: markdown, the gentlest first.
    """

    exercise: Exercise
    statement: Cell
    solution: Cell
    check: Cell
    hints: tuple[str, ...]

    @property
    def starter(self) -> str:
        """The solution cell as the learner gets it."""
        return starter(self.solution.source)

    @property
    def answer(self) -> str:
        """The solution cell without the lines that mark the solution."""
        return answer(self.solution.source)


@dataclass(frozen=True)
class Chapter:
    """A chapter's text.

    Args:
        name: its folder, such as `01-convolution`.
        path: the file it was read from.
        title: its title.
        cells: the cells of its notebook in order; the hints are not among them.
        blocks: its exercises in order.
    """

    name: str
    path: Path
    title: str
    cells: tuple[Cell, ...]
    blocks: tuple[Block, ...]

    def block(self, slug: str) -> Block:
        """What it says about an exercise."""
        return next(block for block in self.blocks if block.exercise.slug == slug)


def read_chapters(folder: Path = SOLUTIONS) -> list[Chapter]:
    """Read the texts of all chapters, in order.

    Raises:
        CourseError: one of them is broken, or there are none.
    """
    paths = texts(folder)
    if not paths:
        raise CourseError("there is no text like 01-convolution.md here", folder)
    return [read_chapter(path) for path in paths]


def read_chapter(path: Path, exercises: Sequence[Exercise] = EXERCISES) -> Chapter:
    """Read the text of one chapter and hold it against the definitions of its exercises.

    Args:
        path: the file; its name is the chapter's.
        exercises: all definitions there are.

    Raises:
        CourseError: something is wrong with it; the message names line and remedy.
    """
    text = read_text(path)
    wanted = [exercise for exercise in exercises if exercise.chapter == path.stem]
    for cell in text.cells:
        rules.check_cell(cell, path)
    _check_slugs(text, wanted)
    blocks = tuple(_block(text, exercise) for exercise in wanted)
    _check_order(text, blocks)
    cells = tuple(cell for cell in text.cells if cell.role != "hints")
    return Chapter(path.stem, path, text.title, cells, blocks)


def _check_slugs(text: Text, wanted: Sequence[Exercise]) -> None:
    slugs = [exercise.slug for exercise in wanted]
    seen: dict[tuple[str, str], int] = {}
    for cell in text.cells:
        if cell.role and cell.slug not in slugs:
            message = (
                f"`{cell.role}: {cell.slug}` names no exercise of {text.path.stem}; "
                f"grader.exercises has: {', '.join(slugs) or 'none for this chapter'}"
            )
            raise CourseError(message, text.path, cell.line)
        if cell.role and (cell.role, cell.slug) in seen:
            first = seen[cell.role, cell.slug]
            message = f"`{cell.role}: {cell.slug}` is here a second time; it is in line {first} too"
            raise CourseError(message, text.path, cell.line)
        seen[cell.role, cell.slug] = cell.line


def _block(text: Text, exercise: Exercise) -> Block:
    parts = {cell.role: cell for cell in text.cells if cell.slug == exercise.slug}
    missing = [role for role in ROLES if role not in parts]
    if missing:
        place = next(iter(parts.values())).line if parts else 1
        what = "is not in this text" if not parts else f"has no cell with `{missing[0]}`"
        message = (
            f"exercise {exercise.number} `{exercise.slug}` {what}: write it, "
            "or take the exercise out of grader.exercises"
        )
        raise CourseError(message, text.path, place)
    rules.check_statement(parts["exercise"], exercise, text.path)
    rules.check_solution(parts["solution"], exercise, text.path)
    rules.check_call(parts["check"], exercise, text.path)
    hints = rules.split_hints(parts["hints"], text.path)
    return Block(exercise, parts["exercise"], parts["solution"], parts["check"], hints)


def _check_order(text: Text, blocks: Sequence[Block]) -> None:
    """Statement, solution, check, hints; and the exercises as they are numbered."""
    order = [(cell.role, cell.slug) for cell in text.cells if cell.role]
    wanted = [(role, block.exercise.slug) for block in blocks for role in ROLES]
    lines = [cell.line for cell in text.cells if cell.role]
    for found, right, line in zip(order, wanted, lines, strict=True):
        if found != right:
            message = f"`{found[0]}: {found[1]}` comes too early: first `{right[0]}: {right[1]}`"
            raise CourseError(message, text.path, line)
