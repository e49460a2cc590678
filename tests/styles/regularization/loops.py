"""Answers in loops over single numbers, in Python's own arithmetic."""

import math

import numpy as np


def l2(weights, lam, half=False):
    loss = 0.0
    grads = []
    for w in weights:
        grad = np.zeros(w.shape, dtype=w.dtype)
        for place in np.ndindex(w.shape):
            number = float(w[place])
            loss += lam * number * number
            grad[place] = 2 * lam * number
        grads.append(grad)
    if half:
        return loss / 2, [(grad / 2).astype(grad.dtype) for grad in grads]
    return loss, grads


def elastic_net(w, l1, l2):
    loss = 0
    grad = np.empty_like(w)
    for place in np.ndindex(*w.shape):
        number = float(w[place])
        loss += l1 * abs(number) + l2 * number**2
        grad[place] = 2 * l2 * number
        if number > 0:
            grad[place] += l1
        elif number < 0:
            grad[place] -= l1
    return loss, grad


def decayed_step(w, dw, lr, amount, convention):
    new = w.copy()
    for place in np.ndindex(*w.shape):
        old = float(w[place])
        if convention == "torch" or convention == "ridge":
            new[place] = old - lr * float(dw[place]) - lr * amount * old
        elif convention == "keras":
            new[place] = old - lr * float(dw[place]) - 2 * lr * amount * old
        elif convention == "decoupled":
            new[place] = old - lr * float(dw[place]) - amount * old
    return new


def convert(amount, source, target, lr):
    # How much of a weight goes in one step.
    if source == "torch" or source == "ridge":
        lost = lr * amount
    elif source == "keras":
        lost = 2 * lr * amount
    else:
        lost = amount
    if target == "torch" or target == "ridge":
        return lost / lr
    if target == "keras":
        return lost / lr / 2
    return lost


def first_adam_step(w, dw, lr, wd, decoupled, eps=1e-8):
    new = np.zeros_like(w)
    for place in np.ndindex(*w.shape):
        weight, slope = float(w[place]), float(dw[place])
        if decoupled:
            weight *= 1 - lr * wd
        else:
            slope += wd * weight
        new[place] = weight - lr * slope / (math.sqrt(slope * slope) + eps)
    return new


def shift_flip(x, dyx, flip):
    N, C, H, W = x.shape
    y = np.zeros(x.shape, x.dtype)
    for n, c, row, column in np.ndindex(N, C, H, W):
        to_row = row + int(dyx[n][0])
        to_column = (W - 1 - column if flip[n] else column) + int(dyx[n][1])
        if to_row in range(H) and to_column in range(W):
            y[n, c, to_row, to_column] = x[n, c, row, column]
    return y


def diagnose(train_err, val_err, baseline):
    ends = {}
    for name, errors in (("train", train_err), ("val", val_err)):
        total = before = 0.0
        for epoch in range(4):
            total += float(errors[len(errors) - 1 - epoch])
            before += float(errors[len(errors) - 5 - epoch])
        ends[name] = before / 4, total / 4
    (train_before, train), (val_before, val) = ends["train"], ends["val"]
    if train < train_before - 2 and val < val_before - 2:
        answer = "not converged"
    elif train > baseline + 5:
        answer = "underfit"
    elif val > train + 5:
        answer = "overfit"
    else:
        answer = "ok"
    return answer


def early_stopping(val, patience, min_delta):
    best_epoch = 0
    epoch = 0
    for epoch in range(1, len(val)):
        if val[epoch] < val[best_epoch] - min_delta:
            best_epoch = epoch
        elif epoch - best_epoch >= patience:
            break
    return best_epoch, epoch
