"""The pages on batch normalization treat all their statements, and their figures are right."""

import numpy as np
import pytest

from tests.book.test_drawings import figure
from tests.book.test_site import items, read_coverage


def test_coverage_has_every_statement_that_chapter_four_must_treat() -> None:
    wanted = items("S0-28..35 S1-41..48 S2-23..32 S2-51 S3-36..38 S3-45..51 S3-53..59 S4-10..14")

    places = read_coverage()

    assert wanted - places.keys() == set()
    assert all(any("04-batch" in place for place in places[item]) for item in wanted)


def test_the_bias_factor_is_that_of_numpys_two_variances() -> None:
    factor = figure("bn_bias_factor").factor
    rng = np.random.default_rng(0)

    for m in (2, 4, 16, 64):
        x = rng.normal(size=m)
        assert factor(m) == pytest.approx(x.std(ddof=1) / x.std())


def test_the_running_mean_forgets_its_start_at_the_stated_rate() -> None:
    running = figure("bn_running_mean").running

    assert running([3.0] * 4, 0.5) == [0.0, 1.5, 2.25, 2.625, 2.8125]


def test_the_normalized_network_learns_and_the_plain_one_does_not() -> None:
    training = figure("bn_training")

    losses = {
        normalize: np.mean(training.train(training.SIGMOID, 0.3, 400, normalize=normalize)[-50:])
        for normalize in (False, True)
    }

    assert losses[False] == pytest.approx(np.log(2), abs=0.05)
    assert losses[True] < 0.2


def test_a_map_shares_its_mean_with_the_right_others() -> None:
    kinds = figure("bn_axes").KINDS
    places = list(np.ndindex(4, 4))

    shared = {title: sum(shares(*place) for place in places) for title, shares in kinds.items()}

    assert shared == {"batch": 4, "layer": 4, "instance": 1, "group": 2}
