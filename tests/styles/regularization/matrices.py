"""Answers by einsum, matrix products and padding."""

from functools import reduce

import numpy as np


def l2(weights, lam, half=False):
    scale = np.array([lam, lam / 2])[int(half)].item()
    squares = [np.einsum("i,i", w.reshape(-1), w.reshape(-1)) for w in weights]
    return scale * np.add.reduce(squares), [w * scale + w * scale for w in weights]


def elastic_net(w, l1, l2):
    signs = (w > 0).astype(w.dtype) - (w < 0).astype(w.dtype)
    absolute = np.tensordot(signs, w, axes=w.ndim)
    square = np.vdot(w, w)
    return float(l1 * absolute + l2 * square), l1 * signs + 2 * l2 * w


def decayed_step(w, dw, lr, amount, convention):
    kept = {
        "torch": 1 - lr * amount,
        "keras": 1 - 2 * lr * amount,
        "ridge": 1 - lr * amount,
        "decoupled": 1 - amount,
    }[convention]
    pair = np.stack([w, dw])
    return np.einsum("i,i...->...", np.array([kept, -lr], dtype=w.dtype), pair)


def convert(amount, source, target, lr):
    names = ["torch", "keras", "ridge", "decoupled"]
    pulls = np.array([1.0, 2.0, 1.0, 1 / lr])
    table = pulls[:, None] / pulls[None, :]
    return amount * table[names.index(source), names.index(target)]


def first_adam_step(w, dw, lr, wd, decoupled, eps=1e-8):
    g = dw + (0 if decoupled else wd) * w
    kept = 1 - (lr * wd if decoupled else 0)
    return kept * w - lr * g / (abs(g) + eps)


def _shift_matrix(size, move, mirrored, dtype):
    """A matrix that moves a vector, after it was mirrored or not."""
    matrix = np.eye(size, k=-int(move), dtype=dtype)
    return matrix[:, ::-1] if mirrored else matrix


def shift_flip(x, dyx, flip):
    H, W = x.shape[2:]
    rows = np.stack([_shift_matrix(H, dy, False, x.dtype) for dy in dyx[:, 0]])
    pairs = zip(dyx[:, 1], flip, strict=True)
    columns = np.stack([_shift_matrix(W, dx, mirrored, x.dtype) for dx, mirrored in pairs])
    return np.einsum("nij,ncjk,nlk->ncil", rows, x, columns)


def diagnose(train_err, val_err, baseline):
    means = np.kron(np.eye(2), np.full((1, 4), 0.25))  # (2, 8)
    (train_before, train), (val_before, val) = (means @ e[-8:] for e in (train_err, val_err))
    verdicts = ("ok", "overfit", "underfit", "not converged")
    falling = train_before > train + 2 and val_before > val + 2
    place = 3 if falling else 2 if train - baseline > 5 else int(val - train > 5)
    return verdicts[place]


def early_stopping(val, patience, min_delta):
    def follow(state, item):
        best_epoch, stop = state
        epoch, loss = item
        if stop is not None:
            return state
        if epoch == 0 or loss < val[best_epoch] - min_delta:
            return epoch, None
        return best_epoch, epoch if epoch - best_epoch == patience else None

    best_epoch, stop = reduce(follow, enumerate(val), (0, None))
    return best_epoch, len(val) - 1 if stop is None else stop
