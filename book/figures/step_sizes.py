"""How long a step is, in units of lr, when the gradient never changes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from convnet.functional import adagrad_step, adam_step, rmsprop_step, sgd_step

RUNS = (
    ("momentum 0.9", sgd_step, {"momentum": 0.9}),
    ("RMSProp", rmsprop_step, {}),
    ("Adam", adam_step, {}),
    ("AdaGrad", adagrad_step, {}),
)


def draw() -> Figure:
    """Draw the length of each step on two logarithmic axes."""
    figure, ax = plt.subplots(figsize=(5.2, 3.4))
    for name, rule, options in RUNS:
        lengths = steps(rule, 1000, options)
        ax.loglog(np.arange(1, 1001), lengths, label=name, linewidth=1.8)
    ax.set(xlabel="step", ylabel="length of the step / lr", ylim=(0.02, 20))
    ax.legend(loc="lower left", fontsize=9.5)
    return figure


def steps(rule, count: int, options: dict) -> np.ndarray:
    """The lengths of the first steps along a gradient of 1, for lr = 1."""
    w, state, lengths = np.zeros(1), {}, []
    for _ in range(count):
        new = rule(w, np.ones(1), state, lr=1.0, **options)
        lengths.append((w - new)[0])
        w = new
    return np.array(lengths)
