"""What a gradient check reads off right and wrong gradients: nothing lies in between."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from convnet.functional import linear_backward, linear_forward, log_softmax, softmax_cross_entropy

RNG = np.random.default_rng(0)
X, W, B = RNG.normal(size=(5, 4)), RNG.normal(size=(3, 4)), RNG.normal(size=3)
T = np.array([0, 2, 1, 1, 0])


def loss(w: np.ndarray) -> float:
    """The loss of a linear layer with these weights."""
    return float(-log_softmax(linear_forward(X, w, B))[np.arange(5), T].mean())


def draw() -> Figure:
    """Draw the relative errors on a logarithmic scale."""
    z = linear_forward(X, W, B)
    dz = softmax_cross_entropy(z, T)[1]
    right = linear_backward(dz, X, W)[1]
    gradients = {
        "right": right,
        "right, but in float32": right.astype(np.float32),
        "weight decay forgotten, 0.001": right + 0.001 * W,
        "divided by N once more": right / 5,
        "one row left out": linear_backward(dz[1:], X[1:], W)[1],
        "sign": -right,
    }
    tried = central(W, 1e-5)
    errors = [relative_error(tried, gradient) for gradient in gradients.values()]
    figure, ax = plt.subplots(figsize=(5.2, 3.4))
    colours = ["C2" if error < 1e-6 else "C4" for error in errors]
    ax.hlines(list(gradients), 1e-12, errors, color=colours, linewidth=2)
    ax.scatter(errors, list(gradients), color=colours, zorder=3)
    ax.axvspan(1e-6, 1e-3, color="#f1f4f6", zorder=0)
    ax.set(
        xscale="log", xlim=(1e-12, 10), xlabel="relative error", xticks=10.0 ** np.arange(-12, 1, 3)
    )
    ax.minorticks_off()
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    return figure


def central(w: np.ndarray, h: float) -> np.ndarray:
    """The gradient of the loss by central differences."""
    steps = h * np.eye(w.size).reshape(-1, *w.shape)
    return np.reshape([(loss(w + s) - loss(w - s)) / (2 * h) for s in steps], w.shape)


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """The largest |a - b| / max(|a|, |b|)."""
    return float(np.max(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)))
