"""Exercise 8.7: two convolutions with a way around them, forward and backward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.classic_networks.lenet import ALLOWED_LAYERS
from grader.exercises.classic_networks.named_grads import first_and_grads


@dataclass(frozen=True)
class Block:
    """The sizes of one block and its images.

    Args:
        title: what is special here.
        N, C, H, W: the images.
        F: channels that come out.
        stride: of the first convolution and the shortcut; None for the default, 1.
        group: the group of points it belongs to, behind `forward` or `backward`.
        silent: gamma and beta of the second normalization are 0, so the branch adds nothing; some
            pixels are exactly 0.
        dead: the first channel of the first normalization is 0 everywhere.
        projected: there is a 1 × 1 convolution on the shortcut.
        lift: added to the second normalization's beta; a large one keeps the last ReLU open.
    """

    title: str
    N: int
    C: int
    H: int
    W: int
    F: int
    stride: int | None = None
    group: str = "basic"
    silent: bool = False
    dead: bool = False
    projected: bool = False
    lift: float = 0.0

    def grown(self, rng: np.random.Generator) -> Block:
        """The same features in other sizes; C and F stay equal or different."""
        more = int(rng.integers(0, 3))
        F = self.F + more if self.C == self.F else self.F + more + int(rng.integers(0, 2))
        sides = [side + 2 * int(rng.integers(0, 2)) for side in (self.H, self.W)]
        N = self.N + int(rng.integers(0, 2)) * (self.N > 1)
        return replace(self, N=N, C=self.C + more, F=F, H=sides[0], W=sides[1])


LISTED = (
    Block("one channel", 2, 1, 3, 3, 1),
    Block("two channels", 2, 2, 3, 4, 2),
    Block("a batch", 4, 3, 5, 4, 3),
    Block("more channels, 1 × 1 shortcut", 2, 2, 4, 3, 3, projected=True),
    Block("stride 2", 2, 2, 4, 6, 4, 2, projected=True),
    Block("stride 2, odd sides", 3, 1, 5, 7, 2, 2, projected=True, group="edge"),
    Block("stride 2, as many channels", 2, 2, 6, 5, 2, 2, projected=True, group="edge"),
    Block("1 × 1 shortcut, as many channels", 2, 3, 4, 5, 3, projected=True, group="edge"),
    Block("fewer channels", 3, 4, 4, 3, 2, projected=True, group="edge"),
    Block("stride 3", 2, 2, 7, 9, 3, 3, projected=True, group="edge"),
    Block("one image", 1, 2, 4, 5, 2, group="edge"),
    Block("images of one row", 3, 2, 1, 5, 2, group="edge"),
    Block("a branch that adds nothing", 3, 2, 4, 3, 2, silent=True, group="edge"),
    Block("a channel that is 0 everywhere", 3, 2, 4, 3, 2, dead=True, group="edge"),
    Block("everything passes the last ReLU", 2, 2, 3, 3, 2, lift=30.0, group="edge"),
    Block("nothing passes the last ReLU", 2, 2, 3, 3, 2, lift=-30.0, group="edge"),
    Block("all sizes equal", 3, 3, 3, 3, 3, group="edge"),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Every block forward and backward; hidden ones have other sizes."""
    listed = LISTED if rng is None else [block.grown(rng) for block in LISTED]
    forward = [
        Case("residual_forward", _group("forward", block), block.title, make=recipe(block))
        for block in listed
    ]
    backward = [
        Case(
            "residual_backward",
            _group("backward", block),
            block.title,
            make=recipe(block, back=True),
            drive=InOrder(),
        )
        for block in listed
        # There every gradient is 0, whatever is computed.
        if block.lift >= 0
    ]
    return [*forward, *backward]


def _group(way: str, block: Block) -> str:
    return way if block.group == "basic" else f"{way}, edge"


def recipe(block: Block, *, back: bool = False) -> Callable[[np.random.Generator], Inputs]:
    """x, params and, unless it is the default, stride; dy first, if it goes back."""

    def make(rng: np.random.Generator) -> Inputs:
        b, stride = block, block.stride or 1
        params = {
            "conv1.weight": rng.normal(size=(b.F, b.C, 3, 3)).round(2),
            **_norm("bn1", b.F, rng),
            "conv2.weight": rng.normal(size=(b.F, b.F, 3, 3)).round(2),
            **_norm("bn2", b.F, rng),
        }
        params["bn2.bias"] += b.lift
        if b.silent:
            params["bn2.weight"][:] = params["bn2.bias"][:] = 0
        if b.dead:
            params["bn1.weight"][0] = params["bn1.bias"][0] = 0
        if b.projected:
            params["shortcut.weight"] = rng.normal(size=(b.F, b.C, 1, 1)).round(2)
            params["shortcut.bias"] = rng.normal(size=b.F).round(2)
        x = rng.normal(size=(b.N, b.C, b.H, b.W)).round(0 if b.silent else 2)
        made = {"x": x, "params": params} | ({"stride": b.stride} if b.stride else {})
        if back:
            out = b.N, b.F, -(-b.H // stride), -(-b.W // stride)
            made = {"dy": rng.normal(size=out).round(2)} | made
        return made

    return make


def _norm(name: str, F: int, rng: np.random.Generator) -> Inputs:
    weight = rng.uniform(0.5, 1.5, F) * rng.choice([-1, 1], F)
    return {f"{name}.weight": weight.round(2), f"{name}.bias": rng.normal(size=F).round(2)}


@dataclass(frozen=True)
class InOrder:
    """Call the function, and put its gradients in the order of the parameters."""

    def __call__(self, function: Callable[..., Any], inputs: Inputs) -> Any:
        """dx, and a list of the parameters' gradients."""
        options = {"stride": inputs["stride"]} if "stride" in inputs else {}
        answer = function(inputs["dy"], inputs["x"], inputs["params"], **options)
        return first_and_grads(answer, "dx", inputs["params"])

    def texts(self, _: Inputs) -> dict[str, str]:
        """Nothing is written in another way."""
        return {}

    def paste(self, call: str) -> str:
        """The code that does the same."""
        return call


EXERCISE = Exercise(
    slug="residual_forward",
    number="8.7",
    chapter="08-classic-networks",
    title="Leave a way around",
    functions=(
        Function("residual_forward", "x, params, stride=1"),
        Function(
            "residual_backward",
            "dy, x, params, stride=1",
            outputs=("dx", "grads"),
            lists=("grads",),
        ),
    ),
    groups=(
        Group("forward", 3),
        Group("forward, edge", 1.5),
        Group("backward", 4),
        Group("backward, edge", 2.5),
        Group("float32", 1),
        Group("robust", 1),
    ),
    make_cases=make_cases,
    minutes=60,
    difficulty=3,
    tolerance={"float64": (1e-9, 1e-11), "float32": (1e-3, 1e-4)},
    forbidden=ALLOWED_LAYERS,
)
