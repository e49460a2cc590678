"""What is left of a gradient on its way back through fifty layers, under two first weights."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from convnet import BatchNorm1d, Linear, ReLU, Residual, Sequential

DEPTH, WIDTH, BATCH = 50, 64, 64
KINDS = {
    "plain": {},
    "residual": {"residual": True},
    "residual, BN on the branch": {"residual": True, "bn": True},
}
GAINS = {"small weights: gain 0.5": 0.5, "He's weights: gain √2": 2**0.5}


def draw() -> Figure:
    """Draw a panel for each gain and a line for each kind of network."""
    figure, axes = plt.subplots(2, 1, figsize=(5.2, 5.6), sharex=True)
    for ax, (title, gain) in zip(axes, GAINS.items(), strict=True):
        for name, options in KINDS.items():
            ax.plot(range(DEPTH + 1), shares(gain, **options), label=name)
        ax.axhline(1, color="#8a97a3", linewidth=0.8, zorder=0)
        ax.set(yscale="log", ylabel="norm, against the end", xlim=(0, DEPTH))
        ax.set_title(title, loc="left")
    axes[1].set_xlabel("depth: 0 is the input, 50 behind the last layer")
    axes[0].legend(loc="lower right", fontsize=9)
    return figure


def shares(gain: float, *, residual: bool = False, bn: bool = False) -> np.ndarray:
    """The norm of the gradient at every depth, divided by the one behind the last layer."""
    rng = np.random.default_rng(0)
    blocks = [block(gain, residual, bn, rng=rng) for _ in range(DEPTH)]
    h = rng.normal(size=(BATCH, WIDTH))
    for own in blocks:
        h = own.forward(h)
    dh = 2 * h / h.size
    norms = [np.linalg.norm(dh)]
    for own in reversed(blocks):
        dh = own.backward(dh)
        norms.append(np.linalg.norm(dh))
    return np.array(norms[::-1]) / norms[0]


def block(gain: float, residual: bool, bn: bool, *, rng) -> Sequential | Residual:
    """A linear layer and a ReLU, and what is asked for around them."""
    linear = Linear(WIDTH, WIDTH, bias=False, dtype=np.float64, rng=rng)
    linear.params["weight"][...] = rng.normal(size=(WIDTH, WIDTH)) * gain / WIDTH**0.5
    norm = [BatchNorm1d(WIDTH, dtype=np.float64)] if bn else []
    branch = Sequential(linear, *norm, ReLU())
    return Residual(branch) if residual else branch
