"""Every known mistake is caught and named, every right style accepted, and the README says so."""

import re
import statistics

import pytest

from benchmarks.catch_rate import main, measure, readme_table, sample_report
from benchmarks.import_time import extra_seconds
from benchmarks.readme import in_readme
from grader.errors import CheckError
from grader.exercises import EXERCISES, find

SLUGS = [exercise.slug for exercise in EXERCISES]


@pytest.fixture(scope="module")
def measured():
    """The measured row of each exercise, measured once."""
    return {slug: measure(find(slug)) for slug in SLUGS}


@pytest.mark.parametrize("slug", SLUGS)
def test_every_known_mistake_is_caught_and_named(slug, measured):
    row = measured[slug]

    assert row.complaints == []
    assert row.caught == row.codings >= row.mistakes > 0
    assert row.named + row.twins == row.codings


@pytest.mark.parametrize("slug", SLUGS)
def test_at_least_four_right_styles_are_accepted(slug, measured):
    row = measured[slug]

    assert row.accepted == row.styles >= 4


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != "train_lenet"])
def test_a_check_takes_less_than_a_third_of_a_second(slug, measured):
    assert statistics.median(measured[slug].seconds) < 0.3


def without_times(table):
    """A table without its last column, which differs from run to run."""
    return re.sub(r"\| \d+ ms \|$", "|", table, flags=re.MULTILINE)


def test_the_table_in_the_readme_is_what_is_measured(measured):
    written = in_readme("catch-rate")

    assert without_times(written) == without_times(readme_table(list(measured.values())))


def test_importing_the_grader_takes_less_than_a_third_of_a_second_more_than_numpy():
    _, extra = extra_seconds()

    assert extra < 0.3


def test_the_report_in_the_readme_is_what_a_learner_reads():
    assert in_readme("report") == sample_report()


def test_an_exercise_is_measured_by_its_number_too(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["catch_rate", "0.1"])

    status = main()

    assert status == 0
    assert "add_bias" in capsys.readouterr().out


def test_a_name_that_no_exercise_has_is_refused(monkeypatch):
    monkeypatch.setattr("sys.argv", ["catch_rate", "9.9"])

    with pytest.raises(CheckError, match=r"no exercise '9\.9'"):
        main()
