"""Right answers to chapter 7, number by number, in plain Python."""

import math

import numpy as np


def each(w, rule):
    """A new array like w, from a rule of each index."""
    new = np.empty_like(w)
    for index in np.ndindex(w.shape):
        new[index] = rule(index)
    return new


def sgd_step(w, g, state, lr=1e-3, momentum=0.0, nesterov=False, weight_decay=0.0):
    if "velocity" not in state:
        state["velocity"] = np.zeros(w.shape)
    velocity = state["velocity"]

    def rule(index):
        slope = float(g[index]) + weight_decay * float(w[index])
        velocity[index] = momentum * velocity[index] + slope
        way = slope + momentum * velocity[index] if nesterov else velocity[index]
        return float(w[index]) - lr * way

    return each(w, rule)


def adagrad_step(w, g, state, lr=1e-2, eps=1e-10):
    squares = state.setdefault("squares", np.zeros(w.shape))

    def rule(index):
        squares[index] += float(g[index]) ** 2
        return float(w[index]) - lr * float(g[index]) / (math.sqrt(squares[index]) + eps)

    return each(w, rule)


def rmsprop_step(w, g, state, lr=1e-2, alpha=0.99, eps=1e-8):
    squares = state.setdefault("squares", np.zeros(w.shape))

    def rule(index):
        slope = float(g[index])
        squares[index] += (1 - alpha) * (slope**2 - squares[index])
        return float(w[index]) - lr * slope / (math.sqrt(squares[index]) + eps)

    return each(w, rule)


def adam_step(w, g, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
    if not state:
        state.update(count=0, mean=np.zeros(w.shape), square=np.zeros(w.shape))
    state["count"] += 1
    mean, square = state["mean"], state["square"]
    first, second = (1 - beta ** state["count"] for beta in betas)

    def rule(index):
        slope = float(g[index]) + weight_decay * float(w[index])
        mean[index] = betas[0] * mean[index] + (1 - betas[0]) * slope
        square[index] = betas[1] * square[index] + (1 - betas[1]) * slope**2
        return float(w[index]) - lr * (mean[index] / first) / (
            math.sqrt(square[index] / second) + eps
        )

    return each(w, rule)


def adamw_step(w, g, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
    stepped = adam_step(w, g, state, lr=lr, betas=betas, eps=eps)
    return each(w, lambda index: float(stepped[index]) - lr * weight_decay * float(w[index]))


def repaired_adam(w, g, state, epoch, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    return adam_step(w, g, state, lr=lr, betas=betas, eps=eps)


def lr_grid(lo, hi, n):
    start, end = math.log(lo), math.log(hi)
    return np.array([math.exp(start + i * (end - start) / (n - 1)) for i in range(n)])


def lr_random(lo, hi, u):
    return each(u, lambda index: math.exp(math.log(lo) + u[index] * math.log(hi / lo)))


def lr_search(score, lo, hi, u, shrink=0.5):
    width = math.log(hi) - math.log(lo)
    low, high = math.log(lo), math.log(hi)
    best, best_score = None, None
    history = np.zeros(u.shape)
    for r in range(u.shape[0]):
        for i in range(u.shape[1]):
            history[r, i] = math.exp(low + u[r, i] * (high - low))
            found = score(history[r, i])
            if best_score is None or found > best_score:
                best, best_score = history[r, i], found
        width *= shrink
        low = max(math.log(lo), math.log(best) - width / 2)
        high = min(math.log(hi), math.log(best) + width / 2)
    return float(best), history
