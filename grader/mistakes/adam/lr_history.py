"""Known mistakes of 7.6 in the search: what it draws, and what it returns."""

from __future__ import annotations

import numpy as np

from grader.mistakes.adam.searches import every, search


def best_of(c, row):
    """The learning rate of one round with the best score."""
    return row[np.argmax([float(c.score(lr)) for lr in row])]


TOLD = {
    "same_draws": (
        "All rounds use the same row of u. Round r uses u[r].",
        (
            search(rows=lambda u: np.broadcast_to(u[0], u.shape)),
            search(rows=lambda u: np.broadcast_to(u[-1], u.shape)),
        ),
    ),
    "rounds_transposed": (
        "Rows and columns of u have changed places. Each row is a round.",
        (search(rows=lambda u: u.T),),
    ),
    "round_missing": (
        "A round is missing. u has one row for each round: go through all of them.",
        (
            search(rows=lambda u: u[:-1] if len(u) > 1 else u),
            search(rows=lambda u: u[1:] if len(u) > 1 else u),
            search(rows=lambda u: u[:1]),
        ),
    ),
    "u_ignored_in_search": (
        "The draws of a round do not come from u. Use u[r], the numbers that you are given.",
        (
            search(rows=lambda u: np.broadcast_to(np.linspace(0, 1, u.shape[1]), u.shape)),
            search(rows=lambda u: np.random.default_rng(0).uniform(size=u.shape)),
            search(rows=lambda u: 1 - u),
        ),
    ),
    "score_of_exponent": (
        "You score the exponent. Give score the learning rate itself.",
        (search(judge=lambda c, lr: c.score(abs(np.log10(lr)) + 1e-300)),),
    ),
    "score_returned": (
        "You return the best score. Return the learning rate that has it.",
        (search(give=lambda c: (c.best_score, np.array(c.history))),),
    ),
    "exponent_returned": (
        "best_lr is an exponent. Return the learning rate itself.",
        (search(give=lambda c: (np.log10(c.best), np.array(c.history))),),
    ),
    "center_returned": (
        "best_lr was never tried: it is a middle or a mean. Return the tried one with the best "
        "score.",
        (
            search(give=lambda c: (10 ** ((c.left + c.right) / 2), np.array(c.history))),
            search(give=lambda c: (float(np.mean(every(c))), np.array(c.history))),
            search(give=lambda c: (10 ** float(np.mean(np.log10(every(c)))), np.array(c.history))),
        ),
    ),
    "outputs_swapped": (
        "The results are in the wrong order. Return best_lr, history.",
        (search(give=lambda c: (np.array(c.history), c.best)),),
    ),
    "history_missing": (
        "The history is missing. Return best_lr, history.",
        (search(give=lambda c: c.best),),
    ),
    "history_flat": (
        "history has another shape or order than u. It has a row for each round, in the order of "
        "the draws.",
        (
            search(give=lambda c: (c.best, every(c))),
            search(give=lambda c: (c.best, np.array(c.history).T)),
            search(give=lambda c: (c.best, np.sort(c.history))),
            search(give=lambda c: (c.best, np.array(c.history)[::-1])),
            search(give=lambda c: (c.best, np.array(c.history[-1]))),
        ),
    ),
    "history_of_scores": (
        "history holds scores. It holds the learning rates that were tried.",
        (search(give=lambda c: (c.best, np.array(c.tried).reshape(len(c.history), len(c.lrs)))),),
    ),
    "history_of_exponents": (
        "history holds exponents. It holds the learning rates themselves.",
        (search(give=lambda c: (c.best, np.log10(c.history))),),
    ),
    "history_of_bests": (
        "history holds the best of each round only. Keep every learning rate that was tried.",
        (search(give=lambda c: (c.best, np.array([best_of(c, row) for row in c.history]))),),
    ),
}
