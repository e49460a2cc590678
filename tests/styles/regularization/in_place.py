"""Answers that write into copies of their own, padded frames among them."""

import numpy as np


def l2(weights, lam, half=False):
    loss, grads = np.zeros(()), []
    for w in weights:
        grad = np.array(w)
        grad *= lam
        if not half:
            grad += grad.copy()
        grads.append(grad)
        loss += np.vdot(grad, w) / 2
    return loss, grads


def elastic_net(w, l1, l2):
    grad = np.sign(w, out=np.empty_like(w))
    grad *= l1
    loss = np.sum(grad * w)
    grad += l2 * w
    loss = loss + np.sum(l2 * w * w)
    grad += l2 * w
    return loss, grad


def decayed_step(w, dw, lr, amount, convention):
    new = w.copy()
    if convention == "decoupled":
        new *= 1 - amount
    elif convention == "keras":
        new -= lr * amount * w
        new -= lr * amount * w
    else:
        new -= lr * amount * w
    new -= lr * dw
    return new


def convert(amount, source, target, lr):
    amount *= {"keras": 2 * lr, "decoupled": 1}.get(source, lr)
    amount /= {"keras": 2 * lr, "decoupled": 1}.get(target, lr)
    return np.float64(amount)


def first_adam_step(w, dw, lr, wd, decoupled, eps=1e-8):
    new, g = w.copy(), dw.copy()
    if decoupled:
        new -= lr * wd * new
    else:
        g += wd * new
    size = np.abs(g)
    size += eps
    g /= size
    new -= lr * g
    return new


def shift_flip(x, dyx, flip):
    N, C, H, W = x.shape
    reach = max(1, int(np.abs(dyx).max()))
    frame = np.zeros((N, C, H + 2 * reach, W + 2 * reach), dtype=x.dtype)
    y = frame[:, :, reach:-reach, reach:-reach]
    y[...] = x
    y[flip] = x[flip][..., ::-1]
    for n, (dy, dx) in enumerate(dyx):
        frame[n] = np.roll(frame[n], (dy, dx), axis=(1, 2))
    return y.copy()


def diagnose(train_err, val_err, baseline):
    box = np.ones(4) / 4
    train, val = (np.convolve(errors, box, mode="valid") for errors in (train_err, val_err))
    if train[-5] - train[-1] > 2 and val[-5] - val[-1] > 2:
        return "not converged"
    if train[-1] > 5 + baseline:
        return "underfit"
    if val[-1] > 5 + train[-1]:
        return "overfit"
    return "ok"


def early_stopping(val, patience, min_delta):
    stop, best_epoch, bad = len(val) - 1, 0, 0
    lowest = val[0]
    for epoch in range(1, len(val)):
        bad += 1
        if val[epoch] + min_delta < lowest:
            lowest, best_epoch, bad = val[epoch], epoch, 0
        if bad >= patience:
            stop = epoch
            break
    return (best_epoch, stop)
