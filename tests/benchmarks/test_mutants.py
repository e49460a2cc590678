"""No small change to a solution gets past the checks, except those shown to change nothing."""

import pytest

from benchmarks.mutants import (
    Survivor,
    comparable,
    equivalents,
    main,
    notebook_names,
    readme_sentence,
    survivors,
)
from benchmarks.readme import in_readme
from course.text import read_chapters
from grader import run

BLOCKS = [(chapter, block) for chapter in read_chapters() for block in comparable(chapter.blocks)]


@pytest.mark.parametrize(
    ("chapter", "block"), BLOCKS, ids=[block.exercise.slug for _, block in BLOCKS]
)
def test_every_mutant_is_caught_or_equivalent(chapter, block, monkeypatch):
    monkeypatch.setattr(run, "CALL_SECONDS", 2.0)
    slug = block.exercise.slug

    results = list(survivors(block, notebook_names(chapter)))

    left = [result for result in results if isinstance(result, Survivor)]
    assert [survivor.mutant.name for survivor in left if survivor.reason is None] == []
    listed = {name for name in equivalents() if name.startswith(f"{slug} / ")}
    assert listed == {f"{slug} / {survivor.mutant.name}" for survivor in left}
    assert len(results) > len(left)


def test_the_sentence_in_the_readme_is_what_is_measured():
    assert in_readme("mutants") == readme_sentence()


def test_an_exercise_is_mutated_by_its_number_too(monkeypatch, capsys):
    monkeypatch.setattr(run, "CALL_SECONDS", 2.0)
    monkeypatch.setattr("sys.argv", ["mutants", "0.1"])

    status = main()

    assert status == 0
    assert "add_bias" in capsys.readouterr().out
