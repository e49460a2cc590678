"""Change the solutions a little, everywhere, and see whether the checks notice.

Every mutant that all visible cases let through is judged on hidden cases too. One that survives
those must be listed with the reason why it does the same as the solution, in
`benchmarks/equivalent_mutants.toml`. Ends with status 1 if any other mutant survives.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.mutation import Mutant, mutants
from benchmarks.readme import put_into_readme
from course.text import Block, Chapter, read_chapters
from grader import run as grader_run
from grader.compare import compare
from grader.exercise import Exercise
from grader.exercises import find
from grader.expected import expected
from grader.run import run

EQUIVALENT = Path(__file__).parent / "equivalent_mutants.toml"
HIDDEN_SEEDS = (101, 102, 103)
LOOP_SECONDS = 2.0


@dataclass(frozen=True)
class Survivor:
    """A mutant that the visible cases let through.

    Args:
        mutant: the changed code.
        hidden_catch: the hidden cases notice it.
        reason: why it does the same as the solution, if that is written down.
    """

    mutant: Mutant
    hidden_catch: bool
    reason: str | None


def survivors(block: Block, names: dict[str, Any]) -> Iterator[Mutant | Survivor]:
    """Judge all mutants of a solution; yield those that are caught, and the survivors.

    Args:
        block: the exercise with its solution.
        names: what the chapter's notebook has defined so far.
    """
    reasons = equivalents()
    for mutant in mutants(block.answer):
        functions = load(mutant.source, names, block.exercise)
        if functions is None or caught(block.exercise, functions):
            yield mutant
            continue
        hidden = any(caught(block.exercise, functions, seed) for seed in HIDDEN_SEEDS)
        reason = reasons.get(f"{block.exercise.slug} / {mutant.name}")
        yield Survivor(mutant, hidden, reason)


def load(source: str, names: dict[str, Any], exercise: Exercise) -> list[Any] | None:
    """Run code; return the exercise's functions, or None if it does not even run."""
    space = dict(names)
    try:
        exec(compile(source, "<mutant>", "exec", dont_inherit=True), space)
    except Exception:  # a mutant may fail in any way
        return None
    return [space[function.name] for function in exercise.functions]


def caught(exercise: Exercise, functions: list[Any], seed: int | None = None) -> bool:
    """Whether any case tells the functions from right ones; the bonus does not count."""
    bonus = {group.name for group in exercise.groups if group.bonus}
    cases = exercise.cases(seed)
    right = expected(exercise, cases, hidden=seed is not None)
    for case, wanted in zip(cases, right, strict=True):
        if case.group in bonus:
            continue
        [outcome] = run(exercise, functions, [case])
        if outcome.changed or outcome.unstable or compare(exercise, case, outcome, wanted):
            return True
    return False


def equivalents() -> dict[str, str]:
    """The mutants that are known to do the same as the solution, with the reason."""
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
    return {entry["name"]: entry["reason"] for entry in listed}


def notebook_names(chapter: Chapter) -> dict[str, Any]:
    """What a chapter's notebook has defined once its solutions have run."""
    names: dict[str, Any] = {"__name__": "__solution__"}
    for cell in chapter.cells:
        if cell.kind == "code" and cell.role in ("", "solution"):
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(cell.source, str(chapter.path), "exec", dont_inherit=True), names)
    return names


def main() -> int:
    """Print a table and the survivors; 1 if one of them is not explained."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=__doc__)
    parser.add_argument("slugs", nargs="*", help="slugs or numbers to mutate; all if none is named")
    parser.add_argument("--readme", action="store_true", help="put the result into README.md")
    options = parser.parse_args()
    wanted = [find(name).slug for name in options.slugs]
    if wanted and options.readme:
        parser.error("--readme needs all exercises: leave the names out")
    grader_run.CALL_SECONDS = LOOP_SECONDS
    print(f"{'exercise':<24}{'mutants':>9}{'caught':>8}{'equivalent':>12}{'surviving':>11}")
    bad: list[str] = []
    used: set[str] = set()
    for chapter in read_chapters():
        names = notebook_names(chapter)
        for block in comparable(chapter.blocks):
            if not wanted or block.exercise.slug in wanted:
                bad += report(block, list(survivors(block, names)), used)
    stale = set() if wanted else equivalents().keys() - used
    bad += [f"listed as equivalent, but no such mutant survives: {name}" for name in stale]
    for text in bad:
        print(f"FAILED {text}")
    if options.readme and not bad:
        put_into_readme("mutants", readme_sentence())
    return 1 if bad else 0


def comparable(blocks: Iterable[Block]) -> Iterator[Block]:
    """Those whose results are compared number by number; many trainings are right."""
    for block in blocks:
        if all(function.kind != "training" for function in block.exercise.functions):
            yield block


def readme_sentence() -> str:
    """The result for the README, if no mutant survives unexplained."""
    blocks = [block for chapter in read_chapters() for block in comparable(chapter.blocks)]
    total = sum(1 for block in blocks for _ in mutants(block.answer))
    same = len(equivalents())
    return (
        f"Of {total:,} automatic mutants of the solutions, {total - same:,} are caught; "
        f"the other {same} do the same as the solution, and `benchmarks/equivalent_mutants.toml` "
        "says why."
    )


def report(block: Block, results: list[Mutant | Survivor], used: set[str]) -> list[str]:
    """Print one row and its explained survivors; return the unexplained ones."""
    left = [result for result in results if isinstance(result, Survivor)]
    open_ = [s for s in left if s.reason is None]
    print(
        f"{block.exercise.number + ' ' + block.exercise.slug:<24}{len(results):>9}"
        f"{len(results) - len(left):>8}{len(left) - len(open_):>12}{len(open_):>11}",
        flush=True,
    )
    texts = []
    for survivor in left:
        name = f"{block.exercise.slug} / {survivor.mutant.name}"
        used.add(name)
        if survivor.reason is None:
            seen = "hidden cases notice it" if survivor.hidden_catch else "hidden cases miss it too"
            texts.append(f"line {survivor.mutant.line}, {survivor.mutant.change}: {name} ({seen})")
        else:
            print(f"    equivalent: {survivor.mutant.name}\n        {survivor.reason}")
    return texts


if __name__ == "__main__":
    sys.exit(main())
