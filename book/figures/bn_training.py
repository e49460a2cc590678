"""Two deep networks with and without normalization: one does not learn, the other overflows."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from convnet import BatchNorm1d

DEPTH, WIDTH, BATCH = 6, 30, 100
SIGMOID = (lambda z: 1 / (1 + np.exp(-z)), lambda h: h * (1 - h))
RELU = (lambda z: np.maximum(z, 0), lambda h: (h > 0) * 1.0)


def draw() -> Figure:
    """Draw the loss of both networks at every step."""
    figure, axes = plt.subplots(1, 2, figsize=(5.2, 3.0), sharey=True)
    settings = [("sigmoid, rate 0.3", SIGMOID, 0.3, 400), ("ReLU, rate 3", RELU, 3.0, 150)]
    for ax, (title, activation, rate, steps) in zip(axes, settings, strict=True):
        for normalize, label in [(False, "without"), (True, "with")]:
            losses = train(activation, rate, steps, normalize=normalize)
            ax.plot(losses, label=label, color=f"C{int(not normalize)}", linewidth=1.4)
        ax.set(title=title, xlabel="step", ylim=(0, 2))
    axes[0].set_ylabel("loss")
    axes[1].legend(loc="upper right")
    return figure


def spirals(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Points on two spirals that are wound into each other, and on which each lies."""
    rng = np.random.default_rng(1)
    turn, label = np.sqrt(rng.uniform(0.05, 1, count)) * 2 * np.pi, rng.integers(0, 2, count)
    angle = turn + np.pi * label
    x = np.stack([turn * np.cos(angle), turn * np.sin(angle)], axis=1) / 3
    return x + rng.normal(size=x.shape) * 0.05, label


@np.errstate(all="ignore")
def train(activation, rate: float, steps: int, *, normalize: bool) -> list[float]:
    """The loss at every step of plain gradient descent, NaN after an overflow."""
    rng, (points, labels) = np.random.default_rng(0), spirals(500)
    sizes = [2, *[WIDTH] * DEPTH, 1]
    weights = [rng.normal(size=s) / np.sqrt(s[0]) for s in zip(sizes, sizes[1:], strict=False)]
    norms = [BatchNorm1d(WIDTH, dtype=np.float64) if normalize else Shift() for _ in range(DEPTH)]
    losses = []
    for _ in range(steps):
        some = rng.permutation(len(points))[:BATCH]
        losses.append(step(points[some], labels[some], weights, norms, activation, rate))
    return losses


class Shift:
    """What is left of the layer without normalizing: an offset for each feature."""

    def __init__(self) -> None:
        self.params, self.grads = {"bias": np.zeros(WIDTH)}, {}

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Add the offset."""
        return x + self.params["bias"]

    def backward(self, dy: np.ndarray) -> np.ndarray:
        """Sum up for the offset."""
        self.grads = {"bias": dy.sum(axis=0)}
        return dy


def step(x, labels, weights, norms, activation, rate: float) -> float:
    """One step of gradient descent; return the loss before it."""
    f, slope = activation
    hidden = [x]
    for w, norm in zip(weights, norms, strict=False):
        hidden.append(f(norm.forward(hidden[-1] @ w)))
    y = (hidden[-1] @ weights[-1])[:, 0]
    d = ((1 / (1 + np.exp(-y)) - labels) / len(labels))[:, None]
    for place in reversed(range(len(weights))):
        dw = hidden[place].T @ d
        d = d @ weights[place].T
        weights[place] -= rate * dw
        if place:
            d = norms[place - 1].backward(d * slope(hidden[place]))
            for name, gradient in norms[place - 1].grads.items():
                norms[place - 1].params[name] -= rate * gradient
    return float(np.mean(np.logaddexp(0, y) - labels * y))
