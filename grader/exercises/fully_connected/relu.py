"""Exercise 3.2: functions that bend a straight line, and what they send back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.fully_connected.sizes import drawn, grown

Fill = Callable[[np.random.Generator], np.ndarray]

NAMES = ("relu", "leaky_relu", "sigmoid", "tanh", "softplus")
# Both signs, zero, and sizes at which an exponential overflows or adds nothing any more.
BY_HAND = [[-2.0, -0.5, 0.0], [0.5, 1.0, 3.0]]
LARGE = [[1000.0, -1000.0, 750.0, -750.0, 17.0], [90.0, -90.0, 30.0, -30.0, 12.0]]
TINY = [[1e-300, -1e-300, 1e-8, -1e-8], [0.0, 1e-3, -1e-3, 0.1]]


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Every function and its gradient on small, random, large and tiny numbers."""
    cases = []
    for name in NAMES:
        for title, fill, options in _inputs(name, rng):
            cases.append(Case(name, name, title, make=_forward(fill, options)))
            back = f"{name}_backward"
            cases.append(Case(back, name, title, make=_backward(fill, options)))
    return cases + _prelu_cases(rng)


def _inputs(name: str, rng: np.random.Generator | None) -> list[tuple[str, Fill, Inputs]]:
    """Titles, recipes for x, and options."""
    rows, images = (3, 4), (2, 3, 2, 4)
    if rng is not None:
        rows, images = grown(rows, rng), grown(images, rng)
    inputs = [
        ("a few numbers", _fixed(BY_HAND, rng), {}),
        ("random numbers", _random(rows, 2.0), {}),
        ("images", _random(images, 3.0), {}),
        ("large numbers", _fixed(LARGE, rng), {}),
        ("tiny numbers", _fixed(TINY, rng), {}),
    ]
    if name == "leaky_relu":
        inputs.append(("another slope", _random(rows, 2.0), {"negative_slope": 0.2}))
        inputs.append(("a slope of zero", _random(rows, 2.0), {"negative_slope": 0.0}))
        inputs.append(("a slope above 1", _random(rows, 2.0), {"negative_slope": 1.5}))
        inputs.append(("a slope below 0", _random(rows, 2.0), {"negative_slope": -0.2}))
    return inputs


def _fixed(numbers: list[list[float]], rng: np.random.Generator | None) -> Fill:
    """These numbers; in hidden cases in another order, with their magnitudes a little changed."""
    array = np.array(numbers)
    if rng is not None:
        factors = rng.uniform(1.0, 1.05, array.size)
        array = (rng.permutation(array.ravel()) * factors).reshape(-1, 2)
    return lambda _: array.copy()


def _random(shape: tuple[int, ...], spread: float) -> Fill:
    return lambda rng: spread * drawn(rng, *shape)


def _forward(fill: Fill, options: Inputs):
    return lambda rng: {"x": fill(rng), **options}


def _backward(fill: Fill, options: Inputs):
    """dy has both signs, and is nowhere zero or one."""

    def make(rng: np.random.Generator) -> Inputs:
        x = fill(rng)
        return {"dy": _slopes(rng, x.shape), "x": x, **options}

    return make


def _slopes(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    dy = rng.integers(2, 30, shape) * rng.choice([-1, 1], shape) / 4
    return np.where(dy == 1, 1.5, dy)


# Title, the shape of x, how many slopes, and whether some are negative and some larger than 1.
PRELU = (
    ("one slope", (2, 3), 1, False),
    ("a slope for each column", (2, 3), 3, False),
    ("a slope for each channel", (2, 3, 4, 2), 3, False),
    ("as many channels as rows and columns", (2, 3, 3, 3), 3, False),
    ("one slope for all channels", (2, 3, 2, 4), 1, False),
    ("one channel", (3, 1, 2, 4), 1, False),
    ("as many rows as columns", (3, 3), 3, False),
    ("negative and large slopes", (2, 4), 4, True),
    ("negative and large slopes, images", (2, 4, 3, 2), 4, True),
)


def _prelu_cases(rng: np.random.Generator | None) -> list[Case]:
    cases = []
    for title, shape, slopes, steep in PRELU:
        if rng is not None:
            # The slopes are as many as the channels, so they grow alike; one stays one.
            *shape, slopes = grown((*shape, slopes), rng)
        make = _prelu(tuple(shape), slopes, steep=steep)
        cases.append(Case("prelu", "prelu", title, make=lambda rng, m=make: _without_dy(m(rng))))
        cases.append(Case("prelu_backward", "prelu", title, make=make))
    return cases


def _prelu(shape: tuple[int, ...], slopes: int, *, steep: bool):
    """A recipe for dy and x (N, C, …) and a (C,) or (1,); x has a zero."""

    def make(rng: np.random.Generator) -> Inputs:
        x = 2 * drawn(rng, *shape)
        x[(0,) * x.ndim] = 0
        x[(-1,) * x.ndim] = -1.5
        gentle = np.arange(1, slopes + 1) / (4 * slopes)
        a = rng.permutation(np.linspace(-0.75, 2, slopes) if steep else gentle)
        return {"dy": _slopes(rng, shape), "x": x, "a": a}

    return make


def _without_dy(inputs: Inputs) -> Inputs:
    return {name: value for name, value in inputs.items() if name != "dy"}


def _functions(name: str, options: str = "") -> tuple[Function, Function]:
    return (
        Function(name, f"x{options}"),
        Function(f"{name}_backward", f"dy, x{options}", outputs=("dx",)),
    )


EXERCISE = Exercise(
    slug="relu",
    number="3.2",
    chapter="03-fully-connected",
    title="Bend the line",
    functions=(
        *_functions("relu"),
        *_functions("leaky_relu", ", negative_slope=0.01"),
        *_functions("sigmoid"),
        *_functions("tanh"),
        *_functions("softplus"),
        Function("prelu", "x, a"),
        Function("prelu_backward", "dy, x, a", outputs=("dx", "da")),
    ),
    groups=(
        Group("relu", 1),
        Group("leaky_relu", 1),
        Group("sigmoid", 1),
        Group("tanh", 1),
        Group("softplus", 1),
        Group("prelu", 1),
        Group("float32", 1),
        Group("robust", 1),
    ),
    make_cases=make_cases,
    minutes=45,
    difficulty=2,
)
