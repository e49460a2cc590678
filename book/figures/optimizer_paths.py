"""Six optimizers roll down the same long valley, steep across and flat along."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from convnet.functional import adagrad_step, adam_step, adamw_step, rmsprop_step, sgd_step

CURVATURES = np.array([1.0, 25.0])
START = np.array([-4.0, 1.2])
STEPS = 60
# What is drawn: name, rule, options.
RUNS = (
    ("descent, lr 0.07", sgd_step, {"lr": 0.07}),
    ("momentum, lr 0.02", sgd_step, {"lr": 0.02, "momentum": 0.8}),
    ("AdaGrad, lr 0.8", adagrad_step, {"lr": 0.8}),
    ("RMSProp, lr 0.1", rmsprop_step, {"lr": 0.1, "alpha": 0.9}),
    ("Adam, lr 0.3", adam_step, {"lr": 0.3}),
    ("AdamW, lr 0.3, decay 0.1", adamw_step, {"lr": 0.3, "weight_decay": 0.1}),
)


def draw() -> Figure:
    """Draw a small map with a path for each optimizer."""
    figure, axes = plt.subplots(3, 2, figsize=(5.2, 5.4), sharex=True, sharey=True)
    x, y = np.meshgrid(np.linspace(-4.6, 2.2, 80), np.linspace(-1.7, 1.7, 60))
    height = (CURVATURES[0] * x**2 + CURVATURES[1] * y**2) / 2
    for ax, (name, rule, options) in zip(axes.flat, RUNS, strict=True):
        ax.contour(x, y, height, levels=[0.3, 1.5, 4, 8, 14, 22], colors="#c9d2d9", linewidths=0.9)
        points = path(rule, options)
        ax.plot(*points.T, color="C0", linewidth=1, marker="o", markersize=2.2)
        ax.plot(0, 0, "+", color="C4", markersize=9)
        ax.set_title(name, fontsize=10)
        ax.set(xlim=(-4.6, 2.2), ylim=(-1.7, 1.7))
    return figure


def path(rule, options: dict, steps: int = STEPS) -> np.ndarray:
    """Where a rule goes, from the start on."""
    points, state = [START], {}
    for _ in range(steps):
        points.append(rule(points[-1], CURVATURES * points[-1], state, **options))
    return np.array(points)
