"""Known mistakes of 4.6: conventions mixed up here, those of many updates next door."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.batch_normalization.repeated import converted
from grader.mistakes.batch_normalization.running_after import UPDATES

MOMENTUM = {
    "momentum_unchanged": (
        "The momentum came back as it was. Keras and D2L weigh the OLD value with it, torch the "
        'new one: return 1 - momentum for "keras" and "d2l", the names in lower case.',
        (
            lambda momentum, convention: momentum,
            lambda momentum, convention: 1 - (1 - momentum),
        ),
    ),
    "torch_changed": (
        "torch's own momentum was changed. It already weighs the new value: return it as it is.",
        (lambda momentum, convention: 1 - momentum,),
    ),
    "conventions_swapped": (
        "The conventions have changed places: keep torch's momentum, turn the others into "
        "1 - momentum.",
        (lambda momentum, convention: 1 - momentum if convention == "torch" else momentum,),
    ),
    "one_convention_only": (
        'One of the conventions is missing. Both "keras" and "d2l" weigh the old value.',
        (
            lambda momentum, convention: 1 - momentum if convention == "keras" else momentum,
            lambda momentum, convention: 1 - momentum if convention == "d2l" else momentum,
        ),
    ),
    "sign": (
        "The sign is wrong. What is left of the whole is 1 - momentum.",
        (
            lambda momentum, convention: momentum if convention == "torch" else momentum - 1,
            lambda momentum, convention: momentum if convention == "torch" else -momentum,
            lambda momentum, convention: momentum if convention == "torch" else 1 + momentum,
        ),
    ),
    "reciprocal": (
        "You took the reciprocal. The two weights add up to 1: return 1 - momentum.",
        (
            lambda momentum, convention: (
                momentum if convention == "torch" else float(np.divide(1, momentum))
            ),
            lambda momentum, convention: (
                momentum if convention == "torch" else float(np.divide(1 - momentum, momentum))
            ),
        ),
    ),
    "defaults_only": (
        "That is right for the usual numbers only. Compute it from momentum.",
        (
            lambda momentum, convention: {"torch": 0.1, "keras": 0.01, "d2l": 0.1}[convention],
            lambda momentum, convention: 0.1,
            lambda momentum, convention: momentum if convention == "torch" else 0.1,
        ),
    ),
    "rounded": (
        "The result is rounded. Return 1 - momentum as it is.",
        (
            lambda momentum, convention: round(converted(momentum, convention), 3),
            lambda momentum, convention: round(converted(momentum, convention), 2),
            lambda momentum, convention: round(converted(momentum, convention), 1),
            lambda momentum, convention: (
                momentum if convention == "torch" else round(1 - momentum, 2)
            ),
            lambda momentum, convention: (
                momentum if convention == "torch" else round(1 - momentum, 1)
            ),
        ),
    ),
}

MISTAKES = (
    *(Mistake(slug, "to_torch_momentum", *told) for slug, told in MOMENTUM.items()),
    *(Mistake(f"after_{slug}", "running_after", *told) for slug, told in UPDATES.items()),
)
