"""im2col and col2im agree with torch's unfold and fold, and are each other's transpose."""

import re

import numpy as np
import pytest
import torch
from torch.nn import functional

from convnet.functional import col2im, im2col

# xshape, kernel, options
SETTINGS = [
    ((1, 1, 3, 3), (2, 2), {}),
    ((2, 3, 6, 7), (2, 3), {}),
    ((2, 3, 7, 6), (3, 2), {"stride": (2, 1), "padding": (1, 2)}),
    ((2, 2, 9, 8), (3, 2), {"dilation": (2, 3), "padding": 1}),
    ((1, 2, 5, 5), (1, 1), {"stride": 3}),
]
each_setting = pytest.mark.parametrize(("xshape", "kernel", "options"), SETTINGS)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_windows_become_columns():
    x = np.arange(1, 10).reshape(1, 1, 3, 3)

    received = im2col(x, 2, 2)

    expected = [[1, 2, 4, 5], [2, 3, 5, 6], [4, 5, 7, 8], [5, 6, 8, 9]]
    np.testing.assert_array_equal(received[0], expected)


def test_overlaps_add_up():
    received = col2im(np.ones((1, 4, 4)), (1, 1, 3, 3), 2, 2)

    np.testing.assert_array_equal(received[0, 0], [[1, 2, 1], [2, 4, 2], [1, 2, 1]])


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@each_setting
def test_both_equal_torch(xshape, kernel, options, dtype, rng):
    x = rng.standard_normal(xshape).astype(dtype)
    unfolded = functional.unfold(torch.tensor(x), kernel, **options)
    cols = rng.standard_normal(unfolded.shape).astype(dtype)
    folded = functional.fold(torch.tensor(cols), xshape[2:], kernel, **options)

    received = im2col(x, *kernel, **options), col2im(cols, xshape, *kernel, **options)

    assert [array.dtype for array in received] == [dtype, dtype]
    np.testing.assert_array_equal(received[0], unfolded.numpy())
    np.testing.assert_allclose(received[1], folded.numpy(), rtol=1e-5, atol=1e-6)


@each_setting
def test_each_is_the_transpose_of_the_other(xshape, kernel, options, rng):
    x = rng.standard_normal(xshape)
    cols = im2col(x, *kernel, **options)
    other = rng.standard_normal(cols.shape)

    received, expected = np.sum(cols * other), np.sum(x * col2im(other, xshape, *kernel, **options))

    np.testing.assert_allclose(received, expected, rtol=1e-12)


def test_columns_of_another_image_are_refused():
    message = "cols has shape (1, 4, 9), x of shape (1, 1, 3, 3) wants (1, 4, 4)"

    with pytest.raises(ValueError, match=re.escape(message)):
        col2im(np.zeros((1, 4, 9)), (1, 1, 3, 3), 2, 2)
