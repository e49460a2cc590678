"""The note's Adam beside the right one: one climbs, the other arrives."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from convnet.functional import adam_step

LR, STEPS = 0.1, 100


def draw() -> Figure:
    """Draw w over the steps, on f = w * w / 2 from 1."""
    figure, ax = plt.subplots(figsize=(5.2, 3.2))
    for rule, label, colour in ((noted, "the note", "C4"), (adam_step, "Adam", "C0")):
        w = walk(rule)
        ax.plot(w, label=label, color=colour)
        ax.annotate(f"{w[-1]:.4g}", (STEPS, w[-1]), (4, -4), textcoords="offset points")
    ax.set(xlabel="step", ylabel="w", xlim=(0, STEPS * 1.2), ylim=(-4, 62))
    ax.legend(loc="upper left")
    return figure


def noted(w, g, state, lr):
    """The update as the note has it: old gradient, no correction, no eps, plus sign."""
    v = state["v"] = 0.9 * state.get("v", 0) + 0.1 * state.get("g", 0)
    h = state["h"] = 0.999 * state.get("h", 0) + 0.001 * g * g
    state["g"] = g
    return w + lr / np.sqrt(h) * v


def walk(rule) -> list[float]:
    """w before and after each step."""
    w, state, path = np.ones(1), {}, [1.0]
    for _ in range(STEPS):
        w = rule(w, w, state, lr=LR)
        path.append(float(w[0]))
    return path
