"""Known mistakes of 6.5: other rules, in another order; other epochs, next door."""

from __future__ import annotations

from grader.exercise import Mistake
from grader.mistakes.regularization.epochs import EPOCHS
from grader.mistakes.regularization.runs import judged, swapped_curves, with_baseline


def falling(rule):
    """Another rule for a run that has not converged."""
    return judged({"not converged": rule})


def high(rule):
    """Another rule for underfitting."""
    return judged({"underfit": rule})


def apart(rule):
    """Another rule for overfitting."""
    return judged({"overfit": rule})


RULES = {
    "gap_only": (
        "You asked for the gap between the curves alone. Two curves can lie close together and "
        "far too high: ask for the level first.",
        (
            judged({"underfit": None}),
            judged({"underfit": None, "not converged": None}),
        ),
    ),
    "level_only": (
        "You asked for the level of the training error alone. It may be low because the examples "
        "were learned by heart: ask for the gap to the validation error too.",
        (
            judged({"overfit": None}),
            judged({"overfit": None, "not converged": None}),
        ),
    ),
    "few_examples_underfit": (
        "You took a high validation error for underfitting. With few examples the training error "
        "is low and the validation error high: that is overfitting. Underfitting shows in the "
        "training error.",
        (
            high(lambda s: s.val - s.baseline > 5),
            high(lambda s: s.gap > 5 or s.level > 5),
            high(lambda s: (s.train + s.val) / 2 - s.baseline > 5),
        ),
    ),
    "no_baseline": (
        "The baseline is not used. Whether 20 % is much depends on the task: compare the training "
        "error with the baseline.",
        (
            judged(seen=with_baseline(0.0)),
            judged(seen=with_baseline(5.0)),
            judged(seen=with_baseline(8.0)),
            judged(seen=with_baseline(10.0)),
            judged(seen=with_baseline(15.0)),
            judged(seen=with_baseline(20.0)),
        ),
    ),
    "gap_to_baseline": (
        "You compared the validation error with the baseline. The gap is between validation and "
        "training.",
        (
            apart(lambda s: s.val - s.baseline > 5),
            apart(lambda s: s.gap > 5 or s.val - s.baseline > 5),
            apart(lambda s: s.gap > 5 and s.val - s.baseline > 5),
        ),
    ),
    "size_of_difference": (
        "You took the size of a difference, or its opposite. A training error far below the "
        "baseline is no underfitting, a validation error below the training error no overfitting, "
        "a rising error not falling.",
        (
            high(lambda s: abs(s.level) > 5),
            apart(lambda s: abs(s.gap) > 5),
            falling(lambda s: min(map(abs, s.falls)) > 2),
            high(lambda s: -s.level > 5),
            apart(lambda s: -s.gap > 5),
            falling(lambda s: max(s.falls) < -2),
            judged(
                {
                    "not converged": lambda s: min(map(abs, s.falls)) > 2,
                    "underfit": lambda s: abs(s.level) > 5,
                    "overfit": lambda s: abs(s.gap) > 5,
                }
            ),
            judged(
                {"underfit": lambda s: abs(s.level) > 5, "overfit": lambda s: abs(s.gap) > 5},
            ),
        ),
    ),
    "one_falls": (
        "A run has not converged if BOTH errors still fall by more than 2. If only training falls, "
        "more epochs do not help on new images.",
        (
            falling(lambda s: max(s.falls) > 2),
            falling(lambda s: s.falls[0] > 2),
            falling(lambda s: s.falls[1] > 2),
            falling(lambda s: s.falls[0] > 2 and s.falls[1] > 0),
            falling(lambda s: s.falls[1] > 2 and s.falls[0] > 0),
            falling(lambda s: sum(s.falls) > 2),
            falling(lambda s: sum(s.falls) > 4),
        ),
    ),
    "never_not_converged": (
        "You never ask whether the errors still fall. Do so first: a run that has not converged "
        "is judged too early.",
        (judged({"not converged": None}),),
    ),
    "rates": (
        "The errors are percentages, and so are the borders: 2 and 5, not 0.02 and 0.05.",
        (
            judged(
                {
                    "not converged": lambda s: min(s.falls) > 0.02,
                    "underfit": lambda s: s.level > 0.05,
                    "overfit": lambda s: s.gap > 0.05,
                }
            ),
        ),
    ),
    "other_border": (
        "A border lies elsewhere: errors fall if it is by more than 2, and differ if it is by "
        "more than 5.",
        (
            falling(lambda s: min(s.falls) > 5),
            falling(lambda s: min(s.falls) > 0),
            falling(lambda s: min(s.falls) > 1),
            high(lambda s: s.level > 2),
            high(lambda s: s.level > 10),
            high(lambda s: s.level > 0),
            apart(lambda s: s.gap > 2),
            apart(lambda s: s.gap > 10),
            apart(lambda s: s.gap > 0),
            judged({"underfit": lambda s: s.level > 2, "overfit": lambda s: s.gap > 2}),
            judged(
                {
                    "not converged": lambda s: min(s.falls) > 5,
                    "underfit": lambda s: s.level > 2,
                    "overfit": lambda s: s.gap > 2,
                }
            ),
        ),
    ),
    "border_included": (
        "On the border itself you decide the other way. More than 2, and more than 5: use >, not "
        ">=.",
        (
            falling(lambda s: min(s.falls) >= 2),
            high(lambda s: s.level >= 5),
            apart(lambda s: s.gap >= 5),
            judged(
                {
                    "not converged": lambda s: min(s.falls) >= 2,
                    "underfit": lambda s: s.level >= 5,
                    "overfit": lambda s: s.gap >= 5,
                }
            ),
        ),
    ),
    "ratios": (
        "You compared by ratios. The borders are differences: 5 percentage points, not 5 % of the "
        "error.",
        (
            apart(lambda s: s.val > 1.05 * s.train),
            high(lambda s: s.train > 1.05 * s.baseline),
            falling(lambda s: s.train < 0.98 * s.before and s.val < 0.98 * s.val_before),
            apart(lambda s: s.val > 1.5 * s.train),
            high(lambda s: s.train > 1.5 * s.baseline),
            apart(lambda s: s.val > 2 * s.train),
            high(lambda s: s.train > 2 * s.baseline),
        ),
    ),
    "order": (
        "The rules are asked in another order. First whether both errors still fall, then for the "
        "level, then for the gap.",
        (
            judged(order=("not converged", "overfit", "underfit")),
            judged(order=("underfit", "not converged", "overfit")),
            judged(order=("underfit", "overfit", "not converged")),
            judged(order=("overfit", "underfit", "not converged")),
            judged(order=("overfit", "not converged", "underfit")),
        ),
    ),
    "curves_swapped": (
        "The curves have changed places. The first is the training error, the second the "
        "validation error.",
        (judged(seen=swapped_curves),),
    ),
    "names_swapped": (
        'The names have changed places. High and close together is "underfit", low and far apart '
        'is "overfit".',
        (judged(words=lambda w: {"underfit": "overfit", "overfit": "underfit"}.get(w, w)),),
    ),
    "spelling": (
        'The word is spelled differently. Return exactly "not converged", "underfit", "overfit" '
        'or "ok".',
        (
            judged(words=str.capitalize),
            judged(words=str.upper),
            judged(words=lambda word: word.replace(" ", "_")),
            judged(words=lambda word: word.replace(" ", "-")),
            judged(words=lambda word: word.replace("fit", "fitting")),
            judged(words=lambda word: word.replace("fit", "fitted")),
            judged(words=lambda word: {"ok": "good fit"}.get(word, word)),
            judged(words=lambda word: {"ok": "OK"}.get(word, word)),
            judged(words=lambda word: {"ok": "good"}.get(word, word)),
        ),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "diagnose", message, variants)
    for slug, (message, variants) in {**RULES, **EPOCHS}.items()
)
