"""The numbers in the figures are right, and no figure is too wide for a phone."""

import importlib.util
from pathlib import Path
from types import ModuleType

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot

from tests.book.conftest import BOOK

FIGURES = sorted((BOOK / "figures").glob("[a-z]*.py"))
WIDEST_INCHES = 5.2


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figure(name: str) -> ModuleType:
    return load(BOOK / "figures" / f"{name}.py")


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_a_figure_fits_on_a_phone(path: Path) -> None:
    matplotlib.use("svg")
    with pyplot.style.context(BOOK / "figures" / "house.mplstyle"):
        drawn = load(path).draw()
        figures = drawn.values() if isinstance(drawn, dict) else [drawn]
        widths = [figure.get_size_inches()[0] for figure in figures]
    pyplot.close("all")

    assert max(widths) <= WIDEST_INCHES


def test_the_sliding_window_shows_the_worked_example() -> None:
    window = figure("sliding_window")

    texts = [window.products(i, j) for i in range(2) for j in range(2)]

    assert texts[0] == "1·1 + 2·2 + 4·3 + 5·4 = 37"
    assert [text.split(" = ")[1] for text in texts] == ["37", "47", "67", "77"]


def test_the_connection_matrices_have_the_weights_they_claim() -> None:
    matrices = figure("connections").matrices()

    counts = {name: len(np.unique(matrix[matrix >= 0])) for name, matrix in matrices.items()}

    assert counts == {"Dense": 48, "Local": 18, "Shared": 3}


def test_the_flipped_sobel_kernel_gives_the_negative() -> None:
    photo = figure("filtered_photo")
    x = photo.photo()

    either = [photo.respond(x, kernel) for kernel in (photo.SOBEL, photo.SOBEL[::-1, ::-1])]

    np.testing.assert_allclose(either[0], -either[1], atol=1e-12)


def test_a_strip_shows_every_layer_once_from_left_to_right() -> None:
    strips = figure("architecture_strips")
    net, shape = strips.ARCHITECTURES["VGG-11"]

    boxes = strips.placed([("image", shape), *strips.layers(net, shape)])

    names = [name for name, *_ in boxes]
    counts = [names.count(name) for name in ("image", "convolution", "pooling", "linear")]
    assert counts == [1, 8, 5, 3]
    ends = [left + width for _, _, left, width in boxes]
    assert all(end < box[2] for end, box in zip(ends, boxes[1:], strict=False))
    assert ends[-1] < strips.INCHES


def test_the_bars_add_up_to_the_whole_network() -> None:
    costs = figure("layer_costs")
    drawn = costs.costs(*costs.ARCHITECTURES["ResNet-18"])

    widths = [[bar.get_width() for bar in ax.patches] for ax in drawn.axes]
    pyplot.close("all")

    assert sum(widths[0]) == 11_689_512
    assert [costs.short(n) for n in (61_706, 999_400, 1_814_073_344, 840)] == [
        *("61.7 k", "999 k", "1.81 G", "840")
    ]
