"""How well a nudge of size h estimates a gradient: too large bends, too small is rounded away."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.lib.stride_tricks import sliding_window_view

STEPS = 10.0 ** -np.arange(1, 12.1, 0.5)
CURVES = [
    ("central, float32", True, np.float32, "C4", (1e-11, 2)),
    ("forward, float64", False, np.float64, "C0", (8e-11, 3e-4)),
    ("central, float64", True, np.float64, "C2", (1e-10, 4e-10)),
]


def draw() -> Figure:
    """Draw the error of three estimates against h."""
    figure, ax = plt.subplots(figsize=(5.2, 4.0))
    for name, central, dtype, colour, place in CURVES:
        errors = [worst(h, central, dtype) for h in STEPS]
        ax.loglog(STEPS, errors, color=colour, marker="o", markersize=3.5)
        ax.text(*place, name, color=colour)
    ax.axvline(1e-5, color="#8a97a3", linewidth=1, linestyle=":")
    ax.set(xlabel="size of the nudge, h", ylabel="error of the gradient", ylim=(1e-12, 1e2))
    ax.set_xticks(10.0 ** -np.arange(1, 12, 2))
    ax.set_yticks(10.0 ** np.arange(-12, 2, 3))
    ax.minorticks_off()
    ax.grid(True)
    return figure


def worst(h: float, central: bool, dtype: type) -> float:
    """The largest error over all weights, for a loss that bends: a weighted sum of tanh(y)."""
    rng = np.random.default_rng(0)
    x, w, r = (rng.normal(size=shape) for shape in [(6, 7), (3, 2), (4, 6)])
    windows = sliding_window_view(x, w.shape)  # (OH, OW, KH, KW)
    dy = r * (1 - np.tanh((windows * w).sum(axis=(2, 3))) ** 2)
    dw = np.einsum("ij,ijuv->uv", dy, windows)

    def loss(weights: np.ndarray) -> float:
        y = (windows.astype(dtype) * weights.astype(dtype)).sum(axis=(2, 3))
        return float((r.astype(dtype) * np.tanh(y)).sum())

    errors = []
    for place in np.ndindex(w.shape):
        nudge = np.zeros_like(w)
        nudge[place] = h
        rise = loss(w + nudge) - loss(w - nudge if central else w)
        errors.append(abs(rise / (2 * h if central else h) - dw[place]))
    return max(errors)
