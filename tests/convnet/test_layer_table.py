"""The table of a network has a line for each layer that does something, and true totals."""

import pytest

from convnet.architectures import ARCHITECTURES, conv, maxpool, normed
from convnet.layer_table import layer_table, spoken, words


def test_the_table_of_lenet_is_what_one_would_write_by_hand():
    lines = layer_table(*ARCHITECTURES["LeNet"]).splitlines()

    cells = [line.split() for line in lines]
    assert cells[2] == ["conv", "5x5", "6x28x28", "156", "117,600", "5", "1"]
    assert cells[3] == ["maxpool", "2x2", "/2", "6x14x14", "6", "2"]
    assert cells[-2] == ["linear", "10", "850", "840"]
    assert cells[-1] == ["all", "61,706", "416,520"]


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_a_table_is_narrow_enough_for_a_page(name):
    assert max(map(len, layer_table(*ARCHITECTURES[name]).splitlines())) <= 77


def test_a_normalization_is_counted_with_its_convolution():
    told = spoken([*normed(4, 3), maxpool(2)], (2, 6, 6))

    assert [(row.kind, row.parameters) for _, row in told] == [("conv", 72 + 8), ("maxpool", 0)]


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        (conv(96, 11, s=4)[0], "conv 11x11 /4"),
        (conv(256, 5, groups=2)[0], "conv 5x5, 2 groups"),
        (maxpool(2), "maxpool 2x2 /2"),
        (maxpool(3, s=1), "maxpool 3x3"),
        ({"kind": "concat", "branches": [[], []]}, "2 ways"),
        ({"kind": "gap"}, "gap"),
    ],
)
def test_a_layer_is_told_in_few_words(layer, text):
    assert words(layer) == text
