"""Answers with a loop over every number, and an if for each."""

import numpy as np


def dropout(x, u, p, train):
    y, mask = np.zeros_like(x), np.zeros_like(x)
    for place in np.ndindex(x.shape):
        if not train:
            mask[place] = 1
        elif u[place] >= p:
            mask[place] = 1 / (1 - p)
        y[place] = x[place] * mask[place]
    return y, mask


def dropout_backward(dy, mask):
    dx = np.empty_like(dy)
    for place, slope in np.ndenumerate(dy):
        dx[place] = slope * mask[place]
    return dx


def to_inverted(w_next, p):
    w = np.zeros(w_next.shape, dtype=w_next.dtype)
    for place in np.ndindex(*w_next.shape):
        w[place] = (1 - p) * w_next[place]
    return w


def predict_old(x, w_next, b_next, p):
    y = np.zeros((len(x), len(w_next)), dtype=x.dtype)
    for n in range(len(x)):
        for m in range(len(w_next)):
            total = 0.0
            for d in range(x.shape[1]):
                total += (1 - p) * x[n, d] * w_next[m, d]
            y[n, m] = total + b_next[m]
    return y


def dropout2d(x, u, p, train):
    N, C, _, _ = x.shape
    y, mask = x.copy(), np.ones((N, C), dtype=x.dtype)
    for n in range(N):
        for c in range(C):
            if train:
                mask[n, c] = 1 / (1 - p) if u[n, c] >= p else 0
            y[n, c] *= mask[n, c]
    return y, mask


def dropout2d_backward(dy, mask):
    dx = np.zeros_like(dy)
    for n in range(dy.shape[0]):
        for c in range(dy.shape[1]):
            for i in range(dy.shape[2]):
                for j in range(dy.shape[3]):
                    dx[n, c, i, j] = dy[n, c, i, j] * mask[n, c]
    return dx


def dropconnect(x, w, b, u, p, train):
    mask = np.ones_like(w)
    if train:
        for m in range(w.shape[0]):
            for d in range(w.shape[1]):
                mask[m, d] = 0 if u[m, d] < p else 1 / (1 - p)
    y = np.zeros((x.shape[0], w.shape[0]), x.dtype)
    for n in range(x.shape[0]):
        for m in range(w.shape[0]):
            y[n, m] = b[m]
            for d in range(x.shape[1]):
                y[n, m] += x[n, d] * w[m, d] * mask[m, d]
    return y, mask


def dropconnect_backward(dy, x, w, mask):
    dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros(len(w), w.dtype)
    for n in range(len(x)):
        for m in range(len(w)):
            db[m] += dy[n, m]
            for d in range(x.shape[1]):
                dx[n, d] += dy[n, m] * w[m, d] * mask[m, d]
                dw[m, d] += dy[n, m] * x[n, d] * mask[m, d]
    return dx, dw, db


def dropout_moments(x, w, b, p):
    mean, var = np.zeros((2, len(x), len(w)), dtype=x.dtype)
    for n in range(len(x)):
        for m in range(len(w)):
            products = [x[n, d] * w[m, d] for d in range(x.shape[1])]
            mean[n, m] = sum(products) + b[m]
            var[n, m] = sum(v * v for v in products) * p / (1 - p)
    return mean, var
