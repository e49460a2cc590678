"""Stages report what they did in lines, and a failure in one sentence without a traceback."""

import subprocess
import sys

import pytest

from course.__main__ import main
from course.book import _explain
from course.errors import CourseError
from course.places import ROOT
from course.stages import STAGES


def test_help_names_every_stage(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])

    told = capsys.readouterr().out
    assert stopped.value.code == 0
    assert all(name in told for name in STAGES)


def test_an_unknown_stage_is_refused():
    with pytest.raises(SystemExit) as stopped:
        main(["bake"])

    assert stopped.value.code == 2


def test_a_failing_stage_says_why_and_stops_the_rest(monkeypatch, capsys):
    def fail():
        yield "one line"
        raise CourseError("is broken; mend it", ROOT / "solutions" / "01-x.md", 7)

    monkeypatch.setitem(STAGES, "compile", fail)
    monkeypatch.setitem(STAGES, "prove", lambda: iter(["never"]))

    status = main(["compile", "prove"])

    told = capsys.readouterr()
    assert status == 1
    assert told.out == "compile  one line\n"
    assert told.err == "\ncompile failed:\nsolutions/01-x.md:7: is broken; mend it\n"


def test_a_stage_that_works_says_how_long_it_took(monkeypatch, capsys):
    monkeypatch.setitem(STAGES, "compile", lambda: iter(["a notebook"]))

    assert main(["compile"]) == 0

    assert capsys.readouterr().out.startswith("compile  a notebook\ncompile  done in 0.")


def test_the_summary_prints_everything_that_was_built():
    command = [sys.executable, "-m", "course", "summary"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert "exercises/01-convolution/01-convolution.ipynb" in done.stdout
    assert "make serve" in done.stdout


def test_a_broken_book_names_its_pages(tmp_path):
    log = (
        "reading sources...\n"
        f"\x1b[31m{tmp_path}/book/index.md:12: WARNING: unknown document: 'x'\x1b[0m\n"
        f"{tmp_path}/book/index.md:12: WARNING: unknown document: 'x'\n"
        "build finished\n"
    )

    told = _explain(log, tmp_path)

    assert told.count("book/index.md:12: unknown document: 'x'") == 1
    assert "make book" in told


def test_a_book_that_stops_without_a_page_shows_the_end_of_its_log(tmp_path):
    assert "Extension error" in _explain("start\nExtension error: no module\n", tmp_path)
