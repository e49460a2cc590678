"""Shuffle the pixels of all images alike: a dense network does not mind, a convolution does."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from convnet import Conv2d, CrossEntropyLoss, Flatten, Linear, ReLU

BARS = ([(1, 0), (1, 1), (1, 2)], [(0, 1), (1, 1), (2, 1)], [(0, 0), (1, 1), (2, 2)])


def draw() -> Figure:
    """Train four times and draw the share of right answers on new images."""
    rng = np.random.default_rng(0)
    (x, t), (new_x, new_t) = images(400, rng), images(400, rng)
    order = rng.permutation(64)
    figure, ax = plt.subplots(figsize=(5.2, 3.2))
    for place, network in enumerate((dense, convolutional)):
        scores = []
        for shuffle in (False, True):
            seen, new = (shuffled(a, order) if shuffle else a for a in (x, new_x))
            layers = network(np.random.default_rng(1))
            train(layers, seen, t)
            scores.append(np.mean(answers(layers, new).argmax(axis=1) == new_t))
        for i, (score, colour) in enumerate(zip(scores, ("C0", "C1"), strict=True)):
            at = place + 0.36 * (i - 0.5)
            ax.bar(at, score, 0.34, color=colour, label=("in order", "shuffled")[i])
            ax.text(at, score + 0.02, f"{score:.0%}", ha="center")
    ax.axhline(1 / 3, color="#8a97a3", linestyle=":")
    ax.text(0.5, 0.35, "guessing", ha="center", color="#4a5864", fontsize=9)
    ax.set(xticks=[0, 1], xticklabels=["dense", "convolution"], ylim=(0, 1.12), yticks=[])
    ax.legend(*(part[:2] for part in ax.get_legend_handles_labels()), loc="upper left")
    ax.set_title("right answers on new images")
    ax.spines["left"].set_visible(False)
    return figure


def images(count, rng):
    """Noise with a short bar somewhere: across, down or aslant."""
    x, t = rng.normal(0, 0.3, (count, 1, 8, 8)), rng.integers(0, 3, count)
    for n in range(count):
        row, column = rng.integers(0, 6, 2)
        for i, j in BARS[t[n]]:
            x[n, 0, row + i, column + j] += 1.5
    return x, t


def shuffled(x, order):
    """All images with their pixels in the same other order."""
    return x.reshape(len(x), -1)[:, order].reshape(x.shape)


def dense(rng):
    """4,355 parameters."""
    return [Flatten(), Linear(64, 64, dtype="float64", rng=rng), ReLU(),
            Linear(64, 3, dtype="float64", rng=rng)]  # fmt: skip


def convolutional(rng):
    """107 parameters."""
    return [Conv2d(1, 8, 3, dtype="float64", rng=rng), ReLU(), Strongest(),
            Linear(8, 3, dtype="float64", rng=rng)]  # fmt: skip


class Strongest:
    """The largest number of each map: whether something is there, not where."""

    params: dict = {}
    grads: dict = {}

    def forward(self, x):
        """(N, C, H, W) -> (N, C)."""
        self.shape, flat = x.shape, x.reshape(*x.shape[:2], -1)
        self.place = flat.argmax(axis=2)[:, :, None]
        return flat.max(axis=2)

    def backward(self, dy):
        """dy goes to the place of the maximum."""
        dx = np.zeros((*self.shape[:2], self.shape[2] * self.shape[3]))
        np.put_along_axis(dx, self.place, dy[:, :, None], axis=2)
        return dx.reshape(self.shape)


def answers(layers, y):
    """Go forward."""
    for layer in layers:
        y = layer.forward(y)
    return y


def train(layers, x, t):
    """Twenty rounds, in steps of 32 images."""
    loss, rng = CrossEntropyLoss(), np.random.default_rng(2)
    for _ in range(20):
        order = rng.permutation(len(x))
        for some in np.split(order, range(32, len(x), 32)):
            loss.forward(answers(layers, x[some]), t[some])
            slope = loss.backward()
            for layer in reversed(layers):
                slope = layer.backward(slope)
                for name in layer.params:
                    layer.params[name] -= 0.2 * layer.grads[name]
