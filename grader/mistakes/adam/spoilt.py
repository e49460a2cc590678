"""Right optimizers as rules in a row, each of which can be replaced by a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

Rule = Callable[["Call"], Any]


class Call(SimpleNamespace):
    """One step: w, g, the state, the options, and what the rules before have made."""

    def old(self, name: str, otherwise: Any = 0.0) -> Any:
        """What the state remembers."""
        return self.state.get(name, otherwise)


def spoiler(defaults: dict[str, Any], rules: dict[str, Rule]) -> Callable[..., Callable]:
    """Make steps from rules; each rule sets what it is called by, and `new` is returned."""

    def spoilt(defaults_: dict[str, Any] | None = None, **changed: Rule) -> Callable:
        own = {**rules, **changed}
        given = {**defaults, **(defaults_ or {})}

        def step(w, g, state, epoch=1, **options):
            call = Call(w=w, g=g, state=state, epoch=epoch, **{**given, **options})
            for name, rule in own.items():
                setattr(call, name, rule(call))
            return call.new

        return step

    return spoilt


def remember(*names: str) -> Rule:
    """A rule that keeps some values for the next step."""
    return lambda c: c.state.update({name: getattr(c, name) for name in names})


# Where the step begins, and where it leads.
END: dict[str, Rule] = {"start": lambda c: c.w, "new": lambda c: c.start - c.step}

sgd = spoiler(
    {"lr": 1e-3, "momentum": 0.0, "nesterov": False, "weight_decay": 0.0},
    {
        "grad": lambda c: c.g + c.weight_decay * c.w,
        "before": lambda c: c.old("v"),
        "v": lambda c: c.momentum * c.before + c.grad,
        "kept": remember("v"),
        "ahead": lambda c: c.grad + c.momentum * c.v,
        "way": lambda c: c.ahead if c.nesterov else c.v,
        "step": lambda c: c.lr * c.way,
        **END,
    },
)

SCALED: dict[str, Rule] = {
    "kept": remember("h"),
    "root": lambda c: np.sqrt(c.h),
    "below": lambda c: c.root + c.eps,
    "step": lambda c: c.lr * c.g / c.below,
    **END,
}

adagrad = spoiler(
    {"lr": 1e-2, "eps": 1e-10},
    {"before": lambda c: c.old("h"), "h": lambda c: c.before + c.g**2, **SCALED},
)

rmsprop = spoiler(
    {"lr": 1e-2, "alpha": 0.99, "eps": 1e-8},
    {
        "before": lambda c: c.old("h"),
        "h": lambda c: c.alpha * c.before + (1 - c.alpha) * c.g**2,
        **SCALED,
    },
)

MOMENTS: dict[str, Rule] = {
    "b": lambda c: c.betas,
    "t": lambda c: c.old("t", 0) + 1,
    "m_before": lambda c: c.old("m"),
    "v_before": lambda c: c.old("v"),
    "m": lambda c: c.b[0] * c.m_before + (1 - c.b[0]) * c.grad,
    "v": lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * c.grad**2,
    "c1": lambda c: 1 - c.b[0] ** c.t,
    "c2": lambda c: 1 - c.b[1] ** c.t,
    "mhat": lambda c: c.m / c.c1,
    "vhat": lambda c: c.v / c.c2,
    "kept": remember("t", "m", "v"),
    "root": lambda c: np.sqrt(c.vhat),
    "below": lambda c: c.root + c.eps,
    "step": lambda c: c.lr * c.mhat / c.below,
}
ADAM = {"lr": 1e-3, "betas": (0.9, 0.999), "eps": 1e-8}

adam = spoiler(
    {**ADAM, "weight_decay": 0.0},
    {
        "grad": lambda c: c.g + c.weight_decay * c.w,
        **MOMENTS,
        **END,
    },
)

adamw = spoiler(
    {**ADAM, "weight_decay": 1e-2},
    {
        "grad": lambda c: c.g,
        **MOMENTS,
        **END,
        "start": lambda c: c.w * (1 - c.lr * c.weight_decay),
    },
)

epoch_adam = spoiler(
    ADAM,
    {"grad": lambda c: c.g, **MOMENTS, **END},
)
