"""How long the weights of a small network get while it learns, for three penalties."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from convnet import CrossEntropyLoss, Linear, ReLU
from grader.exercises.pooling.digits import digits

LAMBDAS, EPOCHS, LR = (0.0, 0.01, 0.03), 60, 0.3


def draw() -> Figure:
    """Draw the length of all weights against the epoch."""
    figure, ax = plt.subplots(figsize=(4.6, 3.0))
    for lam in LAMBDAS:
        lengths = norms(lam)
        [line] = ax.plot(lengths)
        place = (EPOCHS, lengths[-1] + 0.25)
        ax.text(*place, f"λ = {lam:g}", ha="right", va="bottom", color=line.get_color())
    ax.set(xlabel="epoch", ylabel="length of the weights", ylim=(0, 12.8), xlim=(0, EPOCHS))
    return figure


def norms(lam: float) -> list[float]:
    """The length of the weights after every epoch of training on 100 digits."""
    rng = np.random.default_rng(0)
    mine = np.arange(200) % 20 < 10
    small = digits().reshape(200, 14, 2, 14, 2).mean(axis=(2, 4))
    x, t = small.reshape(200, 196)[mine].astype("float32"), np.repeat(np.arange(10), 20)[mine]
    layers = [Linear(196, 64, rng=rng), ReLU(), Linear(64, 10, rng=rng)]
    lengths = [length(layers)]
    for _ in range(EPOCHS):
        for some in rng.permutation(100).reshape(5, 20):
            step(layers, x[some], t[some], lam)
        lengths.append(length(layers))
    return lengths


def step(layers: list, x: np.ndarray, t: np.ndarray, lam: float) -> None:
    """One step of gradient descent on the data's loss and the penalty."""
    loss, y = CrossEntropyLoss(), x
    for layer in layers:
        y = layer.forward(y)
    loss.forward(y, t)
    slope = loss.backward()
    for layer in reversed(layers):
        slope = layer.backward(slope)
        for name, gradient in layer.grads.items():
            penalty = 2 * lam * layer.params[name] if name == "weight" else 0
            layer.params[name] -= LR * (gradient + penalty)


def length(layers: list) -> float:
    """The length of all weights as one vector."""
    weights = [layer.params["weight"] for layer in layers if layer.params]
    return float(np.sqrt(sum(np.sum(w**2) for w in weights)))
