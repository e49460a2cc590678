"""Answers in which einsum says which axes meet."""

import numpy as np


def _factors(u, p, train):
    scale = 1 / max(1 - p, np.finfo(np.float64).tiny)
    kept = (u >= p).astype(np.float64) * scale
    return (kept if train else np.ones(u.shape)).astype(u.dtype)


def dropout(x, u, p, train):
    mask = _factors(u, p, train)
    return np.einsum("...,...->...", x, mask), mask


def dropout_backward(dy, mask):
    return np.einsum("...,...->...", dy, mask)


def to_inverted(w_next, p):
    return np.einsum("...,->...", w_next, np.asarray(1 - p, w_next.dtype))


def predict_old(x, w_next, b_next, p):
    return np.einsum("nd,md,->nm", x, w_next, np.asarray(1 - p, x.dtype)) + b_next


def dropout2d(x, u, p, train):
    mask = _factors(u, p, train)
    return np.einsum("nchw,nc->nchw", x, mask), mask


def dropout2d_backward(dy, mask):
    return np.einsum("nchw,nc->nchw", dy, mask)


def dropconnect(x, w, b, u, p, train):
    mask = _factors(u, p, train)
    return np.einsum("nd,md,md->nm", x, w, mask) + b, mask


def dropconnect_backward(dy, x, w, mask):
    return (
        np.einsum("nm,md,md->nd", dy, w, mask),
        np.einsum("nm,nd,md->md", dy, x, mask),
        np.einsum("nm->m", dy),
    )


def dropout_moments(x, w, b, p):
    mean = np.einsum("nd,md->nm", x, w) + b
    var = np.einsum("nd,nd,md,md->nm", x, x, w, w) * (1 / (1 - p) - 1)
    return mean, var
