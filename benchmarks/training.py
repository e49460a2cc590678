"""Train LeNet with the course's own NumPy layers on both sets of digits, from five seeds.

Prints the accuracy on the held-out images, whose labels only this side knows, of every run, with
the median and the worst, and the processor time. Ends with status 1 if the median on a set is
below what the course promises. `--page` puts the table into the page on training.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.readme import TRAINING_LAB, put_into_readme
from convnet import (
    Adam,
    Conv2d,
    CrossEntropyLoss,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
    Sequential,
    predict,
    train_step,
)
from convnet.progress import ProgressBar
from grader.exercises.classic_networks.data import load
from grader.references.builders import HELD_OUT

SEEDS = range(5)


@dataclass(frozen=True)
class Recipe:
    """How a network is trained on a set, and what it has to reach.

    Args:
        title: the set, for people.
        build: makes the network from a generator.
        epochs, batch_size: as usual.
        lr: the learning rate at the start; it falls to 0 in a straight line.
        least: the share of held-out images that must be right, in the median.
    """

    title: str
    build: Callable[[np.random.Generator], Sequential]
    epochs: int
    batch_size: int
    lr: float
    least: float


@dataclass(frozen=True)
class Run:
    """What came out of one training, of a network with so many parameters.

    Processor time counts: this machine may have other things to do.
    """

    seed: int
    accuracy: float
    seconds: float
    parameters: int


def small_lenet(rng: np.random.Generator) -> Sequential:
    """LeNet for images of 8 × 8 pixels: 3,658 parameters."""
    return Sequential(
        *(Conv2d(1, 8, 3, padding=1, rng=rng), ReLU(), MaxPool2d(2)),
        *(Conv2d(8, 16, 3, padding=1, rng=rng), ReLU(), MaxPool2d(2)),
        *(Flatten(), Linear(64, 32, rng=rng), ReLU(), Linear(32, 10, rng=rng)),
    )


def lenet(rng: np.random.Generator) -> Sequential:
    """LeNet for images of 28 × 28 pixels: 61,706 parameters."""
    return Sequential(
        *(Conv2d(1, 6, 5, padding=2, rng=rng), ReLU(), MaxPool2d(2)),
        *(Conv2d(6, 16, 5, rng=rng), ReLU(), MaxPool2d(2), Flatten()),
        *(Linear(400, 120, rng=rng), ReLU(), Linear(120, 84, rng=rng), ReLU()),
        Linear(84, 10, rng=rng),
    )


RECIPES = {
    "digits": Recipe("1,400 digits of 8 × 8 pixels", small_lenet, 30, 32, 4e-3, 0.97),
    "mnist5k": Recipe("4,000 digits of MNIST", lenet, 10, 32, 2e-3, 0.95),
}


def train(name: str, seed: int, stream=None) -> Run:
    """Train once on a set, and see how many of the held-out images are right."""
    recipe, digits, rng = RECIPES[name], load(name), np.random.default_rng(seed)
    # Training statistics only: what is held out must not be looked at.
    mean, std = digits.x.mean(), digits.x.std()
    x, x_new = (digits.x - mean) / std, (digits.x_new - mean) / std
    network, loss = recipe.build(rng), CrossEntropyLoss()
    optimizer, bar = Adam(network, lr=recipe.lr), ProgressBar(recipe.epochs, stream)
    start = time.process_time()
    for epoch in range(recipe.epochs):
        optimizer.lr = recipe.lr * (1 - epoch / recipe.epochs)
        order = rng.permutation(len(x))
        for first in range(0, len(x), recipe.batch_size):
            own = order[first : first + recipe.batch_size]
            value, _ = train_step(network, loss, optimizer, (x[own], digits.t[own]))
        bar.step(f"loss of the last batch {value:.3f}")
    seconds = time.process_time() - start
    with np.load(HELD_OUT, allow_pickle=False) as file:
        right = predict(network, x_new).argmax(axis=1) == file[name]
    size = sum(own.size for own in network.params.values())
    return Run(seed, float(np.mean(right)), seconds, size)


def median(runs: list[Run]) -> float:
    """The accuracy in the middle."""
    return statistics.median(run.accuracy for run in runs)


def report(name: str, runs: list[Run]) -> str:
    """One row of the table."""
    accuracies = [run.accuracy for run in runs]
    return (
        f"{RECIPES[name].title:<30}{median(runs):>8.3f}{min(accuracies):>8.3f}"
        f"{statistics.median(run.seconds for run in runs):>13.1f}   "
        f"{' '.join(f'{accuracy:.3f}' for accuracy in accuracies)}"
    )


HEAD = """| trained on | parameters | epochs | median | worst | each seed | CPU seconds |
|---|---|---|---|---|---|---|"""


def table(runs: dict[str, list[Run]]) -> str:
    """All sets as a table for the page, and which seeds these were."""
    rows = []
    for name, own in runs.items():
        shares = [run.accuracy for run in own]
        told = f"{median(own):.3f} | {min(shares):.3f}"
        each = " ".join(f"{share:.3f}" for share in shares)
        seconds = statistics.median(run.seconds for run in own)
        about = f"{RECIPES[name].title} | {own[0].parameters:,} | {RECIPES[name].epochs}"
        rows.append(f"| {about} | {told} | {each} | {seconds:.1f} |")
    seeds = ", ".join(str(run.seed) for run in next(iter(runs.values())))
    sentence = (
        f"The share of held-out images that is right after the last epoch, for the seeds {seeds} "
        "in this order, and the median processor time of one training on one machine."
    )
    return "\n".join([HEAD, *rows, "", sentence])


def main() -> int:
    """Train from all seeds and print the table; 1 if a median is too low."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training", description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(RECIPES))
    parser.add_argument("--seeds", type=int, nargs="+", default=[*SEEDS])
    parser.add_argument("--quiet", action="store_true", help="no progress bars")
    parser.add_argument("--page", action="store_true", help="put the table into the page")
    options = parser.parse_args()
    stream = io.StringIO() if options.quiet else sys.stderr
    runs = {
        name: [train(name, seed, stream) for seed in options.seeds]
        for name in options.sets or RECIPES
    }
    seeds = " ".join(map(str, options.seeds))
    print(f"{'trained on':<30}{'median':>8}{'worst':>8}{'CPU seconds':>13}   seeds {seeds}")
    for name, own in runs.items():
        print(report(name, own))
    if options.page:
        put_into_readme("training", table(runs), TRAINING_LAB)
    low = [name for name, own in runs.items() if median(own) < RECIPES[name].least]
    for name in low:
        print(f"FAILED {name}: the median must be at least {RECIPES[name].least}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
