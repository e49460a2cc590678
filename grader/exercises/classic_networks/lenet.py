"""Exercise 8.1: LeNet as one object, which knows its loss and all its gradients."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import FORBIDDEN, Exercise, Function, Group
from grader.exercises.classic_networks.named_grads import first_and_grads

# Layers of the earlier chapters may be imported here: putting them together is the exercise.
ALLOWED_LAYERS = tuple(package for package in FORBIDDEN if package != "convnet")


@dataclass(frozen=True)
class Sizes:
    """How large a LeNet and its images are.

    Args:
        title: what is special here.
        N, C, H, W: the images; LeNet halves H and W, takes 4 off and halves again.
        F1, F2: filters of the two convolutions.
        D1, D2, K: features of the two hidden linear layers, and classes.
        group: the group of points it belongs to.
        spread: the last layer's weights are multiplied by it.
        lift: added to all biases.
        idle: the first unit of each hidden layer is 0, whatever comes in.
        ties: small whole numbers, so that the largest of a window is there several times.
        silent: the last layer is all zeros, as if the network knew nothing.
        single: whether float32 has digits enough.
        again: the network has been asked about other images before.
    """

    title: str
    N: int
    C: int
    H: int
    W: int
    F1: int = 2
    F2: int = 3
    D1: int = 4
    D2: int = 5
    K: int = 3
    group: str = "edge"
    spread: float = 1.0
    lift: float = 0.0
    idle: bool = False
    ties: bool = False
    silent: bool = False
    single: bool = True
    again: bool = False

    def grown(self, rng: np.random.Generator) -> Sizes:
        """The same features in other sizes; what is 1 stays 1."""
        more = {
            name: value + int(rng.integers(0, 3))
            for name in ("N", "C", "F1", "F2", "D1", "D2", "K")
            if (value := getattr(self, name)) > 1
        }
        return replace(self, H=self.H + 4 * int(rng.integers(0, 2)), **more)


LISTED = (
    Sizes("one image", 1, 1, 12, 12, group="basic"),
    Sizes("two images", 2, 1, 12, 12, group="basic"),
    Sizes("a batch", 4, 1, 12, 12, 3, 4, 6, 5, 4, group="basic"),
    Sizes("a network that knows nothing", 3, 1, 12, 12, silent=True, group="basic"),
    Sizes("colours", 3, 2, 12, 12),
    Sizes("images higher than wide", 2, 1, 20, 12),
    Sizes("images wider than high", 3, 1, 12, 16, 2, 2, 3, 4, 5),
    Sizes("maps of 2 × 3 pixels in the end", 2, 1, 16, 20),
    Sizes("one filter a layer", 2, 1, 12, 12, 1, 1, 3, 2, 2),
    Sizes("as many filters as images", 3, 3, 12, 16, 3, 3, 3, 3, 3),
    Sizes("many classes", 2, 1, 12, 12, K=9),
    Sizes("two classes", 5, 1, 12, 12, K=2),
    Sizes("negative biases", 4, 1, 12, 12, 4, 4, 6, 6, lift=-0.3),
    Sizes("small whole numbers, with ties", 3, 1, 16, 12, ties=True),
    Sizes("units that stand still", 3, 1, 12, 12, idle=True),
    Sizes("other images before", 3, 1, 12, 12, again=True),
    Sizes("scores of thousands", 3, 1, 12, 12, spread=3000.0, single=False),
)

NAMES = ("conv1", "conv2", "fc1", "fc2", "fc3")


def shapes(sizes: Sizes) -> dict[str, tuple[int, ...]]:
    """The shape of each weight; a bias has the first size of its weight."""
    features = sizes.F2 * ((sizes.H // 2 - 4) // 2) * ((sizes.W // 2 - 4) // 2)
    return {
        "conv1": (sizes.F1, sizes.C, 5, 5),
        "conv2": (sizes.F2, sizes.F1, 5, 5),
        "fc1": (sizes.D1, features),
        "fc2": (sizes.D2, sizes.D1),
        "fc3": (sizes.K, sizes.D2),
    }


def recipe(sizes: Sizes) -> Callable[[np.random.Generator], Inputs]:
    """Parameters of ordinary size, random images, and targets."""

    def make(rng: np.random.Generator) -> Inputs:
        params = {}
        for name, shape in shapes(sizes).items():
            reach = np.sqrt(6 / np.prod(shape[1:]))
            params[f"{name}.weight"] = rng.uniform(-reach, reach, shape)
            params[f"{name}.bias"] = rng.uniform(-0.1, 0.4, shape[0]) + sizes.lift
        if sizes.idle:
            for name in NAMES[:-1]:
                params[f"{name}.weight"][0] = params[f"{name}.bias"][0] = 0
        params["fc3.weight"] *= sizes.spread
        if sizes.silent:
            params["fc3.weight"][:] = params["fc3.bias"][:] = 0
        x = rng.normal(size=(sizes.N, sizes.C, sizes.H, sizes.W)).round(2)
        if sizes.ties:
            # Every sum of them is exact, in whatever order it is taken.
            x = np.abs(x).round().clip(0, 1)
            for name in list(params)[:4]:
                params[name] = rng.integers(-1, 2, params[name].shape).astype(float)
        return {"params": params, "x": x, "t": rng.permutation(np.arange(sizes.N) % sizes.K)}

    return make


@dataclass(frozen=True)
class LossAndGrads:
    """Build the network, ask it, and put its gradients in the order of the parameters.

    Args:
        again: ask it about other images first.
    """

    again: bool = False

    def __call__(self, function: Callable[..., Any], inputs: Inputs) -> Any:
        """The loss, and a list of gradients."""
        network = function(inputs["params"])
        if self.again:
            network.loss_and_grads(1 - inputs["x"][1:], inputs["t"][1:])
        answer = network.loss_and_grads(inputs["x"], inputs["t"])
        return first_and_grads(answer, "loss", inputs["params"])

    def texts(self, _: Inputs) -> dict[str, str]:
        """Nothing is written in another way."""
        return {}

    def paste(self, call: str) -> str:
        """The code that does the same."""
        if not self.again:
            return f"{call}.loss_and_grads(x, t)"
        first = "network.loss_and_grads(1 - x[1:], t[1:])"
        return f"network = {call}\n{first}\nnetwork.loss_and_grads(x, t)"


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Small networks, one feature at a time; hidden ones have other sizes."""
    listed = LISTED if rng is None else [sizes.grown(rng) for sizes in LISTED]
    return [
        Case(
            "LeNet",
            sizes.group,
            sizes.title,
            make=recipe(sizes),
            single=sizes.single,
            drive=LossAndGrads(again=sizes.again),
        )
        for sizes in listed
    ]


EXERCISE = Exercise(
    slug="LeNet",
    number="8.1",
    chapter="08-classic-networks",
    title="Put LeNet together",
    functions=(
        Function(
            "LeNet",
            "params",
            outputs=("loss", "grads"),
            numbers=("loss",),
            lists=("grads",),
            method="loss_and_grads",
            takes="x, t",
        ),
    ),
    groups=(Group("basic", 5), Group("edge", 3), Group("float32", 1), Group("robust", 1)),
    make_cases=make_cases,
    minutes=60,
    difficulty=2,
    forbidden=ALLOWED_LAYERS,
)
