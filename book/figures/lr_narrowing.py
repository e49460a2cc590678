"""A search for a learning rate in three rounds, each narrower than the one before."""

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from convnet import Adam, CrossEntropyLoss, Linear, ReLU
from grader.exercises.pooling.digits import digits

LO, HI, ROUNDS, DRAWS, STEPS = 1e-5, 1.0, 3, 5, 40


def draw() -> Figure:
    """Draw the accuracy of each learning rate that is tried, a colour for each round."""
    figure, ax = plt.subplots(figsize=(5.2, 3.4))
    fine = np.logspace(-5, 0, 26)
    ax.semilogx(fine, [accuracy(lr) for lr in fine], color="#c9d2d9", linewidth=1.4)
    for r, lrs in enumerate(search()):
        label = f"round {r + 1}"
        ax.semilogx(lrs, [accuracy(lr) for lr in lrs], "o", color=f"C{r}", label=label)
    ax.set(xlabel="learning rate", ylabel="accuracy", xlim=(LO, HI), ylim=(0, 1))
    ax.legend(loc="lower center")
    return figure


def search() -> list[np.ndarray]:
    """The learning rates of each round, around the best one so far."""
    rng, low, high = np.random.default_rng(1), np.log10(LO), np.log10(HI)
    best, rounds, left, right = (-np.inf, 0.0), [], low, high
    for r in range(ROUNDS):
        rounds.append(10 ** rng.uniform(left, right, DRAWS))
        best = max(best, *((score(lr), np.log10(lr)) for lr in rounds[-1]))
        reach = 0.5 ** (r + 1) * (high - low) / 2
        left, right = max(low, best[1] - reach), min(high, best[1] + reach)
    return rounds


@cache
def train(lr: float) -> tuple[np.ndarray, np.ndarray]:
    """Train a small network on three of four digits; return its logits for the others."""
    rng = np.random.default_rng(0)
    x = digits()[:, 0, ::2, ::2].reshape(200, 196)  # every second pixel, to be quick
    t, held = np.repeat(np.arange(10), 20), np.arange(200) % 4 == 3
    layers = [Linear(196, 24, dtype="float64", rng=rng), ReLU()]
    layers.append(Linear(24, 10, dtype="float64", rng=rng))
    loss, optimizer = CrossEntropyLoss(), Adam(layers, lr=lr)
    for _ in range(STEPS):
        loss.forward(forward(layers, x[~held]), t[~held])
        dy = loss.backward()
        for layer in reversed(layers):
            dy = layer.backward(dy)
        optimizer.step()
    return forward(layers, x[held]), t[held]


def forward(layers, x):
    """Through all layers."""
    for layer in layers:
        x = layer.forward(x)
    return x


def score(lr: float) -> float:
    """Minus the loss on the digits that were held out."""
    return -CrossEntropyLoss().forward(*train(lr))


def accuracy(lr: float) -> float:
    """The share of the digits held out that are recognized."""
    logits, t = train(lr)
    return float(np.mean(logits.argmax(axis=1) == t))
