"""Exercise 6.3: the same decay in four conventions, and the optimizer for which it is not one."""

from __future__ import annotations

from functools import partial

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.fully_connected.sizes import drawn, grown

CONVENTIONS = ("torch", "keras", "ridge", "decoupled")

# Title, shape of w, lr, amount, convention; shape None for the two weights 3 and -2.
STEPS = (
    ("torch, no gradient", None, 0.1, 2e-4, "torch"),
    ("Keras, no gradient", None, 0.1, 1e-4, "keras"),
    ("torch", None, 0.5, 0.25, "torch"),
    ("Keras", None, 0.5, 0.25, "keras"),
    ("ridge", None, 0.25, 0.5, "ridge"),
    ("decoupled", None, 0.25, 0.5, "decoupled"),
    ("torch, nothing decays", (3,), 0.1, 0.0, "torch"),
    ("decoupled, nothing decays", (3,), 0.1, 0.0, "decoupled"),
    ("a linear layer in torch", (3, 4), 0.05, 0.3, "torch"),
    ("a convolution in Keras", (2, 3, 2, 2), 0.3, 0.04, "keras"),
    ("a linear layer, ridge", (4, 2), 2.0, 0.1, "ridge"),
    ("a convolution, decoupled", (2, 1, 3, 2), 0.7, 0.02, "decoupled"),
    ("a bias in torch", (5,), 0.2, 0.3, "torch"),
    ("a bias in Keras", (5,), 0.2, 0.3, "keras"),
    ("a bias, ridge", (5,), 0.2, 0.3, "ridge"),
    ("a bias, decoupled", (5,), 0.2, 0.3, "decoupled"),
    ("everything decays", (2, 3), 0.3, 1.0, "decoupled"),
)

# Title, amount, source, target, lr.
CONVERSIONS = (
    ("torch to Keras", 0.5, "torch", "keras", 0.1),
    ("Keras to torch", 0.5, "keras", "torch", 0.1),
    ("torch to ridge", 0.5, "torch", "ridge", 0.1),
    ("ridge to torch", 0.3, "ridge", "torch", 0.1),
    ("torch to decoupled", 0.5, "torch", "decoupled", 0.1),
    ("decoupled to torch", 0.02, "decoupled", "torch", 0.1),
    ("Keras to ridge", 0.25, "keras", "ridge", 0.2),
    ("ridge to Keras", 0.25, "ridge", "keras", 0.2),
    ("Keras to decoupled", 0.25, "keras", "decoupled", 0.2),
    ("decoupled to Keras", 0.06, "decoupled", "keras", 0.2),
    ("ridge to decoupled", 0.7, "ridge", "decoupled", 0.05),
    ("decoupled to ridge", 0.7, "decoupled", "ridge", 0.05),
    ("torch to torch", 0.3, "torch", "torch", 0.1),
    ("Keras to Keras", 0.3, "keras", "keras", 0.1),
    ("ridge to ridge", 0.4, "ridge", "ridge", 0.3),
    ("decoupled to decoupled", 0.3, "decoupled", "decoupled", 0.1),
    ("nothing in Keras", 0.0, "keras", "decoupled", 0.1),
    ("a step above 1", 0.2, "torch", "decoupled", 1.6),
    ("back from a step above 1", 0.2, "decoupled", "keras", 1.6),
    ("small amounts", 3.7e-5, "keras", "decoupled", 0.013),
)

# Title, shape of w, lr, wd, decoupled, eps (None: the default).
ADAM = (
    ("inside the gradient", None, 0.5, 0.25, False, None),
    ("decoupled", None, 0.5, 0.25, True, None),
    ("no decay", None, 0.5, 0.0, False, None),
    ("no decay, decoupled", None, 0.5, 0.0, True, None),
    ("a large eps", None, 0.5, 0.25, False, 1.0),
    ("a large eps, decoupled", None, 0.5, 0.25, True, 1.0),
    ("a linear layer", (3, 4), 0.01, 0.1, False, None),
    ("a linear layer, decoupled", (3, 4), 0.01, 0.1, True, None),
    ("a bias", (4,), 0.1, 0.4, False, None),
    ("a bias, decoupled", (4,), 0.1, 0.4, True, None),
    ("a convolution, eps 0.3", (2, 1, 3, 2), 0.2, 0.7, False, 0.3),
    ("a convolution, decoupled, eps 0.3", (2, 1, 3, 2), 0.2, 0.7, True, 0.3),
    ("some weights without a gradient", (2, 4), 0.1, 0.4, False, None),
    ("some weights without a gradient, decoupled", (2, 4), 0.1, 0.4, True, None),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Steps, conversions and first steps of Adam; hidden ones have other sizes and numbers."""
    cases = []
    for title, shape, lr, amount, convention in STEPS:
        made = {"lr": varied(rng, lr), "amount": varied(rng, amount), "convention": convention}
        make = weights(rng, shape, made, still="no gradient" in title)
        cases.append(Case("decayed_step", "decayed_step", title, make=make))
    for title, amount, source, target, lr in CONVERSIONS:
        made = {"amount": varied(rng, amount), "source": source, "target": target}
        make = partial(_copied, made | {"lr": varied(rng, lr)})
        cases.append(Case("convert", "convert", title, make=make))
    for title, shape, lr, wd, decoupled, eps in ADAM:
        made = {"lr": varied(rng, lr), "wd": varied(rng, wd), "decoupled": decoupled}
        made |= {} if eps is None else {"eps": varied(rng, eps)}
        make = weights(rng, shape, made, holes="without" in title)
        cases.append(Case("first_adam_step", "first_adam_step", title, make=make))
    return cases


def varied(rng: np.random.Generator | None, number: float) -> float:
    """Another number, a little smaller; 0 and 1 stay."""
    if rng is None or number in (0.0, 1.0):
        return number
    return round(number * float(rng.uniform(0.75, 1.0)), 6)


def _copied(inputs: Inputs, _: np.random.Generator) -> Inputs:
    return dict(inputs)


def weights(rng: np.random.Generator | None, shape, options: Inputs, *, still=False, holes=False):
    """A recipe for w, dw and the options.

    Args:
        still: no weight has a gradient.
        holes: every second weight has none, and one of those is 0 itself.
    """
    if rng is not None:
        shape = (int(rng.integers(3, 6)),) if shape is None else grown(shape, rng)

    def make(rng: np.random.Generator) -> Inputs:
        w, dw = np.array([3.0, -2.0]), np.array([1.0, 2.0])
        if shape is not None:
            w, dw = drawn(rng, *shape), drawn(rng, *shape)
        if holes:
            dw.flat[::2] = w.flat[0] = 0
        return {"w": w, "dw": 0 * dw if still else dw, **options}

    return make


EXERCISE = Exercise(
    slug="decayed_step",
    number="6.3",
    chapter="06-regularization",
    title="Decay weights in four conventions",
    functions=(
        Function("decayed_step", "w, dw, lr, amount, convention", ("w_new",)),
        Function("convert", "amount, source, target, lr", ("amount",), "number"),
        Function("first_adam_step", "w, dw, lr, wd, decoupled, eps=1e-8", ("w_new",)),
    ),
    groups=(
        Group("decayed_step", 2),
        Group("convert", 1.5),
        Group("first_adam_step", 1.5),
        Group("float32", 0.5),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=30,
    difficulty=2,
)
