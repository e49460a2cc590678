"""Right answers to chapter 7 as torch writes them: buffers that are changed in place."""

import numpy as np


def sgd_step(w, g, state, lr=1e-3, momentum=0.0, nesterov=False, weight_decay=0.0):
    grad = g.copy()
    if weight_decay != 0:
        grad += weight_decay * w
    if momentum != 0:
        buffer = state.get("momentum_buffer")
        if buffer is None:
            buffer = state["momentum_buffer"] = grad.copy()
        else:
            buffer *= momentum
            buffer += grad
        grad = grad + momentum * buffer if nesterov else buffer
    param = w.copy()
    param -= lr * grad
    return param


def adagrad_step(w, g, state, lr=1e-2, eps=1e-10):
    if "sum" not in state:
        state["sum"] = np.zeros_like(w)
    state["sum"] += np.square(g)
    param = np.array(w)
    np.subtract(param, lr * np.divide(g, np.sqrt(state["sum"]) + eps), out=param)
    return param


def rmsprop_step(w, g, state, lr=1e-2, alpha=0.99, eps=1e-8):
    if "square_avg" not in state:
        state["square_avg"] = np.zeros_like(w)
    average = state["square_avg"]
    average *= alpha
    average += (1 - alpha) * np.square(g)
    denominator = np.sqrt(average)
    denominator += eps
    return w - lr * (g / denominator)


def averages(grad, state, betas):
    """Update the state, and return the step number and both averages."""
    if not state:
        state["step"], state["exp_avg"] = 0, np.zeros_like(grad)
        state["exp_avg_sq"] = np.zeros_like(grad)
    state["step"] += 1
    state["exp_avg"] += (1 - betas[0]) * (grad - state["exp_avg"])
    state["exp_avg_sq"] *= betas[1]
    state["exp_avg_sq"] += (1 - betas[1]) * grad * grad
    return state["step"], state["exp_avg"], state["exp_avg_sq"]


def adam_step(w, g, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
    grad = g if not weight_decay else g + weight_decay * w
    step, exp_avg, exp_avg_sq = averages(grad, state, betas)
    step_size = lr / (1 - betas[0] ** step)
    denominator = np.sqrt(exp_avg_sq) / (1 - betas[1] ** step) ** 0.5 + eps
    return w - step_size * (exp_avg / denominator)


def adamw_step(w, g, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
    param = w * (1 - lr * weight_decay)
    step, exp_avg, exp_avg_sq = averages(g, state, betas)
    corrections = [1 - beta**step for beta in betas]
    param -= lr * (exp_avg / corrections[0]) / (np.sqrt(exp_avg_sq / corrections[1]) + eps)
    return param


def repaired_adam(w, g, state, epoch, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    return adam_step(w, g, state, lr=lr, betas=betas, eps=eps)


def lr_grid(lo, hi, n):
    return np.logspace(np.log10(lo), np.log10(hi), num=n)


def lr_random(lo, hi, u):
    return np.exp(np.log(lo) * (1 - u) + np.log(hi) * u)


def lr_search(score, lo, hi, u, shrink=0.5):
    ends = np.log(lo), np.log(hi)
    best = (-np.inf, None)
    low, high = ends
    history = np.zeros_like(u)
    for r, draws in enumerate(u):
        history[r] = np.exp(low + draws * (high - low))
        scores = np.array([score(lr) for lr in history[r]], dtype=float)
        if best[1] is None or scores.max() > best[0]:
            best = scores.max(), history[r][scores.argmax()]
        reach = 0.5 * (ends[1] - ends[0]) * shrink ** (r + 1)
        low = max(ends[0], np.log(best[1]) - reach)
        high = min(ends[1], np.log(best[1]) + reach)
    return best[1], history
