"""The pages on optimizers treat all their statements, and their figures are right."""

import numpy as np
import pytest

from tests.book.test_drawings import figure
from tests.book.test_site import items, read_coverage


def test_coverage_has_every_statement_that_chapter_seven_must_treat() -> None:
    wanted = items("S4-21..30")

    places = read_coverage()

    assert wanted - places.keys() == set()
    assert all(any("07-adam" in place for place in places[item]) for item in wanted)


def test_every_path_ends_near_the_bottom() -> None:
    paths = figure("optimizer_paths")

    ends = [paths.path(rule, options)[-1] for _, rule, options in paths.RUNS]

    assert np.abs(ends).max() < 0.1


def test_steps_along_a_constant_gradient_have_the_stated_lengths() -> None:
    sizes = figure("step_sizes")

    lengths = {name: sizes.steps(rule, 1000, options) for name, rule, options in sizes.RUNS}

    t = np.arange(1, 1001)
    assert lengths["AdaGrad"] == pytest.approx(1 / np.sqrt(t), rel=1e-6)
    assert lengths["Adam"] == pytest.approx(1, rel=1e-6)
    assert lengths["RMSProp"] == pytest.approx(1 / np.sqrt(1 - 0.99**t), rel=1e-6)
    assert lengths["momentum 0.9"] == pytest.approx((1 - 0.9**t) / 0.1, rel=1e-6)


def test_the_correction_is_over_when_the_figure_says() -> None:
    correction = figure("bias_correction")

    assert [correction.steps_to(beta) for beta in correction.BETAS] == [44, 4603]


def test_the_note_climbs_and_adam_arrives() -> None:
    climbs = figure("note_climbs")

    assert climbs.walk(climbs.noted)[-1] == pytest.approx(58.53, abs=0.005)
    assert climbs.walk(climbs.adam_step)[-1] == pytest.approx(0.002937, abs=5e-7)


def test_each_round_of_the_search_is_half_as_wide_and_lies_around_the_best() -> None:
    narrowing = figure("lr_narrowing")

    rounds = [np.log10(lrs) for lrs in narrowing.search()]

    best = max(np.concatenate(rounds), key=lambda exponent: narrowing.score(10**exponent))
    widths = [np.ptp(exponents) for exponents in rounds]
    assert widths[0] > widths[1] > widths[2]
    assert all(abs(exponents - best).max() < 5 / 2**r for r, exponents in enumerate(rounds))
