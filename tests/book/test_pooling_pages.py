"""The pages on pooling treat every statement they must, and their figures show right numbers."""

import numpy as np
import pytest

from convnet import MaxPool2d
from grader.exercises.pooling.digits import digits
from tests.book.test_drawings import figure
from tests.book.test_site import items, read_coverage


def test_coverage_has_every_statement_that_the_chapter_must_treat() -> None:
    wanted = items(
        "S0-01..05 S1-20..31 S2-06..08 S2-10 S2-37 S2-38 S2-40 S3-07 S3-18 S3-33 S4-02..06 S4-19"
    )

    coverage = read_coverage()

    pages = {item: [place for place in coverage[item] if "pooling" in place] for item in wanted}
    assert [item for item, places in pages.items() if not places] == []


def test_the_bars_show_what_the_layer_of_the_course_gives() -> None:
    X, layer = digits(), MaxPool2d(2)
    moved = np.roll(X, 1, axis=3)  # the digits have an empty border
    before, after = (layer.forward(images).reshape(200, -1) for images in (X, moved))

    received = figure("change_bars").table()["one pixel"]["max 2"]

    ratios = np.linalg.norm(after - before, axis=1) / np.linalg.norm(before, axis=1)
    assert received == pytest.approx(ratios.mean())


def test_the_arrows_lead_to_the_maxima() -> None:
    routing = figure("gradient_routing")

    winners = [routing.X[routing.place(routing.X, i, j)] for i in (0, 1) for j in (0, 1)]

    assert winners == [4, 2, 5, 8]
    assert routing.place(routing.TIE, 0, 0) == (0, 1)
