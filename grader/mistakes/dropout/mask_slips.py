"""The slips with a mask that dropout, its spatial kind and DropConnect share."""

from __future__ import annotations

import numpy as np

from grader.mistakes.dropout.masks import (
    Mask,
    at,
    both_ways,
    by_share,
    dropped,
    enlarged,
    evaluation,
    exact_count,
    kept,
    nan_at_1,
    old_form,
    own_draws,
    right,
    stops_at_1,
    training,
)

# Slug: message, wrong masks.
SLIPS: dict[str, tuple[str, tuple[Mask, ...]]] = {
    "scale_by_p": (
        "What is kept is divided by p. p is the share that is dropped; divide by the share that "
        "is kept, 1 - p.",
        both_ways(kept, lambda p: 1 / p, divides="p"),
    ),
    "multiplied_by_keep": (
        "What is kept is multiplied by 1 - p, which makes it smaller still. Divide by 1 - p: it "
        "must make up for what is dropped.",
        (training(kept, lambda p: 1 - p), training(kept, lambda p: p)),
    ),
    "scaled_twice": (
        "What is kept is divided by 1 - p twice. Once is enough.",
        both_ways(kept, lambda p: 1 / (1 - p) ** 2),
    ),
    "scale_by_root": (
        "What is kept is divided by the root of 1 - p. That keeps the size of the squares; "
        "dropout keeps the mean, so divide by 1 - p.",
        both_ways(kept, lambda p: 1 / (1 - p) ** 0.5),
    ),
    "eps_added": (
        "A small number is added to 1 - p, so that every factor is a little off. Divide by 1 - p "
        "itself, and treat p = 1 apart.",
        tuple(
            training(kept, lambda p, eps=eps: 1 / (1 - p + eps))
            for eps in (1e-5, 1e-6, 1e-7, 1e-8, 1e-10)
        ),
    ),
    "other_factor": (
        "The factor of what is kept is not 1 / (1 - p). A share 1 - p is kept, and the mean must "
        "stay as it was.",
        (
            training(kept, lambda p: 1 + p),
            *both_ways(kept, lambda p: p / (1 - p)),
        ),
    ),
    "scale_fixed": (
        "What is kept is always multiplied by the same number. The factor depends on p: "
        "1 / (1 - p).",
        (training(kept, lambda p: 2.0), training(kept, lambda p: 1.25)),
    ),
    "threshold_fixed": (
        "p does not decide what is kept. Compare the draws with p: keep where u >= p.",
        (
            training(lambda u, p: u >= 0.5, enlarged),
            training(lambda u, p: np.round(u), enlarged),
            training(lambda u, p: u >= 0.5, lambda p: 2.0),
        ),
    ),
    "p_is_keep": (
        "p is taken for the share that is kept. It is the share that is dropped, as in torch: "
        "keep where u >= p, and divide by 1 - p.",
        (
            *both_ways(dropped, lambda p: 1 / p, divides="p"),
            *both_ways(lambda u, p: u <= p, lambda p: 1 / p, divides="p"),
            *both_ways(lambda u, p: u >= 1 - p, lambda p: 1 / p, divides="p"),
            *both_ways(lambda u, p: u > 1 - p, lambda p: 1 / p, divides="p"),
        ),
    ),
    "mask_complement": (
        "You keep what should be dropped. Keep where u >= p.",
        (
            *both_ways(dropped, enlarged),
            *both_ways(lambda u, p: u <= p, enlarged),
        ),
    ),
    "complement_unscaled": (
        "You keep where u < p, which are those to drop, and do not enlarge them. Keep where "
        "u >= p, and divide by 1 - p.",
        (training(dropped, lambda p: 1.0), training(lambda u, p: u <= p, lambda p: 1.0)),
    ),
    "keeps_a_share_p": (
        "You compare u with 1 - p, so that a share p is kept. Keep where u >= p: that is a share "
        "of 1 - p.",
        (
            *both_ways(lambda u, p: u >= 1 - p, enlarged),
            *both_ways(lambda u, p: u > 1 - p, enlarged),
            training(lambda u, p: u >= 1 - p, lambda p: 1.0),
        ),
    ),
    "other_end": (
        "You keep where u < 1 - p. As many are kept, but others than asked for: keep where u >= p.",
        (
            *both_ways(lambda u, p: u < 1 - p, enlarged),
            *both_ways(lambda u, p: u <= 1 - p, enlarged),
        ),
    ),
    "other_end_unscaled": (
        "You keep where u < 1 - p, and do not enlarge it. Keep where u >= p, and divide by 1 - p.",
        (training(lambda u, p: u < 1 - p, lambda p: 1.0),),
    ),
    "tie_dropped": (
        "A draw that is equal to p must keep its number: u >= p, not u > p.",
        (
            *both_ways(lambda u, p: u > p, enlarged),
            training(lambda u, p: u > p, lambda p: 1.0),
        ),
    ),
    "share_kept": (
        "What is kept is divided by the share that was kept this time. Divide by 1 - p, the "
        "share that is kept on average.",
        (by_share,),
    ),
    "exact_share": (
        "You drop a fixed number of them. Each is decided by its own draw: keep where u >= p, "
        "however many those are.",
        (exact_count(int), exact_count(round), exact_count(lambda n: int(np.ceil(n)))),
    ),
    "own_draws": (
        "u is not used. It holds the draws: compare it with p, and draw nothing yourself, so "
        "that the result is the same each time.",
        (
            own_draws(lambda: np.random.default_rng(0)),
            own_draws(lambda: np.random.default_rng(1)),
            own_draws(lambda: np.random.default_rng(42)),
            own_draws(lambda: np.random.RandomState(0)),
            own_draws(lambda: np.random.RandomState(42)),
        ),
    ),
    "u_as_factor": (
        "You multiply by u. u only decides what is kept: compare it with p.",
        (
            lambda u, p, train: u * right(u, p, train) if train else np.ones_like(u),
            lambda u, p, train: u + 0 if train else np.ones_like(u),
            lambda u, p, train: u * (u >= p) if train else np.ones_like(u),
        ),
    ),
    "active_in_eval": (
        "Something is dropped in evaluation. With train=False dropout does nothing: y as without "
        "it, and a mask of ones.",
        (
            lambda u, p, train: right(u, p, True),
            lambda u, p, train: stops_at_1(u, p, True),
            evaluation(kept),
            lambda u, p, train: stops_at_1(u, p, train) if train else kept(u, p) * 1.0,
        ),
    ),
    "eval_scaled": (
        "There is a factor in evaluation. The division by 1 - p in training has made up for what "
        "is dropped, so with train=False nothing happens: y as without dropout, a mask of ones.",
        (
            evaluation(lambda u, p: 1 - p),
            evaluation(lambda u, p: enlarged(p)),
            evaluation(lambda u, p: p),
        ),
    ),
    "old_form": (
        "That is the dropout of 2012: no factor in training, 1 - p in evaluation. Today's divides "
        "by 1 - p in training, and does nothing in evaluation.",
        (old_form,),
    ),
    "unscaled_and_active": (
        "What is kept is not enlarged, and something is dropped in evaluation too. Divide by "
        "1 - p in training; with train=False nothing happens: y as without dropout, a mask of "
        "ones.",
        (lambda u, p, train: (u >= p) * np.ones_like(u),),
    ),
    "modes_swapped": (
        "Training and evaluation have changed places. Something is dropped if train is True.",
        (
            lambda u, p, train: right(u, p, not train),
            lambda u, p, train: np.ones_like(u) if train else (u >= p) * np.ones_like(u),
        ),
    ),
    "never_active": (
        "Nothing is dropped in training. With train=True, keep only where u >= p.",
        (
            lambda u, p, train: np.ones_like(u),
            lambda u, p, train: np.full_like(u, enlarged(p)) if train else np.ones_like(u),
        ),
    ),
    "eval_drops_all": (
        "In evaluation all is 0. With train=False nothing is dropped: y as without dropout, and "
        "a mask of ones.",
        (evaluation(lambda u, p: 0),),
    ),
    "nan_at_p1": (
        "p = 1 goes wrong: 1 / (1 - p) is no number there. Nothing is kept, so all is as if x "
        "were 0, and the mask is all 0, of the dtype of u: treat p = 1 apart.",
        (nan_at_1, stops_at_1, at(1, lambda u: np.inf)),
    ),
    "p1_keeps_all": (
        "With p = 1 nothing is dropped. It is the other way round: p = 1 drops everything.",
        (at(1, lambda u: 1),),
    ),
    "p1_before_mode": (
        "With p = 1 everything is dropped in evaluation too. Ask for train first: with train=False "
        "nothing is dropped, whatever p is.",
        (lambda u, p, train: right(u, p, train) * (p < 1),),
    ),
    "p0_drops_all": (
        "With p = 0 everything is dropped. It is the other way round: p = 0 drops nothing.",
        (at(0, lambda u: 0),),
    ),
}

# Slips with the mask that make y and the mask wrong in different ways.
NOT_RESCALED = (
    "What is kept is not enlarged. Divide it by 1 - p, so that the mean stays as it was: the "
    "mask is 0 or 1 / (1 - p), and y is made with it."
)
MASK_UNSCALED = (
    "y is right, but the mask holds 0 and 1. It is what the numbers were multiplied by, 0 or "
    "1 / (1 - p) in training and 1 in evaluation, since backward gets nothing else."
)
