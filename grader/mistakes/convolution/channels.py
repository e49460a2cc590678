"""Slips with channels: the sum over them, their groups, and the bias of each filter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.convolution.spoilt import Call, blocks, forward, plus
from grader.mistakes.shapes import only_if


def biased(add: Callable[[np.ndarray, np.ndarray, Call], np.ndarray]) -> Callable:
    """A right convolution whose bias is added wrongly."""

    def conv(x, w, b, *args, **settings):
        y = forward()(x, w, None, *args, **settings)
        return y if b is None else add(y, b, w)

    return conv


def at(axis: int) -> Callable:
    """A bias b[i] for every index i of an axis of the output."""
    return lambda y, b, w: (
        y + np.expand_dims(b[np.arange(y.shape[axis])], tuple(range(1, 4 - axis)))
    )


def all_channels(x, w, b, *args, **settings):
    """The bias once for every channel of the image, whatever the groups."""
    return biased(lambda y, b, w: plus(y, x.shape[1] * b))(x, w, b, *args, **settings)


BIASES = {
    "bias_missing": (
        "The bias is missing: add b[f] to every pixel of output channel f.",
        (biased(lambda y, b, w: y),),
    ),
    "bias_per_channel": (
        "The bias is added once for every input channel. Sum over the channels first, then add "
        "it once.",
        (biased(lambda y, b, w: plus(y, w.shape[1] * b)), all_channels),
    ),
    "bias_per_product": (
        "The bias is added once for every position of the kernel. Sum the products first, then "
        "add it once.",
        (
            biased(lambda y, b, w: plus(y, w.shape[2] * w.shape[3] * b)),
            biased(lambda y, b, w: plus(y, w[0].size * b)),
        ),
    ),
    "bias_axis": (
        "The bias runs along the wrong axis. It belongs to the filters, axis 1 of the output: "
        "reshape it to (1, F, 1, 1) before you add it.",
        (
            biased(lambda y, b, w: y + b),
            biased(lambda y, b, w: y + b[:, None]),
            biased(lambda y, b, w: y + b[:, None, None, None]),
            biased(at(3)),
            biased(at(2)),
            biased(at(0)),
        ),
    ),
    "bias_of_one_filter": (
        "Every output channel got the same bias. Output channel f needs b[f].",
        (
            biased(lambda y, b, w: y + b[0]),
            biased(lambda y, b, w: y + b[-1]),
            biased(lambda y, b, w: y + b.sum()),
            biased(lambda y, b, w: y + b.mean()),
        ),
    ),
}


def paired(w: np.ndarray) -> np.ndarray:
    """Filter f with zeros for all channels but channel f (modulo their number)."""
    only = np.zeros_like(w)
    f = np.arange(len(w))
    only[f, f % w.shape[1]] = w[f, f % w.shape[1]]
    return only


def bias_too(x, w, b, *args, **settings):
    """The mean over the channels, taken after the bias was added."""
    return forward()(x, w, b, *args, **settings) / w.shape[1]


CHANNELS = {
    "mean_channels": (
        "You averaged over the input channels. A convolution sums over them and does not divide.",
        (
            forward(after=lambda y, c: y / c.w.shape[1]),
            forward(after=lambda y, c: y / c.x.shape[1]),
            bias_too,
        ),
    ),
    "channels_paired": (
        "Filter f reads only channel f. Every filter reads all input channels of its group and "
        "sums over them.",
        (
            forward(w=lambda c: paired(c.w)),
            forward(w=lambda c: only_if(len(c.w) <= c.w.shape[1], paired(c.w))),
        ),
    ),
}


def interleaved(count: int, groups: int) -> list[np.ndarray]:
    """The channels of each group, if every groups-th belonged together."""
    return [np.arange(group, count, groups) for group in range(groups)]


def dealt(call: Call) -> np.ndarray:
    """The filters in the order of groups that take every groups-th of them."""
    return call.w[np.concatenate(interleaved(len(call.w), call.groups))]


def same_block(place: int) -> Callable:
    """The same channels for each group."""
    return lambda count, groups: [blocks(count, groups)[place]] * groups


def shuffled(y: np.ndarray, call: Call) -> np.ndarray:
    """The result with the groups' outputs dealt out like cards."""
    return y[:, np.argsort(np.concatenate(interleaved(y.shape[1], call.groups)), kind="stable")]


def tiled(call: Call) -> np.ndarray:
    """The weights repeated until they cover all channels."""
    return np.tile(call.w, (1, call.groups, 1, 1))


def reached(call: Call) -> np.ndarray:
    """The weights stretched over all channels, which works only if each filter has one."""
    one = call.groups == 1 or call.w.shape[1] == 1
    return only_if(one, tiled(call))


GROUPS = {
    "groups_interleaved": (
        "The groups are not every groups-th channel: they are contiguous blocks. Group g reads "
        "channels g * C // groups onwards and writes filters g * F // groups onwards.",
        (
            forward(channels=lambda c: interleaved),
            forward(filters=lambda c: interleaved),
            forward(channels=lambda c: interleaved, filters=lambda c: interleaved),
            forward(w=dealt),
            forward(after=shuffled),
            forward(channels=lambda c: interleaved, after=shuffled),
        ),
    ),
    "groups_ignored": (
        "Everything is right but groups. Each filter must read only the channels of its own "
        "group: there are C / groups of them, as many as w.shape[1].",
        (
            forward(channels=lambda c: same_block(0)),
            forward(channels=lambda c: same_block(-1)),
            forward(w=tiled, groups=lambda c: 1),
            forward(w=reached, groups=lambda c: 1),
            forward(groups=lambda c: only_if(c.groups == 1, 1)),
        ),
    ),
}
