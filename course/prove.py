"""Prove the solutions: each must pass its own checks in full, also the ones nobody sees."""

from __future__ import annotations

import linecache
import secrets
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.starter import INSTEAD, STUB, starter
from course.text import Block, Chapter
from grader import Verdict, judge

HIDDEN_SEEDS = 3
# What a learner replaces, without the remark behind it.
OLD = STUB.partition("#")[0].strip()


def prove(chapter: Chapter, seeds: Sequence[int] | None = None) -> list[Verdict]:
    """Judge the solutions and the starters of a chapter.

    Args:
        chapter: its text.
        seeds: the hidden cases to try; drawn anew each time if not given.

    Returns:
        The verdicts of the visible cases.

    Raises:
        CourseError: a solution does not earn all points, or a starter earns some.
    """
    if seeds is None:
        seeds = [secrets.randbelow(2**31) for _ in range(HIDDEN_SEEDS)]
    verdicts = []
    names = run_cells(chapter, lambda source: source)
    for block in chapter.blocks:
        verdicts.append(_prove_solution(chapter, block, names, None))
        for seed in seeds:
            _prove_solution(chapter, block, names, seed)
    started = run_cells(chapter, starter)
    for block in chapter.blocks:
        _prove_starter(chapter, block, started)
    return verdicts


def run_cells(chapter: Chapter, change: Callable[[str], str]) -> dict[str, Any]:
    """Run the cells of a chapter in order, except the checks, and return the names they define.

    A cell that only shows what the learner's function does may stop while there is just a stub.

    Args:
        chapter: its text.
        change: what to do with each solution cell before it is run.

    Raises:
        CourseError: a cell stops with an exception.
    """
    names: dict[str, Any] = {"__name__": "__chapter__"}
    for cell in chapter.cells:
        if cell.kind == "code" and cell.role != "check":
            source = change(cell.source) if cell.role == "solution" else cell.source
            with suppress(NotImplementedError), redirect_stdout(StringIO()):
                _run(source, names, chapter.path, cell.line)
    return names


def _run(source: str, names: dict[str, Any], path: Path, line: int) -> None:
    """Run a cell under a name of its own, so that errors quote its lines."""
    filename = f"<{path.name}:{line}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    try:
        exec(compile(source, filename, "exec", dont_inherit=True), names)
    except NotImplementedError:
        raise
    except Exception as error:
        trace, last = error.__traceback__, 1
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == filename:
                last = trace.tb_lineno
            trace = trace.tb_next
        message = f"the cell stops with {type(error).__name__}: {error}"
        raise CourseError(message, path, line + last - 1) from error


def _prove_solution(
    chapter: Chapter, block: Block, names: dict[str, Any], seed: int | None
) -> Verdict:
    verdict = judge(block.exercise.slug, *_functions(block, names), seed=seed)
    if verdict.points < verdict.max_points:
        again = f"judge({block.exercise.slug!r}, …{'' if seed is None else f', seed={seed}'})"
        message = (
            f"the solution of `{block.exercise.slug}` earns {verdict.points!r} of "
            f"{verdict.max_points!r} points: {again} says: {_exact(verdict)}"
        )
        raise CourseError(message, chapter.path, block.solution.line)
    return verdict


def _exact(verdict: Verdict) -> str:
    """The message and, if there are any, both numbers to the last digit."""
    failure = verdict.failure
    if failure is None or failure.hidden or not failure.index:
        return verdict.message
    numbers = f"at {failure.index} received {failure.received!r}, expected {failure.expected!r}"
    return f"{verdict.message} (case {failure.case!r}, {failure.output} {numbers})"


def _prove_starter(chapter: Chapter, block: Block, names: dict[str, Any]) -> None:
    """The released cell must run, earn nothing and say what to do."""
    verdict = judge(block.exercise.slug, *_functions(block, names))
    faulty = INSTEAD in block.solution.source
    told = verdict.mistake if faulty else OLD in verdict.message
    if verdict.points > 0 or verdict.failure is None or not told:
        wanted = "name a known mistake" if faulty else f"say that `{OLD}` is to be replaced"
        message = (
            f"the starter of `{block.exercise.slug}` earns {verdict.points:g} points and says "
            f"{verdict.message!r}; it must earn 0 and {wanted}"
        )
        raise CourseError(message, chapter.path, block.solution.line)


def _functions(block: Block, names: dict[str, Any]) -> list[Any]:
    return [names.get(function.name) for function in block.exercise.functions]
