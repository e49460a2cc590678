"""Slips that any optimizer can have: what it returns, which way it goes, what it forgets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Known = dict[str, tuple[str, tuple[Callable, ...]]]


def returned(spoilt: Callable[..., Callable]) -> Known:
    """Slips at the start and at the end of a step."""
    return {
        "ascent_sign": (
            "You climb: the step is added. The gradient points uphill, so take the step off: "
            "w - lr * ….",
            (spoilt(new=lambda c: c.start + c.step),),
        ),
        "update_returned": (
            "You return the step. Return the new w: w minus the step.",
            (
                spoilt(new=lambda c: c.step),
                spoilt(new=lambda c: -c.step),
                spoilt(new=lambda c: c.step / c.lr),
            ),
        ),
        "tuple_returned": (
            "You return something beside w. Return the new w alone: the state is a dictionary, "
            "and what you put into it stays there.",
            (
                spoilt(new=lambda c: (c.w - c.step, c.state)),
                spoilt(new=lambda c: [c.w - c.step, c.state]),
            ),
        ),
        "nothing_returned": (
            "Nothing is returned. End with `return`: the caller goes on with the w that it gets.",
            (spoilt(new=lambda _: None),),
        ),
        "w_unchanged": (
            "w comes back as it was. Take the step off, and return the result.",
            (spoilt(new=lambda c: +c.w),),
        ),
        "memory_shared": (
            "Two weights share what your function remembers. Each weight has a state of its own: "
            "keep everything there, and nothing outside.",
            (shared(spoilt),),
        ),
        "w_of_its_own": (
            "You go on with a w that you have kept. Begin at the w that you are given: somebody "
            "may have changed it.",
            (own_w(spoilt),),
        ),
        "w_forgotten": (
            "Every step begins at 0. Begin at w: w minus the step.",
            (spoilt(new=lambda c: 0 * c.w - c.step, kept=lambda _: None),),
        ),
    }


def learning_rate(spoilt: Callable[..., Callable]) -> Known:
    """Slips with the learning rate."""
    return {
        "no_lr": (
            "The learning rate is missing. It multiplies the step: w - lr * ….",
            (spoilt(new=lambda c: c.start - c.step / c.lr),),
        ),
        "lr_fixed": (
            "lr is a fixed number. Use the argument lr: some cases give another one.",
            tuple(with_lr(spoilt, lr) for lr in (1e-3, 1e-2, 0.1)),
        ),
        "lr_twice": (
            "The learning rate multiplies twice. Once is enough: w - lr * ….",
            (spoilt(new=lambda c: c.start - c.lr * c.step),),
        ),
        "divided_by_lr": (
            "You divide by the learning rate. It multiplies the step: w - lr * ….",
            (spoilt(new=lambda c: c.start - c.step / c.lr**2),),
        ),
        "first_step_lost": (
            "The first call only makes the state, and w stays. Take a step in every call, the "
            "first one too.",
            (
                lost(spoilt, keep=True),
                lost(spoilt, keep=False),
            ),
        ),
        "lr_falls": (
            "Your learning rate shrinks from step to step. Nothing in the formula asks for it: "
            "use lr as it is.",
            (
                spoilt(new=lambda c: c.start - c.step / count(c)),
                spoilt(new=lambda c: c.start - c.step / np.sqrt(count(c))),
                spoilt(new=lambda c: c.start - c.step * 0.9 ** count(c)),
                spoilt(new=lambda c: c.start - c.step * 0.99 ** count(c)),
            ),
        ),
        "gradient_normalized": (
            "The gradient is cut, scaled or replaced by its sign before it is used. Take it as "
            "it is.",
            (
                with_gradient(spoilt, np.sign),
                with_gradient(spoilt, lambda g: np.clip(g, -1, 1)),
                with_gradient(spoilt, lambda g: g / (np.linalg.norm(g) + 1e-12)),
                with_gradient(spoilt, np.abs),
            ),
        ),
        "gradient_averaged": (
            "All numbers of w get the same step. Each has its own gradient: compute with the "
            "arrays, without sum or mean.",
            (
                with_gradient(spoilt, lambda g: 0 * g + g.mean()),
                with_gradient(spoilt, lambda g: 0 * g + g.sum()),
                with_gradient(spoilt, lambda g: 0 * g + g.ravel()[0]),
            ),
        ),
        "gradient_divided": (
            "The gradient is divided by how many numbers it has. Take it as it is.",
            (
                with_gradient(spoilt, lambda g: g / g.size),
                with_gradient(spoilt, lambda g: g / len(g)),
            ),
        ),
        "fractions_cut_off": (
            "w loses its fractions. Do not turn it into whole numbers, nor round it.",
            (
                spoilt(new=lambda c: (c.start - c.step).astype(int)),
                spoilt(new=lambda c: np.round(c.start - c.step)),
            ),
        ),
    }


def with_lr(spoilt: Callable[..., Callable], lr: float) -> Callable:
    """A step with a learning rate of its own."""
    return _changed(spoilt(), lambda _w, g, options: (g, {**options, "lr": lr}))


def with_gradient(spoilt: Callable[..., Callable], rule: Callable) -> Callable:
    """A step along another gradient."""
    return _changed(spoilt(), lambda _w, g, options: (rule(g), options))


def _changed(step: Callable, rule: Callable) -> Callable:
    def changed(w, g, state, *epoch, **options):
        g, options = rule(w, g, options)
        return step(w, g, state, *epoch, **options)

    return changed


def lost(spoilt: Callable[..., Callable], *, keep: bool) -> Callable:
    """A step that stays where it is in the first call, and may keep what it has computed."""
    right = spoilt()

    def step(w, g, state, *epoch, **options):
        if state:
            return right(w, g, state, *epoch, **options)
        if keep:
            right(w, g, state, *epoch, **options)
        state["made"] = True
        return +w

    return step


def shared(spoilt: Callable[..., Callable]) -> Callable:
    """A step with one memory for all weights, emptied when a state is empty."""
    right, memory = spoilt(), {}

    def step(w, g, state, *epoch, **options):
        if not state:
            memory.clear()
            state["made"] = True
        return right(w, g, memory, *epoch, **options)

    return step


def own_w(spoilt: Callable[..., Callable]) -> Callable:
    """A step that remembers w, and looks at the given one at first only."""
    right = spoilt()

    def step(w, g, state, *epoch, **options):
        state["w"] = right(state.get("w", w), g, state, *epoch, **options)
        return state["w"]

    return step


def count(call: Any) -> int:
    """The number of this step."""
    call.state["count"] = call.state.get("count", 0) + 1
    return call.state["count"]


def with_defaults(spoilt: Callable[..., Callable], *others: dict[str, Any]) -> Known:
    """Other defaults than those of the def line."""
    names = " and ".join(dict.fromkeys(name for other in others for name in other))
    return {
        "other_default": (
            f"A default is another one ({names}). Write the def line as it is in the statement.",
            tuple(spoilt(other) for other in others),
        )
    }
