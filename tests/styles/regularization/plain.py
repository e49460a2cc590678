"""Answers written as the formulas stand in the text."""

import numpy as np


def l2(weights, lam, half=False):
    if half:
        lam = lam / 2
    loss = lam * sum(np.sum(w**2) for w in weights)
    return loss, [2 * lam * w for w in weights]


def elastic_net(w, l1, l2):
    loss = l1 * np.sum(np.abs(w)) + l2 * np.sum(w**2)
    return loss, l1 * np.sign(w) + 2 * l2 * w


def decayed_step(w, dw, lr, amount, convention):
    if convention == "torch":
        return w - lr * (dw + amount * w)
    if convention == "keras":
        return w - lr * (dw + 2 * amount * w)
    if convention == "ridge":
        return w - lr * (dw + amount * w)
    return (1 - amount) * w - lr * dw


def convert(amount, source, target, lr):
    to_torch = {"torch": 1, "keras": 2, "ridge": 1, "decoupled": 1 / lr}
    return amount * to_torch[source] / to_torch[target]


def first_adam_step(w, dw, lr, wd, decoupled, eps=1e-8):
    if decoupled:
        w = w - lr * wd * w
    else:
        dw = dw + wd * w
    return w - lr * dw / (np.abs(dw) + eps)


def shift_flip(x, dyx, flip):
    N, C, H, W = x.shape
    y = np.zeros_like(x)
    for n in range(N):
        image = x[n, :, :, ::-1] if flip[n] else x[n]
        dy, dx = dyx[n]
        for row in range(H):
            for column in range(W):
                if 0 <= row - dy < H and 0 <= column - dx < W:
                    y[n, :, row, column] = image[:, row - dy, column - dx]
    return y


def diagnose(train_err, val_err, baseline):
    train, val = np.mean(train_err[-4:]), np.mean(val_err[-4:])
    train_before, val_before = np.mean(train_err[-8:-4]), np.mean(val_err[-8:-4])
    if train_before - train > 2 and val_before - val > 2:
        return "not converged"
    if train - baseline > 5:
        return "underfit"
    if val - train > 5:
        return "overfit"
    return "ok"


def early_stopping(val, patience, min_delta):
    best, best_epoch, wait = np.inf, 0, 0
    for epoch, loss in enumerate(val):
        if loss < best - min_delta:
            best, best_epoch, wait = loss, epoch, 0
        else:
            wait += 1
            if wait == patience:
                return best_epoch, epoch
    return best_epoch, len(val) - 1
