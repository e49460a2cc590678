"""How much of an average's weight has come together after t steps."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

BETAS = (0.9, 0.999)


def draw() -> Figure:
    """Draw 1 - beta ** t, and where it passes 99 %."""
    figure, ax = plt.subplots(figsize=(5.2, 3.2))
    t = np.unique(np.round(np.logspace(0, 4, 300)).astype(int))
    for i, (beta, name) in enumerate(zip(BETAS, ("1", "2"), strict=True)):
        ax.semilogx(t, 1 - beta**t, color=f"C{i}", label=rf"$1 - \beta_{name}^t$, {beta}")
        reached = steps_to(beta)
        ax.plot(reached, 0.99, "o", color=f"C{i}")
        ax.annotate(f"{reached}", (reached, 0.99), (0, -16), textcoords="offset points", ha="left")
    ax.axhline(0.99, color="#8a97a3", linewidth=1, linestyle=":")
    ax.set(xlabel="step t", ylabel="1 - beta ** t", xlim=(1, 1e4), ylim=(0, 1.08))
    ax.legend(loc="center right", bbox_to_anchor=(1, 0.16))
    return figure


def steps_to(beta: float, share: float = 0.99) -> int:
    """The first step after which an average has more than that share of its weight."""
    t = 1
    while 1 - beta**t <= share:
        t += 1
    return t
