"""Exercises 1.1, 1.6, 1.7 and 1.9 by counting windows and pixels one by one."""

import numpy as np


def conv_out(n, k, stride=1, padding=0, dilation=1):
    last_pixel = n + 2 * padding - 1
    windows = 0
    start = 0
    while start + dilation * (k - 1) <= last_pixel:
        windows += 1
        start += stride
    return windows


def same_pads(n, k, stride=1, dilation=1):
    wanted = len(range(0, n, stride))
    before, after = 0, 0
    while conv_out(n + before + after, k, stride, 0, dilation) < wanted:
        if after > before:
            before += 1
        else:
            after += 1
    return before, after


def pooled(n, layer):
    k, p = layer["k"], layer.get("p", 0)
    s = layer.get("s", k)
    count = conv_out(n, k, s, p)
    left_over = (n + 2 * p - k) - (count - 1) * s
    if layer.get("ceil") and left_over > 0:
        count += 1
    return count


def describe(net, input_shape):
    result = []
    shape = input_shape
    for layer in net:
        n_params = 0
        kind = layer["kind"]
        if kind == "conv":
            C, H, W = shape
            k = layer["k"]
            kh, kw = (k, k) if type(k) is int else k
            s = layer.get("s", 1)
            p = layer.get("p", 0)
            d = layer.get("d", 1)
            shape = (layer["out"], conv_out(H, kh, s, p, d), conv_out(W, kw, s, p, d))
            for _ in range(layer["out"]):
                n_params += C // layer.get("groups", 1) * kh * kw
                if layer.get("bias", True):
                    n_params += 1
        elif kind == "maxpool" or kind == "avgpool":
            C, H, W = shape
            shape = (C, pooled(H, layer), pooled(W, layer))
        elif kind == "bn":
            n_params = 2 * shape[0]
        elif kind == "gap":
            shape = (shape[0], 1, 1)
        elif kind == "flatten":
            size = 1
            for side in shape:
                size *= side
            shape = (size,)
        elif kind == "linear":
            n_params = layer["out"] * (shape[0] + (1 if layer.get("bias", True) else 0))
            shape = (layer["out"],)
        result.append((shape, n_params))
    return result


def receptive_field(net):
    # The pixels of the image that the output pixels 0 and 1 see, found from the back.
    result = []
    for end in range(1, len(net) + 1):
        low, high, second = 0, 0, 1
        for layer in reversed(net[:end]):
            if layer["kind"] in ("conv", "maxpool", "avgpool"):
                k = layer["k"]
                s = layer.get("s", 1 if layer["kind"] == "conv" else k)
                low = low * s
                second = second * s
                high = high * s + layer.get("d", 1) * (k - 1)
        result.append((high - low + 1, second - low))
    return result


def equivariance_gap(f, x, shift):
    y = f(x)
    z = f(np.roll(np.roll(x, shift[0], axis=2), shift[1], axis=3))
    N, F, OH, OW = y.shape
    dy, dx = shift[0] // (x.shape[2] // OH), shift[1] // (x.shape[3] // OW)
    worst = 0.0
    for n in range(N):
        for c in range(F):
            for i in range(OH):
                for j in range(OW):
                    gap = abs(z[n, c, (i + dy) % OH, (j + dx) % OW] - y[n, c, i, j])
                    worst = max(worst, gap)
    return float(worst)
