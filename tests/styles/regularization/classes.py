"""Answers with small classes and methods, as in a training loop."""

from dataclasses import dataclass

import numpy as np


class Penalty:
    def __init__(self, l1=0.0, l2=0.0):
        self.l1, self.l2 = l1, l2

    def loss(self, w):
        return self.l1 * np.abs(w).sum() + self.l2 * np.square(w).sum()

    def grad(self, w):
        return self.l1 * np.sign(w) + 2 * self.l2 * w


def l2(weights, lam, half=False):
    penalty = Penalty(l2=lam * 0.5 if half else lam)
    return sum(map(penalty.loss, weights)), tuple(map(penalty.grad, weights))


def elastic_net(w, l1, l2):
    penalty = Penalty(l1, l2)
    return penalty.loss(w), penalty.grad(w)


class Optimizer:
    def __init__(self, lr, wd=0.0, decay=0.0):
        self.lr, self.wd, self.decay = lr, wd, decay

    def step(self, w, dw):
        velocity = dw + self.wd * w
        return w * (1.0 - self.decay) - self.lr * velocity


def decayed_step(w, dw, lr, amount, convention):
    made = {
        "torch": Optimizer(lr, wd=amount),
        "keras": Optimizer(lr, wd=2 * amount),
        "ridge": Optimizer(lr, wd=amount),
        "decoupled": Optimizer(lr, decay=amount),
    }
    return made[convention].step(w, dw)


def convert(amount, source, target, lr):
    if source == target:
        return amount
    if source == "keras":
        return convert(2 * amount, "torch", target, lr)
    if source == "decoupled":
        return convert(amount / lr, "torch", target, lr)
    return {"keras": 0.5, "decoupled": lr}.get(target, 1) * amount


class Adam:
    def __init__(self, lr, eps, betas=(0.9, 0.999)):
        self.lr, self.eps, self.betas, self.t = lr, eps, betas, 0
        self.m = self.v = 0.0

    def step(self, w, g):
        self.t += 1
        one, two = self.betas
        self.m = one * self.m + (1 - one) * g
        self.v = two * self.v + (1 - two) * g * g
        m, v = self.m / (1 - one**self.t), self.v / (1 - two**self.t)
        return w - self.lr * m / (np.sqrt(v) + self.eps)


def first_adam_step(w, dw, lr, wd, decoupled, eps=1e-8):
    adam = Adam(lr, eps)
    if decoupled:
        return adam.step(w * (1 - lr * wd), dw)
    return adam.step(w, dw + wd * w)


@dataclass
class Move:
    dy: int
    dx: int
    mirrored: bool

    def span(self, move, size):
        """Where to write and where to read along one axis."""
        move = max(-size, min(size, int(move)))
        return slice(max(move, 0), size + min(move, 0)), slice(max(-move, 0), size - max(move, 0))

    def __call__(self, image):
        image = image[..., ::-1] if self.mirrored else image
        rows, columns = self.span(self.dy, image.shape[1]), self.span(self.dx, image.shape[2])
        moved = np.zeros_like(image)
        moved[:, rows[0], columns[0]] = image[:, rows[1], columns[1]]
        return moved


def shift_flip(x, dyx, flip):
    return np.stack([Move(*d, f)(i) for i, d, f in zip(x, dyx, flip, strict=True)])


class Curve:
    def __init__(self, errors):
        self.end = errors[-4:].mean()
        self.fall = errors[-8:-4].mean() - self.end


def diagnose(train_err, val_err, baseline):
    train, val = Curve(train_err), Curve(val_err)
    if min(train.fall, val.fall) > 2:
        return "not converged"
    if train.end - baseline > 5:
        return "underfit"
    return "overfit" if val.end - train.end > 5 else "ok"


class Patience:
    def __init__(self, patience, min_delta):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch, self.left = float("inf"), None, patience

    def enough(self, epoch, loss):
        if self.best - loss > self.min_delta:
            self.best, self.best_epoch, self.left = loss, epoch, self.patience
        else:
            self.left -= 1
        return self.left == 0


def early_stopping(val, patience, min_delta):
    stopper = Patience(patience, min_delta)
    for epoch, loss in enumerate(val.tolist()):
        if stopper.enough(epoch, loss):
            break
    return stopper.best_epoch, epoch
