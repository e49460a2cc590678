"""Known mistakes of 8.2, each in a training so small that it takes no time.

Whoever makes one of them gets other numbers, with another network. So a training is not
recognised by its numbers but by its symptoms (`grader.training`); these show that they are told
apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.classic_networks.parts import softmax


@dataclass(frozen=True)
class Rules:
    """How a linear classifier is trained; it would be right for digits of 8 × 8 pixels.

    Args:
        rate: the learning rate; negative, it climbs.
        scale: what x and x_new are divided by, from the standard deviation of x.
        scale_new: the same for x_new alone.
        centre: what is taken off x_new, from x and x_new.
        pairs: how the labels are put to the images, from t and a generator.
        told: what is made of the mean loss of an epoch; also gets the number of images.
        guess: from the scores of the new images and a generator to the guesses.
        update: whether the weights are changed.
    """

    rate: float = 0.1
    scale: Callable[[float], float] = lambda std: std
    scale_new: Callable[[float], float] | None = None
    centre: Callable = lambda x, x_new: x.mean()
    pairs: Callable = lambda t, rng: t
    told: Callable[[float, int], float] = lambda loss, count: loss
    guess: Callable = lambda scores, rng: scores.argmax(1)
    update: bool = True


def training(**rules) -> Callable:
    """A `train_lenet` that follows other rules."""
    r = Rules(**rules)

    def train_lenet(x, t, x_new, epochs, seed):
        rng = np.random.default_rng(seed)
        mean, std = x.mean(), x.std()
        rows = ((x - mean) / r.scale(std)).reshape(len(x), -1)
        new = ((x_new - r.centre(x, x_new)) / (r.scale_new or r.scale)(std)).reshape(len(x_new), -1)
        w, b, losses = np.zeros((10, rows.shape[1])), np.zeros(10), []
        labels = np.eye(10)[r.pairs(t, rng)]
        for _ in range(epochs):
            total = 0.0
            for own in np.array_split(rng.permutation(len(x)), max(len(x) // 100, 1)):
                with np.errstate(all="ignore"):
                    p = softmax(rows[own] @ w.T + b)
                    total -= np.log(np.maximum((p * labels[own]).sum(1), 1e-300)).sum()
                d = (p - labels[own]) / len(own)
                w, b = w - r.update * r.rate * d.T @ rows[own], b - r.update * r.rate * d.sum(0)
            losses.append(float(r.told(total / len(x), len(x))))
        return losses, r.guess(np.nan_to_num(new @ w.T + b), rng)

    return train_lenet


LISTED = {
    "loss_not_finite": (
        "The losses are no longer numbers: the learning rate is too large, or the softmax "
        "overflows.",
        (training(told=lambda loss, count: np.inf), training(told=lambda loss, count: np.nan)),
    ),
    "loss_too_large": (
        "The first loss is far above ln 10: it is a sum instead of a mean, or the images are left "
        "as large as they come.",
        (
            training(told=lambda loss, count: 32 * loss, guess=lambda z, rng: 0 * z.argmax(1)),
            training(rate=5.0, scale=lambda std: std / 50),
        ),
    ),
    "loss_rises": (
        "The loss rises: the gradient is added instead of subtracted.",
        (training(rate=-0.01), training(rate=-0.003)),
    ),
    "no_learning": (
        "The loss stays at ln 10: nothing is learned.",
        (training(update=False), training(rate=1e-9)),
    ),
    "labels_mixed_up": (
        "The labels do not belong to the images: both must be shuffled by the same order.",
        (training(pairs=lambda t, rng: rng.permutation(t)),),
    ),
    "test_images_differ": (
        "The training goes well, but the new images are treated in another way.",
        (training(guess=lambda z, rng: rng.integers(0, 10, len(z))),),
    ),
    "all_guesses_off": (
        "Fewer guesses are right than by chance: they are off in the same way throughout.",
        (
            training(guess=lambda z, rng: (z.argmax(1) + 1) % 10),
            training(guess=lambda z, rng: z.argmin(1)),
        ),
    ),
    "one_guess_for_all": (
        "All guesses are the same.",
        (
            training(guess=lambda z, rng: 0 * z.argmax(1)),
            training(guess=lambda z, rng: np.full(len(z), z.argmax() % 10)),
        ),
    ),
    "new_images_looked_at": (
        "The guess for a new image changes with the other new images: each must be named by "
        "itself.",
        (
            training(centre=lambda x, x_new: x_new.mean()),
            training(guess=lambda z, rng: rng.permutation(z.argmax(1))),
        ),
    ),
    "scores_returned": (
        "The guesses are scores. Return the class with the largest one: scores.argmax(axis=1).",
        (training(guess=lambda z, rng: z),),
    ),
    "argmax_of_columns": (
        "There is a guess for each class, or one for all. Take the argmax of each row: "
        "scores.argmax(axis=1).",
        (
            training(guess=lambda z, rng: z.argmax(0)),
            training(guess=lambda z, rng: z.argmax()),
        ),
    ),
    "losses_do_not_fall": (
        "The losses are not those of a training: return the mean loss of each epoch, the first "
        "one first.",
        (training(rate=0.5, told=lambda loss, count: 0.0),),
    ),
    "new_images_worse": (
        "The images of x are learned, and the new ones come out worse.",
        (training(rate=2.0, told=lambda loss, count: 0.01 * loss),),
    ),
    "too_few_right": (
        "It learns, but not enough.",
        (training(), training(rate=0.003)),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "train_lenet", message, variants) for slug, (message, variants) in LISTED.items()
)
