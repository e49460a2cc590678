"""Known mistakes of 8.8 in judging whether a gradient vanishes or explodes."""

from __future__ import annotations

from collections.abc import Callable

from grader.exercise import Mistake
from grader.mistakes.classic_networks.grad_norms_rules import grad_norms

HE = 2**0.5
SETTINGS = ((0.5, False, False), (HE, False, False), (HE, True, False), (HE, True, True))
LIKELY = (
    ("vanishes", "healthy", "explodes", "healthy"),
    ("vanishes", "vanishes", "healthy", "healthy"),
    ("vanishes", "healthy", "healthy", "healthy"),
    ("vanishes", "explodes", "explodes", "healthy"),
    ("healthy",) * 4,
)


def answered(change: Callable = lambda ratios: ratios, word: Callable | None = None) -> Callable:
    """A `fates` that judges other ratios or words them differently."""

    def named(ratio):
        return "explodes" if ratio > 1e3 else "vanishes" if ratio < 1e-3 else "healthy"

    def fates(x, weights):
        norms = [grad_norms()(x, weights, *setting) for setting in SETTINGS]
        return tuple((word or named)(ratio) for ratio in change([n[0] / n[-1] for n in norms]))

    return fates


def measured_with(*settings):
    """A `fates` of other settings."""

    def fates(x, weights):
        norms = [grad_norms()(x, weights, *setting) for setting in settings]
        return tuple(
            "explodes" if n[0] / n[-1] > 1e3 else "vanishes" if n[0] / n[-1] < 1e-3 else "healthy"
            for n in norms
        )

    return fates


def within(least, most):
    """A `fates` with other limits."""
    return answered(
        word=lambda q: "explodes" if q > most else "vanishes" if q < least else "healthy"
    )


def always(words: tuple[str, ...]) -> Callable:
    """A `fates` that does not look at the network."""
    return lambda x, weights: words


def unnormalized(x, weights):
    """Judges the gradient at x alone."""
    norms = [grad_norms()(x, weights, *setting)[0] for setting in SETTINGS]
    return tuple("explodes" if n > 1e3 else "vanishes" if n < 1e-3 else "healthy" for n in norms)


LISTED = {
    "ratio_upside_down": (
        "What vanishes and what explodes are exchanged, by the words or by the ratio. It is how "
        "much of the gradient reaches x, norms[0] / norms[-1]: small means that it vanishes.",
        (answered(lambda ratios: [1 / ratio for ratio in ratios]),),
    ),
    "other_settings": (
        "The four settings are gain 0.5, plain; and with gain √2: plain, residual, residual with "
        "batch normalization.",
        (
            measured_with((0.5, False, False), *((2.0, *rest[1:]) for rest in SETTINGS[1:])),
            measured_with((0.5, False, False), *((1.0, *rest[1:]) for rest in SETTINGS[1:])),
            measured_with(*((0.5, *rest[1:]) for rest in SETTINGS)),
            measured_with(*((HE, *rest[1:]) for rest in SETTINGS)),
            measured_with(*SETTINGS[:2], (HE, False, True), SETTINGS[3]),
            measured_with(*SETTINGS[:3], (HE, False, True)),
        ),
    ),
    "other_limits": (
        "It vanishes below 0.001 and explodes above 1000.",
        (
            *(within(10.0**-n, 10.0**n) for n in (1, 2, 4, 6)),
            *(within(1e-3, 10.0**n) for n in (1, 2)),
            within(1, 1),
        ),
    ),
    "gradient_at_x_alone": (
        "You judged the gradient at x by itself. Compare it with the one at the end: "
        "norms[0] / norms[-1].",
        (unnormalized,),
    ),
    "another_order": (
        "The answers come in another order than the settings.",
        (
            answered(lambda ratios: ratios[::-1]),
            answered(lambda ratios: [ratios[1], ratios[0], *ratios[2:]]),
            answered(lambda ratios: [*ratios[:2], ratios[3], ratios[2]]),
            answered(lambda ratios: [ratios[0], ratios[2], ratios[1], ratios[3]]),
        ),
    ),
    "not_measured": (
        "These answers do not depend on the network: measure the one you are given. With few "
        "layers, nothing vanishes or explodes.",
        tuple(map(always, LIKELY)),
    ),
    "setting_missing": (
        "There are four settings, so return four words.",
        (
            answered(lambda ratios: ratios[:3]),
            answered(lambda ratios: [ratios[0], *ratios[2:]]),
            answered(lambda ratios: ratios[1:]),
        ),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "fates", message, variants) for slug, (message, variants) in LISTED.items()
)
