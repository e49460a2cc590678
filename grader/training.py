"""Judge a training by what came out: losses that fall, and guesses at images never seen.

There are many right trainings, so nothing is compared number by number. What went wrong is read
from symptoms: where the losses begin, where they end, and how often the guesses are right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.case import Case, Inputs
from grader.plain import Foreign, name_of
from grader.verdict import Failure

# A loss this near to that of mere chance has learned nothing; shuffled labels leave a bit more.
NOTHING, LITTLE = 0.02, 0.35
# With so small a loss for each share of wrong guesses, the new images are not like the old ones.
GAP = 0.5
CLASSES = 10


@dataclass(frozen=True)
class InOtherCompany:
    """Train twice with the same images, and put white ones in the place of half of the new ones."""

    def __call__(self, function: Callable[..., Any], inputs: Inputs) -> Any:
        """What the function returns, and what it returns for the first new images and others."""
        value = function(**inputs)
        if not isinstance(value, tuple | list):
            return [value, None]
        x_new = inputs["x_new"].copy()
        x_new[len(x_new) // 2 :] = inputs["x"].max()
        return [value, function(**inputs | {"x_new": x_new})]

    def texts(self, _: Inputs) -> dict[str, str]:
        """Nothing is written in another way."""
        return {}

    def paste(self, call: str) -> str:
        """The code that does the first half of it."""
        return call


def compare_training(
    case: Case, value: Any, labels: Any, *, repeatable: bool = True
) -> Failure | None:
    """The first thing that is wrong with the losses and guesses of a training, or None.

    Args:
        case: which share of the guesses must be right, and how many epochs there are.
        value: what the learner's function returned, as plain data: losses and guesses.
        labels: (M,), what the new images show.
        repeatable: whether a second call gave the same.
    """
    epochs, other = int(case.inputs()["epochs"]), None
    if case.drive:
        (value, other), labels = value, labels[0]
    failure = check_form(value, epochs, len(labels))
    if failure:
        return failure
    if other is not None and repeatable:
        failure = check_form(other, epochs, len(labels)) or _swayed(value, other, case)
        if failure:
            return failure
    losses, guesses = (np.asarray(part) for part in value)
    if not np.isfinite(losses).all():
        return _symptom("loss_not_finite", NOT_FINITE, case)
    share, least = float(np.mean(guesses == labels)), case.least[0][1]
    if share >= least:
        return _implausible(losses, case)
    classes = int(labels.max()) + 1
    told = f"{share:.4f} of the new images are right; {least:g} is asked for. "
    slug, text = symptom(losses, guesses, share, classes)
    return _symptom(slug, told + text, case, received=share, expected=least)


def _swayed(value: Any, other: Any, case: Case) -> Failure | None:
    """Whether the first guesses change with the other new images."""
    own, others = (np.asarray(guesses)[: len(guesses) // 2] for _, guesses in (value, other))
    return None if np.array_equal(own, others) else _symptom("new_images_looked_at", SWAYED, case)


def check_form(value: Any, epochs: int, images: int) -> Failure | None:
    """Whether there is one loss for each epoch and one whole number for each new image."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        text = f"Return two things, losses and guesses; you returned {name_of(value)}."
        return Failure("type", text)
    losses, guesses = map(_as_array, value)
    if losses is None or losses.dtype.kind not in "fiu" or losses.shape != (epochs,):
        text = f"`losses` must be {epochs} numbers, one for each epoch, but is {_shown(value[0])}."
        return Failure("type", text, output="losses")
    if guesses is not None and guesses.ndim == 2 and len(guesses) == images:
        text = (
            f"`guesses` has shape {guesses.shape}: a score for each class. Return the class with "
            "the largest one: scores.argmax(axis=1)."
        )
        return Failure("shape", text, output="guesses", symptom="scores_returned")
    if guesses is None or guesses.shape != (images,) or guesses.dtype.kind not in "iu":
        text = (
            f"`guesses` must be {images} whole numbers, one for each image of x_new, but is "
            f"{_shown(value[1])}."
        )
        if guesses is not None and guesses.dtype.kind in "iu" and guesses.size in (1, CLASSES):
            text += " Take the argmax of each row: scores.argmax(axis=1)."
            return Failure("shape", text, output="guesses", symptom="argmax_of_columns")
        return Failure("type", text, output="guesses")
    return None


def _as_array(value: Any) -> np.ndarray | None:
    """Numbers as an array; None if they are none, or do not lie in a row."""
    if isinstance(value, tuple | list):
        if not all(isinstance(item, int | float | np.ndarray) for item in value):
            return None
        if not all(np.ndim(item) == 0 for item in value):
            return None
        return np.array([np.asarray(item)[()] for item in value])
    if isinstance(value, int) and not isinstance(value, bool):
        return np.array(value)
    return value if isinstance(value, np.ndarray) else None


def _shown(value: Any) -> str:
    text = name_of(value)
    kind = "" if isinstance(value, Foreign) else str(getattr(value, "dtype", ""))
    return f"{text}, {kind}" if kind else text


def _implausible(losses: np.ndarray, case: Case) -> Failure | None:
    """Guesses may be right and the losses not: they must be those of a training."""
    if len(losses) < 2 or 0 < losses[-1] < losses[0]:
        return None
    return _symptom("losses_do_not_fall", NOT_FALLING, case)


def symptom(losses: np.ndarray, guesses: np.ndarray, share: float, classes: int) -> tuple[str, str]:
    """What a training that is not good enough suffers from: a slug, and what to do.

    Args:
        losses: one for each epoch.
        guesses: one for each new image.
        share: how many of them are right, from 0 to 1.
        classes: how many there are.
    """
    chance, first, last = float(np.log(classes)), float(losses[0]), float(losses[-1])
    told = {"chance": chance, "classes": classes, "first": first, "last": last}
    for slug, applies, text in (
        ("loss_too_large", first > 3 * chance, TOO_LARGE),
        ("loss_rises", last > first + NOTHING, RISES),
        ("no_learning", last > chance - NOTHING, NO_LEARNING),
        ("labels_mixed_up", last > chance - LITTLE and share < 2 / classes, MIXED_UP),
        ("one_guess_for_all", len(np.unique(guesses)) == 1, ONE_GUESS),
        ("all_guesses_off", last < 0.5 * chance and share < 0.4 / classes, OFF),
        ("test_images_differ", last < 0.5 * chance and share < 0.5, DIFFER),
        ("new_images_worse", last < GAP * (1 - share), WORSE),
    ):
        if applies:
            return slug, text.format(**told)
    return "too_few_right", TOO_FEW.format(**told)


def _symptom(slug: str, text: str, case: Case, **numbers: Any) -> Failure:
    return Failure("learning", text, symptom=slug, group=case.group, **numbers)


NOT_FINITE = (
    "The losses are no longer numbers. Either the learning rate is too large (divide it by ten), "
    "or the softmax overflows: subtract each row's largest score before the exponential."
)
NOT_FALLING = (
    "The guesses are right, but the losses are not those of a training: they do not fall. Return "
    "the mean loss of each epoch, the first one first."
)
TOO_LARGE = (
    "The losses begin at {first:.3g}. A network that knows nothing has ln {classes} = "
    "{chance:.2f}. Is your loss a sum over the batch instead of a mean? Is the learning rate far "
    "too large? Are the images left as large as they come? Subtract the mean of x and divide by "
    "its standard deviation."
)
RISES = (
    "The loss rises from {first:.3g} to {last:.3g}. Is the gradient added instead of subtracted, "
    "or the learning rate too large? Or do the gradients of earlier batches add up?"
)
NO_LEARNING = (
    "The loss stays at {last:.3f}; ln {classes} = {chance:.3f} is what mere guessing costs. "
    "Nothing is learned: does the update reach the weights that the network uses? Do the labels "
    "belong to the images, with the same order for both: x[order] and t[order]? Is the learning "
    "rate far too small, or far too large? Sigmoids need many more epochs than ReLU."
)
MIXED_UP = (
    "The loss hardly falls, to {last:.2f}, and the guesses are no better than chance: the labels "
    "do not belong to the images. Shuffle both by the *same* order: x[order] and t[order]."
)
DIFFER = (
    "The training goes well, the loss ends at {last:.3f}, but the new images come out wrong. Treat "
    "x_new exactly as x: the mean and standard deviation of x for both. Put the network into "
    "evaluation, and leave the new images in their order."
)
SWAYED = (
    "The guess for a new image changes with the *other* new images. Each must be named by itself, "
    "in its own place: normalize by the mean and standard deviation of x alone, put the network "
    "into evaluation if it has batch normalization or dropout, do not shuffle x_new, and learn "
    "nothing from it."
)
WORSE = (
    "The images of x are learned, with a loss of {last:.3f} in the end, but the new ones come out "
    "worse. Treat x_new exactly as x: the mean and standard deviation of x for both. If it is so "
    "already, x is learned by heart: take fewer features, or shift the images a little."
)
ONE_GUESS = "All guesses are the same. Take the argmax of each row: scores.argmax(axis=1)."
OFF = (
    "The training goes well, the loss ends at {last:.3f}, but fewer of the guesses are right than "
    "by chance: they are off in the same way throughout. A guess is the place of the largest "
    "score, argmax and not argmin, counted from 0 to 9."
)
TOO_FEW = (
    "The loss goes from {first:.2f} to {last:.3f}: it learns, but not enough. Try Adam, another "
    "learning rate (three times as large, a third), smaller batches, ReLU and max pooling."
)
