"""The pages on dropout treat all their statements, and their figures are right."""

import numpy as np
import pytest

from tests.book.test_drawings import figure
from tests.book.test_site import items, read_coverage


def test_coverage_has_every_statement_that_chapter_five_must_treat() -> None:
    wanted = items("S0-06..13 S4-07..09")

    places = read_coverage()

    assert wanted - places.keys() == set()
    assert all(any("05-dropout" in place for place in places[item]) for item in wanted)
    assert items("S3-56 S4-32") <= places.keys()


def test_the_masks_drop_numbers_maps_and_weights() -> None:
    masks = figure("dropout_masks").masks(np.random.default_rng(4))

    maps = masks["spatial"].sum(axis=(2, 3))
    assert set(maps.ravel()) == {0, 25}
    assert (maps[0] != maps[1]).any()
    assert 0.3 < masks["dropout"].mean() < 0.7
    assert masks["connect"].ndim == 2


@pytest.mark.parametrize("p", [0.0, 0.3, 0.8])
def test_the_measured_means_are_those_foretold(p) -> None:
    divided, as_it_is = figure("dropout_means").means(p)

    assert divided == pytest.approx(1, abs=0.03)
    assert as_it_is == pytest.approx(1 - p, abs=0.01)


def test_only_dropout_moves_two_outputs_together() -> None:
    found = {
        name: np.corrcoef(y.T)[0, 1] for name, y in figure("dropout_scatter").outputs().items()
    }

    assert found["dropout"] > 0.7
    assert abs(found["DropConnect"]) < 0.1


def test_dropout_gains_more_where_labels_are_wrong() -> None:
    train = figure("dropout_curves").train

    gains = {
        wrong: np.mean(
            [train(0.8, wrong, i)[-1, 1] - train(0.0, wrong, i)[-1, 1] for i in range(8)]
        )
        for wrong in (0.0, 0.3)
    }

    assert gains[0.3] > 0.02
    assert gains[0.3] > gains[0.0]


def test_the_gradient_of_the_curves_is_the_slope_of_their_loss() -> None:
    curves = figure("dropout_curves")
    rng = np.random.default_rng(0)
    x, mask, targets = rng.normal(size=(100, 49)), 2.0 * (rng.random((100, 60)) > 0.5), np.eye(10)
    layers = [rng.normal(size=s) * 0.1 for s in ((49, 60), (60,), (60, 10), (10,))]
    targets = targets[rng.integers(0, 10, 100)]
    before = [array.copy() for array in layers]

    def loss(moved: float) -> float:
        w1, b1, w2, b2 = before
        z = (np.maximum(x @ w1 + b1, 0) * mask) @ (w2 + moved * nudge) + b2
        return float(np.mean(np.log(np.exp(z).sum(axis=1)) - (z * targets).sum(axis=1)))

    nudge = rng.normal(size=(60, 10))
    curves.update(layers, x, targets, mask, 1.0)

    gradient = before[2] - layers[2]
    slope = (loss(1e-5) - loss(-1e-5)) / 2e-5
    assert np.sum(gradient * nudge) == pytest.approx(slope, abs=1e-7)
