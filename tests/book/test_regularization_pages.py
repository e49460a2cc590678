"""The pages on regularization treat all their statements, and their figures are right."""

import numpy as np
import pytest

from tests.book.test_drawings import figure
from tests.book.test_site import items, read_coverage


def test_coverage_has_every_statement_that_chapter_six_must_treat() -> None:
    wanted = items("S0-19..27 S3-07 S3-39..44 S4-09")

    places = read_coverage()

    assert wanted - places.keys() == set()
    assert all(any("06-reg" in place for place in places[item]) for item in wanted)


def test_more_points_never_cure_the_straight_line_but_cure_degree_nine() -> None:
    errors = figure("fit_errors").errors

    line, nine = ([errors(degree, count) for count in (12, 1000)] for degree in (1, 9))

    assert line[1][1] > 5 * 0.04
    assert nine[0][1] > 1 > 0.045 > nine[1][1]
    assert nine[0][0] < nine[1][0]


def test_the_dots_are_the_lowest_places_of_the_sums() -> None:
    levels = figure("penalty_levels")
    w0, w1 = np.meshgrid(np.linspace(-0.5, 1.5, 401), np.linspace(-0.5, 1.5, 401))
    data = (w0 - levels.BEST[0]) ** 2 + (w1 - levels.BEST[1]) ** 2
    sums = {
        levels.smallest_l2: data + levels.LAM * (w0**2 + w1**2),
        levels.smallest_l1: data + levels.LAM * (np.abs(w0) + np.abs(w1)),
    }

    for found, total in sums.items():
        lowest = np.unravel_index(total.argmin(), total.shape)
        assert found() == pytest.approx([w0[lowest], w1[lowest]], abs=0.005)


def test_a_larger_penalty_keeps_the_weights_shorter() -> None:
    norms = figure("weight_norms").norms

    none, some, much = (norms(lam) for lam in (0.0, 0.01, 0.1))

    assert none[0] == some[0] == much[0]
    assert none[-1] > some[-1] > some[0] > much[-1]
