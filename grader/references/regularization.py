"""The torch twins of the regularization chapter's exercises, computed in float64."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from grader.references.convolution_arrays import wide


def l2(weights, lam, half=False) -> tuple:
    """weights, a list of arrays -> the penalty and its gradient by each, by autograd."""
    leaves = [wide(w).requires_grad_() for w in weights]
    loss = lam * (0.5 if half else 1.0) * sum(leaf.square().sum() for leaf in leaves)
    grads = torch.autograd.grad(loss, leaves)
    arrays = [g.numpy().astype(w.dtype) for g, w in zip(grads, weights, strict=True)]
    return loss.item(), arrays


def elastic_net(w, l1, l2) -> tuple:
    """w -> the penalty and its gradient, by autograd; torch takes 0 for the slope of |0|."""
    leaf = wide(w).requires_grad_()
    loss = l1 * leaf.abs().sum() + l2 * leaf.square().sum()
    [grad] = torch.autograd.grad(loss, leaf)
    return loss.item(), grad.numpy().astype(w.dtype)


# What is added to the data's loss in each convention; torch and decoupled decay add nothing.
PENALTIES = {
    "keras": lambda w, amount: amount * w.square().sum(),
    "ridge": lambda w, amount: amount / 2 * w.square().sum(),
}


def decayed_step(w, dw, lr, amount, convention) -> np.ndarray:
    """One step of torch's SGD; its own weight decay, or a penalty differentiated by autograd."""
    leaf = wide(w).requires_grad_()
    decay = amount if convention == "torch" else 0.0
    optimizer = torch.optim.SGD([leaf], lr=lr, weight_decay=decay)
    penalty = PENALTIES[convention](leaf, amount) if convention in PENALTIES else 0.0
    ((leaf * wide(dw)).sum() + penalty).backward()
    if convention == "decoupled":
        leaf.data.mul_(1 - amount)
    optimizer.step()
    return leaf.detach().numpy().astype(w.dtype)


def convert(amount, source, target, lr) -> float:
    """The amount in another convention: by how much both move a weight of 1, divided."""
    return amount * pull(source, lr) / pull(target, lr)


def pull(convention: str, lr: float) -> float:
    """What an amount of 1 adds to the gradient of a weight of 1."""
    if convention == "torch":
        return 1.0
    if convention == "decoupled":
        return 1 / lr
    weight = torch.ones(1, dtype=torch.float64, requires_grad=True)
    PENALTIES[convention](weight, 1.0).backward()
    return weight.grad.item()


def first_adam_step(w, dw, lr, wd, decoupled, eps=1e-8) -> np.ndarray:
    """One step of torch's AdamW, or of its Adam, from the beginning."""
    leaf = wide(w).requires_grad_()
    kind = torch.optim.AdamW if decoupled else torch.optim.Adam
    optimizer = kind([leaf], lr=lr, eps=eps, weight_decay=wd)
    leaf.grad = wide(dw)
    optimizer.step()
    return leaf.detach().numpy().astype(w.dtype)


def shift_flip(x, dyx, flip) -> np.ndarray:
    """x (N, C, H, W), dyx (N, 2), flip (N,) -> y like x: mirror, pad on all sides, cut out."""
    H, W = x.shape[2:]
    images = []
    for image, (dy, dx), mirrored in zip(wide(x), dyx.tolist(), flip.tolist(), strict=True):
        image = torch.flip(image, (2,)) if mirrored else image
        reach = max(abs(dy), abs(dx))
        padded = functional.pad(image, (reach,) * 4)
        images.append(padded[:, reach - dy :, reach - dx :][:, :H, :W])
    return torch.stack(images).numpy().astype(x.dtype)


def diagnose(train_err, val_err, baseline) -> str:
    """What is wrong, by the means of the last four epochs and of the four before."""
    errors = torch.stack([wide(train_err), wide(val_err)])[:, -8:]
    (earlier, train), (earlier_val, val) = errors.reshape(2, 2, 4).mean(dim=2).tolist()
    if min(earlier - train, earlier_val - val) > 2:
        return "not converged"
    if train - baseline > 5:
        return "underfit"
    return "overfit" if val - train > 5 else "ok"


def early_stopping(val, patience, min_delta) -> tuple[int, int]:
    """The best epoch and the one at which training stops: from one improvement to the next."""
    losses, best = wide(val), 0
    while True:
        waiting = losses[best + 1 : best + 1 + patience]
        better = torch.nonzero(waiting < losses[best] - min_delta)
        if not len(better):
            return best, best + len(waiting)
        best += 1 + int(better[0])
