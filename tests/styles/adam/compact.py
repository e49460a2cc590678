"""Right answers to chapter 7: one formula a line, and a default for what the state lacks."""

import numpy as np


def sgd_step(w, g, state, lr=1e-3, momentum=0.0, nesterov=False, weight_decay=0.0):
    g = g + weight_decay * w
    v = state["v"] = momentum * state.get("v", 0) + g
    return w - lr * (g + momentum * v if nesterov else v)


def adagrad_step(w, g, state, lr=1e-2, eps=1e-10):
    state["h"] = state.get("h", 0) + g * g
    return w - lr * g / (np.sqrt(state["h"]) + eps)


def rmsprop_step(w, g, state, lr=1e-2, alpha=0.99, eps=1e-8):
    state["h"] = alpha * state.get("h", 0) + (1 - alpha) * g * g
    return w - lr * g / (np.sqrt(state["h"]) + eps)


def adam_step(w, g, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
    g = g + weight_decay * w
    b1, b2 = betas
    t = state["t"] = state.get("t", 0) + 1
    m = state["m"] = b1 * state.get("m", 0) + (1 - b1) * g
    v = state["v"] = b2 * state.get("v", 0) + (1 - b2) * g * g
    return w - lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + eps)


def adamw_step(w, g, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
    return adam_step((1 - lr * weight_decay) * w, g, state, lr, betas, eps)


def repaired_adam(w, g, state, epoch, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    return adam_step(w, g, state, lr, betas, eps)


def lr_grid(lo, hi, n):
    return np.geomspace(lo, hi, n)


def lr_random(lo, hi, u):
    return lo * (hi / lo) ** u


def lr_search(score, lo, hi, u, shrink=0.5):
    a, b = np.log10([lo, hi])
    lrs, scores = [], []
    for r, row in enumerate(u):
        best = np.log10(lrs[np.argmax(scores)]) if r else (a + b) / 2
        half = shrink**r * (b - a) / 2
        left, right = np.clip([best - half, best + half], a, b)
        lrs += list(10 ** (left + row * (right - left)))
        scores = [score(lr) for lr in lrs]
    return lrs[np.argmax(scores)], np.reshape(lrs, u.shape)
