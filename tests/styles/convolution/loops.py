"""Answers in loops, as one writes them down from the formula."""

import numpy as np


def _pair(value):
    if isinstance(value, int):
        return value, value
    return value


def _size(n, k, stride, padding, dilation):
    return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1


def _sizes(x, KH, KW, stride, padding, dilation):
    (sh, sw), (ph, pw), (dh, dw) = _pair(stride), _pair(padding), _pair(dilation)
    H, W = x.shape[2], x.shape[3]
    return _size(H, KH, sh, ph, dh), _size(W, KW, sw, pw, dw)


def _padded(x, padding):
    ph, pw = _pair(padding)
    N, C, H, W = x.shape
    xp = np.zeros((N, C, H + 2 * ph, W + 2 * pw), dtype=x.dtype)
    xp[:, :, ph : ph + H, pw : pw + W] = x
    return xp


def cross_correlate2d(x, w):
    H, W = x.shape
    KH, KW = w.shape
    y = np.zeros((H - KH + 1, W - KW + 1), dtype=x.dtype)
    for i in range(H - KH + 1):
        for j in range(W - KW + 1):
            for a in range(KH):
                for b in range(KW):
                    y[i, j] += x[i + a, j + b] * w[a, b]
    return y


def conv2d_forward(x, w, b, stride=1, padding=0, dilation=1, groups=1):
    F, depth, KH, KW = w.shape
    (sh, sw), (dh, dw) = _pair(stride), _pair(dilation)
    OH, OW = _sizes(x, KH, KW, stride, padding, dilation)
    xp = _padded(x, padding)
    y = np.zeros((len(x), F, OH, OW), dtype=x.dtype)
    for n in range(len(x)):
        for f in range(F):
            first = f // (F // groups) * depth
            for i in range(OH):
                for j in range(OW):
                    rows = slice(i * sh, i * sh + dh * (KH - 1) + 1, dh)
                    columns = slice(j * sw, j * sw + dw * (KW - 1) + 1, dw)
                    window = xp[n, first : first + depth, rows, columns]
                    y[n, f, i, j] = np.sum(window * w[f])
                    if b is not None:
                        y[n, f, i, j] += b[f]
    return y


def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1, groups=1):
    F, depth, KH, KW = w.shape
    (sh, sw), (ph, pw), (dh, dw) = _pair(stride), _pair(padding), _pair(dilation)
    N, _, OH, OW = dy.shape
    xp = _padded(x, padding)
    grad_xp, grad_w, grad_b = np.zeros_like(xp), np.zeros_like(w), np.zeros(F, dtype=x.dtype)
    for n in range(N):
        for f in range(F):
            first = f // (F // groups) * depth
            channels = slice(first, first + depth)
            for i in range(OH):
                for j in range(OW):
                    rows = slice(i * sh, i * sh + dh * (KH - 1) + 1, dh)
                    columns = slice(j * sw, j * sw + dw * (KW - 1) + 1, dw)
                    g = dy[n, f, i, j]
                    grad_b[f] += g
                    grad_w[f] += g * xp[n, channels, rows, columns]
                    grad_xp[n, channels, rows, columns] += g * w[f]
    H, W = x.shape[2:]
    return grad_xp[:, :, ph : ph + H, pw : pw + W], grad_w, grad_b


def im2col(x, KH, KW, stride=1, padding=0, dilation=1):
    N, C, _, _ = x.shape
    (sh, sw), (dh, dw) = _pair(stride), _pair(dilation)
    OH, OW = _sizes(x, KH, KW, stride, padding, dilation)
    xp = _padded(x, padding)
    cols = np.zeros((N, C * KH * KW, OH * OW), dtype=x.dtype)
    for i in range(OH):
        for j in range(OW):
            top, left = i * sh, j * sw
            window = xp[
                :,
                :,
                top : top + dh * (KH - 1) + 1 : dh,
                left : left + dw * (KW - 1) + 1 : dw,
            ]
            cols[:, :, i * OW + j] = window.reshape(N, -1)
    return cols


def col2im(cols, xshape, KH, KW, stride=1, padding=0, dilation=1):
    N, C, H, W = xshape
    (sh, sw), (ph, pw), (dh, dw) = _pair(stride), _pair(padding), _pair(dilation)
    OH, OW = _size(H, KH, sh, ph, dh), _size(W, KW, sw, pw, dw)
    xp = np.zeros((N, C, H + 2 * ph, W + 2 * pw), dtype=cols.dtype)
    for n in range(N):
        for position in range(OH * OW):
            i, j = divmod(position, OW)
            for row in range(C * KH * KW):
                c, a, b = row // (KH * KW), row // KW % KH, row % KW
                xp[n, c, i * sh + a * dh, j * sw + b * dw] += cols[n, row, position]
    return xp[:, :, ph : ph + H, pw : pw + W]


def conv2d_fast(x, w, b, stride=1, padding=0, dilation=1):
    F, _, KH, KW = w.shape
    cols = im2col(x, KH, KW, stride, padding, dilation)
    OH, OW = _sizes(x, KH, KW, stride, padding, dilation)
    y = np.zeros((len(x), F, OH * OW), dtype=x.dtype)
    for n in range(len(x)):
        y[n] = w.reshape(F, -1) @ cols[n]
        if b is not None:
            y[n] += b.reshape(F, 1)
    return y.reshape(len(x), F, OH, OW)


def conv1x1(x, w, b):
    N, C, H, W = x.shape
    y = np.zeros((N, len(w), H, W), dtype=x.dtype)
    for n in range(N):
        for f in range(len(w)):
            for c in range(C):
                y[n, f] += w[f, c] * x[n, c]
            if b is not None:
                y[n, f] += b[f]
    return y
