"""Right answers while a network learns, for four rates of dropout and two kinds of labels."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from grader.exercises.pooling.digits import digits

RATES = (0.0, 0.2, 0.5, 0.8)
SPLITS, STEPS, EVERY, HIDDEN = 20, 200, 10, 60


def draw() -> Figure:
    """Draw the training digits dashed and the new ones as lines, averaged over the splits."""
    figure, axes = plt.subplots(1, 2, figsize=(5.2, 3.2), sharey=True)
    for ax, (title, wrong) in zip(axes, [("labels right", 0.0), ("30 % wrong", 0.3)], strict=True):
        for colour, p in enumerate(RATES):
            seen, new = np.mean([train(p, wrong, split) for split in range(SPLITS)], axis=0).T
            steps = EVERY * np.arange(1, len(new) + 1)
            ax.plot(steps, seen, "--", color=f"C{colour}", linewidth=1)
            ax.plot(steps, new, color=f"C{colour}", linewidth=1.5, label=f"p = {p:g}")
        ax.set(title=title, xlabel="step", ylim=(0.2, 1.03))
    axes[0].set_ylabel("right answers")
    axes[0].legend(loc="lower right", fontsize=9)
    return figure


def data(wrong: float, rng: np.random.Generator):
    """100 small digits to learn from, some with a wrong label, and 100 new ones."""
    x = digits().reshape(200, 7, 4, 7, 4).mean(axis=(2, 4)).reshape(200, -1)
    t = np.repeat(np.arange(10), 20)
    order = np.argsort(rng.random((10, 20)), axis=1) + 20 * np.arange(10)[:, None]
    seen, new = order[:, :10].ravel(), order[:, 10:].ravel()
    x = (x - x[seen].mean()) / x[seen].std()
    told = t[seen].copy()
    lied = rng.random(100) < wrong
    told[lied] = (told[lied] + rng.integers(1, 10, lied.sum())) % 10
    return x[seen], told, x[new], t[new]


def train(p: float, wrong: float, split: int, lr: float = 0.5) -> np.ndarray:
    """The share of right answers on both halves, every few steps."""
    rng = np.random.default_rng(split)
    x, t, new_x, new_t = data(wrong, rng)
    layers = [rng.normal(size=(49, HIDDEN)) / 7, np.zeros(HIDDEN)]
    layers += [rng.normal(size=(HIDDEN, 10)) * 0.1, np.zeros(10)]
    shares = []
    for step in range(1, STEPS + 1):
        mask = (rng.random((100, HIDDEN)) >= p) / (1 - p)
        update(layers, x, np.eye(10)[t], mask, lr)
        if step % EVERY == 0:
            shares.append([np.mean(named(layers, x) == t), np.mean(named(layers, new_x) == new_t)])
    return np.array(shares)


def named(layers: list, x: np.ndarray) -> np.ndarray:
    """The class with the largest score, without dropout."""
    w1, b1, w2, b2 = layers
    return (np.maximum(x @ w1 + b1, 0) @ w2 + b2).argmax(axis=1)


def update(layers: list, x, targets, mask, lr: float) -> None:
    """One step of gradient descent, with the hidden numbers under a mask."""
    w1, b1, w2, b2 = layers
    h = np.maximum(x @ w1 + b1, 0)
    z = (h * mask) @ w2 + b2
    shares = np.exp(z - z.max(axis=1, keepdims=True))
    dz = (shares / shares.sum(axis=1, keepdims=True) - targets) / len(x)
    dh = dz @ w2.T * mask * (h > 0)
    for array, gradient in zip(
        layers, (x.T @ dh, dh.sum(axis=0), (h * mask).T @ dz, dz.sum(axis=0)), strict=True
    ):
        array -= lr * gradient
