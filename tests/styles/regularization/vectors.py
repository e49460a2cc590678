"""Answers without loops: long vectors, tables and gathered indices."""

import numpy as np


def l2(weights, lam, half=False):
    flat = np.concatenate([w.ravel() for w in weights])
    factor = 0.5 if half else 1.0
    grads = np.split(2 * factor * lam * flat, np.cumsum([w.size for w in weights])[:-1])
    shaped = [grad.reshape(w.shape) for grad, w in zip(grads, weights, strict=True)]
    return factor * lam * (flat @ flat), shaped


def elastic_net(w, l1, l2):
    flat = w.ravel()
    loss = l1 * np.linalg.norm(flat, 1) + l2 * np.linalg.norm(flat) ** 2
    signs = np.where(w > 0, 1, np.where(w < 0, -1, 0)).astype(w.dtype)
    return loss, (l1 * signs + (l2 + l2) * w).astype(w.dtype)


_PULL = {"torch": lambda lr: lr, "keras": lambda lr: 2 * lr, "ridge": lambda lr: lr}


def decayed_step(w, dw, lr, amount, convention):
    kept = 1 - amount * _PULL.get(convention, lambda lr: 1)(lr)
    return kept * w - lr * dw


def convert(amount, source, target, lr):
    pulls = {name: pull(lr) for name, pull in _PULL.items()} | {"decoupled": 1.0}
    return amount * pulls[source] / pulls[target]


def first_adam_step(w, dw, lr, wd, decoupled, eps=1e-8):
    g = np.where(decoupled, dw, dw + wd * w)
    kept = np.where(decoupled, 1 - lr * wd, 1.0)
    return (kept * w - lr * g / (np.sqrt(g**2) + eps)).astype(w.dtype)


def shift_flip(x, dyx, flip):
    N, C, H, W = x.shape
    rows = np.arange(H) - dyx[:, :1]  # (N, H)
    columns = np.arange(W) - dyx[:, 1:]  # (N, W)
    inside = ((rows >= 0) & (rows < H))[:, :, None] & ((columns >= 0) & (columns < W))[:, None]
    columns = np.where(flip[:, None], W - 1 - columns, columns)
    images = np.arange(N)[:, None, None]
    taken = x.transpose(0, 2, 3, 1)[
        images, rows.clip(0, H - 1)[:, :, None], columns.clip(0, W - 1)[:, None]
    ]
    return np.where(inside[:, None], taken.transpose(0, 3, 1, 2), 0).astype(x.dtype)


def diagnose(train_err, val_err, baseline):
    table = np.stack([train_err, val_err])[:, -8:].reshape(2, 2, 4).mean(axis=2)
    falls = table[:, 0] - table[:, 1]
    rules = [(falls > 2).all(), table[0, 1] - baseline > 5, table[1, 1] - table[0, 1] > 5]
    return np.select(rules, ["not converged", "underfit", "overfit"], "ok")


def early_stopping(val, patience, min_delta):
    best = 0
    while True:
        later = np.flatnonzero(val[best + 1 : best + patience + 1] < val[best] - min_delta)
        if len(later) == 0:
            return best, min(best + patience, len(val) - 1)
        best += 1 + later[0]
