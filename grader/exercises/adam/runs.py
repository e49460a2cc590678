"""The runs that the optimizers' exercises share: where they start, along which slope, how long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from grader.case import Case, Inputs
from grader.exercises.adam.steps import Steps

# What slopes may call; a step that overwrites NumPy's functions does not reach these.
NUMPY = SimpleNamespace(arange=np.arange, array=np.array, cos=np.cos)

# Slopes of w at step t (from 0), written as text: the report shows it, and a learner can paste it.
HALF_SQUARE = "lambda w, t: w"
UNEQUAL = "lambda w, t: 10.0 ** np.arange(len(w)) * w"
CONSTANT = "lambda w, t: np.arange(1.0, len(w) + 1)"
TURNING = "lambda w, t: (-1) ** t * np.arange(1.0, len(w) + 1)"
WAVES = "lambda w, t: np.cos(2 * t + np.arange(w.size)).reshape(w.shape) + 0.2 * w"
SLEEPING = "lambda w, t: (t >= 3 * np.arange(len(w)))[::-1] * (w + np.cos(t))"
SILENT = "lambda w, t: (np.arange(len(w)) % 2) * (w + 0.5)"
PULSES = "lambda w, t: (t % 4 < 2) * np.arange(1.0, len(w) + 1)"
TINY = "lambda w, t: 1e-4 * np.cos(t + np.arange(len(w)))"
SPREAD = "lambda w, t: 10.0 ** (-3 * np.arange(len(w))) * np.cos(2 * t + np.arange(len(w)))"
LARGE_THEN_SMALL = "lambda w, t: (100.0 if t < 3 else 0.5) + np.arange(len(w))"
# Curvatures 1, 10, 100, 1, 0.001 and 0, with noise. The fourth gradient is 0 for 20 steps, the
# fifth is very small, the last is always 0.
BOWL = (
    "lambda w, t: np.array([1, 1, 1, t >= 20, 1e-4, 0])"
    " * (np.array([1, 10, 100, 1, 1e-3, 0]) * w + np.cos(t + np.arange(6)))"
)


@dataclass(frozen=True)
class Run:
    """One run of an optimizer, with one setting of its options.

    Args:
        title: what is special.
        slope: the gradient as a function of w and t, as text.
        shape: of w.
        steps: how many.
        group: whose points depend on it.
        options: what the step is told; the rest is left at the defaults.
        start: the first w, where it is not drawn.
        in_turn: whether the rows of w are weights of their own.
        drop: the step from which lr is a quarter.
        back: the step before which w is set back to its start.
        fixed: hidden cases keep the shape, since the slope asks for it.
        single: whether it is worth its time in float32 too.
    """

    title: str
    slope: str
    shape: tuple[int, ...]
    steps: int
    group: str = "basic"
    options: dict[str, Any] = field(default_factory=dict)
    start: tuple[float, ...] = ()
    in_turn: bool = False
    drop: int = 0
    back: int = 0
    fixed: bool = False
    single: bool = True

    def hidden(self, rng: np.random.Generator) -> Run:
        """A run with the same features, but another shape and other numbers."""
        shape = self.shape if self.fixed else tuple(n + int(rng.integers(1, 3)) for n in self.shape)
        steps = self.steps + int(rng.integers(0, 3))
        options = {name: varied(value, rng) for name, value in self.options.items()}
        return replace(self, shape=shape, steps=steps, options=options, start=())

    def inputs(self, rng: np.random.Generator) -> Inputs:
        """The inputs by name; `g` is the slope."""
        w = np.array(self.start) if self.start else np.round(rng.normal(size=self.shape), 2)
        return {"w": w, "g": sloped(self.slope), "state": {}, **self.options}


def sloped(text: str) -> Callable[[np.ndarray, int], np.ndarray]:
    """The function that a text describes; it carries the text along as `paste`."""
    function = eval(text, {"np": NUMPY})
    function.paste = text
    return function


def varied(value: Any, rng: np.random.Generator) -> Any:
    """An option a little smaller; whether something is done at all stays."""
    if isinstance(value, tuple):
        return tuple(varied(item, rng) for item in value)
    if isinstance(value, bool) or value in (0, 1):
        return value
    return float(f"{value * rng.uniform(0.8, 1):.3g}")


def cases_of(
    function: str, runs: Sequence[Run], rng: np.random.Generator | None, *, batches: int = 0
) -> list[Case]:
    """The cases of an exercise; with a generator, hidden ones."""
    chosen = runs if rng is None else [run.hidden(rng) for run in runs]
    return [
        Case(
            function,
            run.group,
            run.title,
            make=made(run, batches),
            single=run.single,
            drive=driven(run, batches),
        )
        for run in chosen
    ]


def driven(run: Run, batches: int) -> Steps:
    """How the steps of a run are taken."""
    return Steps(run.steps, in_turn=run.in_turn, batches=batches, drop=run.drop, back=run.back)


def made(run: Run, batches: int) -> Callable[[np.random.Generator], Inputs]:
    """A recipe for the inputs of a run; a step that counts epochs is told one."""
    return partial(_made, run, {"epoch": 1} if batches else {})


def _made(run: Run, more: Inputs, rng: np.random.Generator) -> Inputs:
    return {**run.inputs(rng), **more}


def by_hand(title: str = "w * w / 2", group: str = "basic", **options: Any) -> Run:
    """Four steps down a parabola from 1: the worked example of the chapter."""
    return Run(title, HALF_SQUARE, (1,), 4, group, {"lr": 0.1, **options}, start=(1.0,))


def long(group: str, **options: Any) -> Run:
    """150 steps along slopes of every kind."""
    start = (1.0, -1.0, 0.5, 1.0, -2.0, 3.0)
    return Run("150 steps", BOWL, (6,), 150, group, options, start=start, fixed=True, single=False)
