"""How much larger the unbiased deviation is than the biased one, for m numbers."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

MARKED = (2, 4, 16, 64)


def draw() -> Figure:
    """Draw the factor against m."""
    m = np.geomspace(2, 2000, 200)
    figure, ax = plt.subplots(figsize=(4.4, 3.0))
    ax.semilogx(m, factor(m))
    for number in MARKED:
        ax.plot(number, factor(number), "o", color="C1")
        place = (number * 1.12, factor(number) + 0.012)
        ax.text(*place, f"{factor(number):.3f}", fontsize=10)
    ax.set_xticks([2, 4, 16, 64, 256, 1024], ["2", "4", "16", "64", "256", "1024"])
    ax.minorticks_off()
    ax.set(xlabel="numbers that share a mean, m", ylabel="factor", ylim=(0.98, 1.48))
    return figure


def factor(m: float) -> float:
    """The root of m / (m - 1)."""
    return np.sqrt(m / (m - 1))
