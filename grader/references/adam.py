"""The torch twins of the exercises on optimizers: torch.optim itself takes the steps.

A step's `state` keeps torch's optimizer with its parameter, in float64; only the gradient comes
from outside.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import optim

from grader.references.convolution_arrays import wide


def stepped(kind: type, w, g, state: dict, **options) -> np.ndarray:
    """Let torch take one step, and return its parameter in the dtype of w."""
    if not state:
        state["w"] = torch.nn.Parameter(wide(w))
        state["optimizer"] = kind([state["w"]], **options)
    # The learning rate may change between steps; the other options do not.
    state["optimizer"].param_groups[0]["lr"] = options["lr"]
    # So may w, which somebody sets back.
    if not np.array_equal(w, state.get("returned", w)):
        state["w"].data = wide(w)
    state["w"].grad = wide(g)
    state["optimizer"].step()
    state["returned"] = state["w"].detach().numpy().astype(w.dtype)
    return state["returned"]


def sgd_step(w, g, state, lr=1e-3, momentum=0.0, nesterov=False, weight_decay=0.0) -> np.ndarray:
    """Gradient descent."""
    options = {"momentum": momentum, "nesterov": nesterov, "weight_decay": weight_decay}
    return stepped(optim.SGD, w, g, state, lr=lr, **options)


def adagrad_step(w, g, state, lr=1e-2, eps=1e-10) -> np.ndarray:
    """AdaGrad."""
    return stepped(optim.Adagrad, w, g, state, lr=lr, eps=eps)


def rmsprop_step(w, g, state, lr=1e-2, alpha=0.99, eps=1e-8) -> np.ndarray:
    """RMSProp."""
    return stepped(optim.RMSprop, w, g, state, lr=lr, alpha=alpha, eps=eps)


def adam_step(w, g, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0) -> np.ndarray:
    """Adam; the decay is part of the gradient."""
    options = {"betas": betas, "eps": eps, "weight_decay": weight_decay}
    return stepped(optim.Adam, w, g, state, lr=lr, **options)


def adamw_step(w, g, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2) -> np.ndarray:
    """AdamW; the decay is not part of the gradient."""
    options = {"betas": betas, "eps": eps, "weight_decay": weight_decay}
    return stepped(optim.AdamW, w, g, state, lr=lr, **options)


def repaired_adam(w, g, state, epoch, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):  # noqa: ARG001
    """Adam, to which epochs mean nothing."""
    return stepped(optim.Adam, w, g, state, lr=lr, betas=betas, eps=eps)


def lr_grid(lo, hi, n) -> np.ndarray:
    """n learning rates at equal distances on a log scale, both ends included."""
    return torch.logspace(np.log10(lo), np.log10(hi), n, dtype=torch.float64).numpy()


def lr_random(lo, hi, u) -> np.ndarray:
    """The learning rate that lies at u between lo (0) and hi (1), on a log scale."""
    start, end = torch.tensor([lo, hi], dtype=torch.float64).log10()
    return torch.pow(10.0, torch.lerp(start, end, wide(u))).numpy()


def lr_search(score, lo, hi, u, shrink=0.5) -> tuple[float, np.ndarray]:
    """The best learning rate of several rounds, each around the best one so far."""
    ends = torch.tensor([lo, hi], dtype=torch.float64).log10()
    half, history, scores = (ends[1] - ends[0]) / 2, [], []
    for r, row in enumerate(wide(u)):
        around = ends
        if r:
            middle = torch.stack(history).flatten()[np.argmax(scores)].log10()
            reach = half * shrink**r
            around = torch.stack([middle - reach, middle + reach]).clamp(*ends.tolist())
        history.append(10.0 ** torch.lerp(*around, row))
        scores += [float(score(lr.item())) for lr in history[-1]]
    tried = torch.stack(history)
    return tried.flatten()[np.argmax(scores)].item(), tried.numpy()
