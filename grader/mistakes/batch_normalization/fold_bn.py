"""Known mistakes of 4.5: what the scale reaches, and what it is."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.batch_normalization.folded import Fold, fold, right_bias, scaled
from grader.mistakes.batch_normalization.spoilt import across
from grader.mistakes.shapes import only_if


def swapped(w, b, *args, **rest):
    """The results in the wrong order."""
    return fold()(w, b, *args, **rest)[::-1]


def without_bias(f: Fold) -> np.ndarray:
    """b2, which stays None where there was no bias."""
    return None if f.without else right_bias(f)


def needing_bias(w, b, *args, **rest):
    """A folding that computes with None."""
    only_if(b is not None, None)
    return fold()(w, b, *args, **rest)


KNOWN = {
    "none_not_handled": (
        "A bias of None is not handled. It counts as zeros: b2 = (0 - mean) * scale + beta.",
        (needing_bias,),
    ),
    "missing_bias_not_zero": (
        "A missing bias counts as 1. It adds nothing: put zeros in its place.",
        (fold(bias=lambda f: right_bias(f) + f.without * f.scale),),
    ),
    "gamma_absolute": (
        "gamma has lost its sign. The scale is gamma / sqrt(var + eps), negative if gamma is.",
        scaled(lambda f: np.abs(f.scale)),
    ),
    "eps_squared": (
        "eps is squared. Add it as it is: gamma / sqrt(var + eps).",
        scaled(lambda f: f.gamma / np.sqrt(f.var + f.eps**2)),
    ),
    "deviation_squared": (
        "running_var is squared, as if it were the standard deviation. It is the variance "
        "already: gamma / sqrt(var + eps).",
        scaled(lambda f: f.gamma / np.sqrt(f.var**2 + f.eps)),
    ),
    "variance_for_mean": (
        "running_var is taken off the bias. Take the mean off: b2 = (b - mean) * scale + beta.",
        (fold(bias=lambda f: (f.b - f.var) * f.scale + f.beta),),
    ),
    "bias_not_scaled": (
        "The old bias is not scaled. It goes through the normalization like everything else: "
        "b2 = (b - mean) * scale + beta.",
        (
            fold(bias=lambda f: f.b - f.mean * f.scale + f.beta),
            fold(bias=lambda f: f.b + (f.b - f.mean) * f.scale + f.beta),
        ),
    ),
    "bias_dropped": (
        "The old bias is lost. It is there before the normalization: "
        "b2 = (b - mean) * scale + beta.",
        (fold(bias=lambda f: f.beta - f.mean * f.scale),),
    ),
    "mean_not_scaled": (
        "The mean is not scaled. It is taken off before the scaling: "
        "b2 = (b - mean) * scale + beta.",
        (
            fold(bias=lambda f: f.b * f.scale - f.mean + f.beta),
            fold(bias=lambda f: f.b - f.mean + f.beta),
        ),
    ),
    "mean_dropped": (
        "The running mean is missing: b2 = (b - mean) * scale + beta.",
        (fold(bias=lambda f: f.b * f.scale + f.beta), fold(bias=lambda f: f.b + f.beta)),
    ),
    "mean_added": (
        "The running mean is added. Take it off: b2 = (b - mean) * scale + beta.",
        (
            fold(bias=lambda f: (f.b + f.mean) * f.scale + f.beta),
            fold(bias=lambda f: (f.mean - f.b) * f.scale + f.beta),
        ),
    ),
    "beta_dropped": (
        "beta is missing: b2 = (b - mean) * scale + beta.",
        (fold(bias=lambda f: (f.b - f.mean) * f.scale), fold(bias=lambda f: f.b * f.scale)),
    ),
    "beta_scaled": (
        "beta is scaled. It is added last: b2 = (b - mean) * scale + beta.",
        (
            fold(bias=lambda f: (f.b - f.mean + f.beta) * f.scale),
            fold(bias=lambda f: (f.b - f.mean) * f.scale + f.beta * f.gamma),
        ),
    ),
    "beta_subtracted": (
        "beta is subtracted. Add it: b2 = (b - mean) * scale + beta.",
        (fold(bias=lambda f: (f.b - f.mean) * f.scale - f.beta),),
    ),
    "bias_unchanged": (
        "The bias stayed as it was. The normalization shifts it: b2 = (b - mean) * scale + beta.",
        (fold(bias=lambda f: +f.b), fold(bias=lambda f: +f.beta)),
    ),
    "weights_unchanged": (
        "The weights stayed as they were. Each filter is multiplied by gamma / sqrt(var + eps).",
        (fold(weights=lambda f: +f.w),),
    ),
    "no_bias_kept": (
        "Without an old bias, b2 is None or zero. There is one now all the same: treat the "
        "missing bias as zeros.",
        (
            fold(bias=without_bias),
            fold(bias=lambda f: np.zeros_like(f.b) if f.without else right_bias(f)),
            fold(bias=lambda f: +f.beta if f.without else right_bias(f)),
        ),
    ),
    "no_eps": (
        "eps is missing: the scale is gamma / sqrt(var + eps).",
        scaled(lambda f: f.gamma / np.sqrt(f.var)),
    ),
    "eps_outside": (
        "eps is added outside the root. It belongs inside: gamma / sqrt(var + eps).",
        (
            *scaled(lambda f: f.gamma / (np.sqrt(f.var) + f.eps)),
            *scaled(lambda f: f.gamma / np.sqrt(f.var) + f.eps, apart=False),
        ),
    ),
    "eps_fixed": (
        "eps is a fixed number. Use the argument eps: some cases give another one.",
        (
            *scaled(lambda f: f.gamma / np.sqrt(f.var + 1e-5)),
            *scaled(lambda f: f.gamma / np.sqrt(f.var + 1e-3), apart=False),
        ),
    ),
    "no_sqrt": (
        "You divided by the variance. Divide by its root: gamma / sqrt(var + eps).",
        (
            *scaled(lambda f: f.gamma / (f.var + f.eps)),
            *scaled(lambda f: f.gamma / f.var, apart=False),
        ),
    ),
    "gamma_forgotten": (
        "gamma is missing: the scale is gamma / sqrt(var + eps).",
        scaled(lambda f: 1 / f.root),
    ),
    "not_divided": (
        "You multiplied by gamma, but did not divide by the deviation: the scale is "
        "gamma / sqrt(var + eps).",
        scaled(lambda f: f.gamma),
    ),
    "multiplied_by_deviation": (
        "You multiplied by the standard deviation. Divide by it: gamma / sqrt(var + eps).",
        scaled(lambda f: f.gamma * f.root),
    ),
    "inverted": (
        "The scale is upside down: multiply by gamma / sqrt(var + eps), do not divide by it.",
        scaled(lambda f: f.root / f.gamma),
    ),
    "gamma_beta_swapped": (
        "gamma and beta have changed places: gamma scales, beta is added.",
        (
            fold(
                lambda f: f.times(f.beta / f.root),
                lambda f: (f.b - f.mean) * f.beta / f.root + f.gamma,
            ),
        ),
    ),
    "statistics_swapped": (
        "running_mean and running_var have changed places.",
        (
            fold(
                lambda f: f.times(f.gamma / np.sqrt(f.mean + f.eps)),
                lambda f: (f.b - f.var) * f.gamma / np.sqrt(f.mean + f.eps) + f.beta,
            ),
        ),
    ),
    "scaled_twice": (
        "The scale works twice. Multiply by it once.",
        (
            fold(weights=lambda f: f.times(f.scale**2)),
            fold(bias=lambda f: (f.b - f.mean) * f.scale**2 + f.beta),
            fold(
                lambda f: f.times(f.scale**2),
                lambda f: (f.b - f.mean) * f.scale**2 + f.beta,
            ),
        ),
    ),
    "weights_shifted": (
        "The weights are shifted. Only the bias takes the mean off and adds beta; the weights "
        "are only scaled.",
        (
            fold(weights=lambda f: f.times(f.scale) + across(f.beta, 4, 0)),
            fold(weights=lambda f: (f.w - across(f.mean, 4, 0)) * across(f.scale, 4, 0)),
            fold(
                weights=lambda f: (
                    (f.w - across(f.mean, 4, 0)) * across(f.scale, 4, 0) + across(f.beta, 4, 0)
                )
            ),
        ),
    ),
    "one_scale": (
        "All filters are scaled alike. Each output channel has its own gamma and variance.",
        (
            fold(weights=lambda f: f.w * f.scale[0]),
            fold(weights=lambda f: f.w * f.scale.mean()),
            fold(weights=lambda f: f.w * f.scale[-1]),
            *scaled(lambda f: np.full_like(f.scale, f.scale.mean()))[::2],
            *scaled(lambda f: np.full_like(f.scale, f.scale[0]))[::2],
        ),
    ),
    "results_swapped": ("The results are in the wrong order. Return w2, b2.", (swapped,)),
    "in_channel_axis": (
        "The scale runs along the wrong axis. It belongs to the output channels, axis 0 of w: "
        "reshape it to (F, 1, 1, 1).",
        tuple(fold(weights=lambda f, axis=axis: f.times(f.scale, axis)) for axis in (1, 2, 3)),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "fold_bn", message, variants) for slug, (message, variants) in KNOWN.items()
)
