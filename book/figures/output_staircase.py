"""The output grows by one only when the input grows by a whole stride: a staircase."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

KERNEL = 3


def draw() -> Figure:
    """Draw output size against input size for strides 1, 2 and 3."""
    figure, ax = plt.subplots(figsize=(5.2, 3.6))
    n = np.arange(KERNEL, 17)
    for stride, marker in [(1, "o"), (2, "s"), (3, "^")]:
        size = (n - KERNEL) // stride + 1
        ax.step(n, size, where="post", marker=marker, markersize=6)
        ax.annotate(f"stride {stride}", (16, size[-1]), (6, 0), textcoords="offset points")
    ax.set(xlabel="input length n", ylabel="output length", xlim=(2.5, 19.2), ylim=(0, 15))
    ax.xaxis.set_major_locator(MultipleLocator(2))
    ax.yaxis.set_major_locator(MultipleLocator(2))
    ax.set_axisbelow(True)
    ax.grid(True)
    return figure
