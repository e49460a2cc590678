"""The rules by which a gradient changes a weight, from plain descent to AdamW.

Each rule takes the weight w, the loss's gradient g by it, and the dictionary `state`, which is
empty before the first step and which the rule itself fills and updates. It returns the new w and
leaves w and g as they are. What is kept in `state` has the names that torch.optim uses.
"""

import numpy as np


def sgd_step(w, g, state, *, lr=1e-3, momentum=0.0, dampening=0.0, nesterov=False, **decay):
    """w - lr * v, where v = momentum * v + (1 - dampening) * g, and v = g at first.

    With Nesterov's momentum w - lr * (g + momentum * v).

    Shapes:
        w and g of one shape -> w.

    Args:
        state: keeps v as `momentum_buffer`.
        decay: `weight_decay` and `maximize`, as in `descent`.

    Source:
        Sutskever, Martens, Dahl & Hinton (2013), section 2,
        https://proceedings.mlr.press/v28/sutskever13.html
    """
    g = descent(w, g, **decay)
    if not momentum:
        return w - lr * g
    if "momentum_buffer" in state:
        v = momentum * state["momentum_buffer"] + (1 - dampening) * g
    else:
        v = g
    state["momentum_buffer"] = v
    return w - lr * (g + momentum * v if nesterov else v)


def adagrad_step(
    w, g, state, *, lr=1e-2, lr_decay=0.0, initial_accumulator_value=0.0, eps=1e-10, **decay
):
    """w - lr / (1 + (t - 1) * lr_decay) * g / (sqrt(h) + eps), where h adds up all g * g.

    Shapes:
        w and g of one shape -> w.

    Args:
        state: keeps t as `step` and h as `sum`.
        decay: `weight_decay` and `maximize`, as in `descent`.

    Source:
        Duchi, Hazan & Singer (2011), figure 1, https://jmlr.org/papers/v12/duchi11a.html
    """
    g = descent(w, g, **decay)
    t = count_step(state)
    h = state["sum"] = state.get("sum", initial_accumulator_value) + g * g
    return w - lr / (1 + (t - 1) * lr_decay) * g / (np.sqrt(h) + eps)


def rmsprop_step(
    w, g, state, *, lr=1e-2, alpha=0.99, eps=1e-8, momentum=0.0, centered=False, **decay
):
    """w - lr * g / (sqrt(h) + eps), where h = alpha * h + (1 - alpha) * g * g, and 0 at first.

    Shapes:
        w and g of one shape -> w.

    Args:
        momentum: how much of the last step's g / (sqrt(h) + eps) is added to this one's.
        centered: whether to subtract the square of g's own moving average from h.
        state: keeps h as `square_avg`, and `momentum_buffer` and `grad_avg` where they are needed.
        decay: `weight_decay` and `maximize`, as in `descent`.

    Source:
        Tieleman & Hinton (2012), lecture 6.5; Graves (2013), section 4.2 (centred),
        https://arxiv.org/abs/1308.0850
    """
    g = descent(w, g, **decay)
    count_step(state)
    h = average(state, "square_avg", alpha, g * g)
    if centered:
        h = h - average(state, "grad_avg", alpha, g) ** 2
    step = g / (np.sqrt(h) + eps)
    if momentum:
        step = state["momentum_buffer"] = momentum * state.get("momentum_buffer", 0) + step
    return w - lr * step


def adam_step(w, g, state, *, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, amsgrad=False, **decay):
    """w - lr * mhat / (sqrt(vhat) + eps), from moving averages m of g and v of g * g.

    mhat = m / (1 - beta1 ** t) and vhat = v / (1 - beta2 ** t) take out of the averages that they
    begin at zero.

    Shapes:
        w and g of one shape -> w.

    Args:
        betas: beta1 and beta2, how much of its old value each average keeps.
        amsgrad: whether to divide by the largest v so far.
        state: keeps t as `step`, m as `exp_avg` and v as `exp_avg_sq` (`max_exp_avg_sq` too).
        decay: `weight_decay` and `maximize`, as in `descent`.

    Source:
        Kingma & Ba (2015), algorithm 1, https://arxiv.org/abs/1412.6980;
        Reddi, Kale & Kumar (2018), algorithm 2 (amsgrad), https://arxiv.org/abs/1904.09237
    """
    g = descent(w, g, **decay)
    t = count_step(state)
    m = average(state, "exp_avg", betas[0], g)
    v = average(state, "exp_avg_sq", betas[1], g * g)
    if amsgrad:
        v = state["max_exp_avg_sq"] = np.maximum(state.get("max_exp_avg_sq", 0), v)
    mhat, vhat = m / (1 - betas[0] ** t), v / (1 - betas[1] ** t)
    return w - lr * mhat / (np.sqrt(vhat) + eps)


def adamw_step(w, g, state, *, lr=1e-3, weight_decay=1e-2, **options):
    """Adam's step from a w that was shrunk first: (1 - lr * weight_decay) * w.

    Shapes:
        w and g of one shape -> w.

    Args:
        options, state: as for `adam_step`; the decay takes no part in the averages.

    Source:
        Loshchilov & Hutter (2019), algorithm 2, https://arxiv.org/abs/1711.05101
    """
    return adam_step((1 - lr * weight_decay) * w, g, state, lr=lr, **options)


def descent(w, g, *, weight_decay=0.0, maximize=False):
    """The gradient that a rule follows downhill.

    Args:
        weight_decay: how much of w is added to g, as by a penalty of weight_decay / 2 * sum(w * w).
        maximize: whether to climb instead.
    """
    g = -g if maximize else +g
    return g + weight_decay * w if weight_decay else g


def count_step(state) -> int:
    """Count this step, and return its number; the first is 1."""
    state["step"] = state.get("step", 0) + 1
    return state["step"]


def average(state, name, keep, new):
    """Move an average in `state`, which begins at 0, towards something new."""
    state[name] = keep * state.get(name, 0) + (1 - keep) * new
    return state[name]
