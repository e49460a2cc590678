"""A convolution that cannot be computed says why, and names both sides."""

import re

import numpy as np
import pytest

from convnet import Conv2d
from convnet.functional import conv2d_backward, conv2d_forward

BAD_OPTIONS = {
    "groups": (
        {"groups": 2},
        "groups=2 does not divide both in_channels=3 and out_channels=4",
    ),
    "no groups": ({"groups": 0}, "groups=0 does not divide"),
    "stride": ({"stride": 0}, "stride must be at least 1, not 0"),
    "padding": ({"padding": (0, -1)}, "padding must be at least 0, not (0, -1)"),
    "dilation": ({"dilation": (1, 2, 3)}, "dilation is a whole number or a pair of them"),
    "fraction": ({"stride": 1.5}, "stride is a whole number or a pair of them, not 1.5"),
}


@pytest.mark.parametrize(("options", "message"), BAD_OPTIONS.values(), ids=BAD_OPTIONS.keys())
def test_options_that_do_not_go_together_are_named(options, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        Conv2d(3, 4, 2, rng=np.random.default_rng(0), **options)


X, W = np.zeros((2, 3, 4, 5)), np.zeros((4, 3, 2, 2))
BAD_CALLS = {
    "channels": (
        lambda: conv2d_forward(X[:, :1], W),
        "x has C=1 channels, weight wants 3",
    ),
    "channels in groups": (
        lambda: conv2d_forward(X, W, groups=2),
        "x has C=3 channels, weight wants 6",
    ),
    "filters in groups": (
        lambda: conv2d_forward(X, W, groups=3),
        "groups=3 does not divide the F=4 filters",
    ),
    "axes": (lambda: conv2d_forward(X[0], W), "x has 3 axes and weight has 4, both need 4"),
    "bias": (
        lambda: conv2d_forward(X, W, np.zeros(3)),
        "bias has shape (3,), weight has F=4 filters",
    ),
    "kernel too large": (
        lambda: conv2d_forward(X, W, dilation=4),
        "the kernel covers 5 pixels, the padded x has 4",
    ),
    "dy": (
        lambda: conv2d_backward(X, X, W),
        "dy has shape (2, 3, 4, 5), y has shape (2, 4, 3, 4)",
    ),
    "no forward": (
        lambda: Conv2d(3, 4, 2, rng=np.random.default_rng(0)).backward(X),
        "backward needs the x of a forward call",
    ),
}


@pytest.mark.parametrize(("call", "message"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_arrays_that_do_not_fit_are_named_on_both_sides(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
