"""Right answers to chapter 7 in float64 throughout, with small classes in the state."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Average:
    """A moving average that begins at 0 and knows how far it has come."""

    keep: float
    value: float = 0.0
    missing: float = 1.0

    def update(self, new):
        self.value = self.keep * self.value + (1 - self.keep) * new
        self.missing *= self.keep

    @property
    def corrected(self):
        return self.value / (1 - self.missing)


@dataclass
class Gradients:
    """All gradients so far, from which everything can be computed again."""

    seen: list = field(default_factory=list)


def sgd_step(w, g, state, lr=1e-3, momentum=0.0, nesterov=False, weight_decay=0.0):
    wide = w.astype(np.float64)
    past = state.setdefault("past", Gradients()).seen
    past.append(g + weight_decay * wide)
    v = sum(momentum**age * old for age, old in enumerate(reversed(past)))
    way = past[-1] + momentum * v if nesterov else v
    return (wide - lr * way).astype(w.dtype)


def adagrad_step(w, g, state, lr=1e-2, eps=1e-10):
    past = state.setdefault("past", Gradients()).seen
    past.append(np.float64(g))
    root = np.linalg.norm(past, axis=0)
    return np.asarray(w - lr * past[-1] / (root + eps), dtype=w.dtype)


def rmsprop_step(w, g, state, lr=1e-2, alpha=0.99, eps=1e-8):
    average = state.setdefault("average", Average(alpha))
    average.update(g.astype(np.float64) ** 2)
    return (w - lr * g / (average.value**0.5 + eps)).astype(w.dtype)


def adam_step(w, g, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
    m = state.setdefault("m", Average(betas[0]))
    v = state.setdefault("v", Average(betas[1]))
    wide = w.astype(np.float64)
    slope = g.astype(np.float64) + weight_decay * wide
    m.update(slope)
    v.update(slope * slope)
    return (wide - lr * m.corrected / (np.sqrt(v.corrected) + eps)).astype(w.dtype)


def adamw_step(w, g, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
    wide = w.astype(np.float64)
    step = wide - adam_step(wide, g, state, lr, betas, eps)
    return (wide - lr * weight_decay * wide - step).astype(w.dtype)


def repaired_adam(w, g, state, epoch, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    return adam_step(w, g, state, lr, betas, eps)


def lr_grid(lo, hi, n):
    return lo * (hi / lo) ** (np.arange(n) / (n - 1))


def lr_random(lo, hi, u):
    return np.power(10, np.interp(u, [0, 1], np.log10([lo, hi])))


def lr_search(score, lo, hi, u, shrink=0.5):
    ends = np.log2([lo, hi])
    tried = []

    def best():
        return max(tried, key=lambda pair: pair[0])[1]

    for r in range(len(u)):
        low, high = ends
        if tried:
            reach = (high - low) * shrink**r / 2
            low, high = max(low, np.log2(best()) - reach), min(high, np.log2(best()) + reach)
        tried += [(float(score(lr)), lr) for lr in 2 ** (low + u[r] * (high - low))]
    return best(), np.array([lr for _, lr in tried]).reshape(u.shape)
