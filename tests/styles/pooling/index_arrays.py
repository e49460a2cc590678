"""Answers with arrays of indices: fancy indexing forward, np.add.at backward."""

import numpy as np


def pool_out(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
    step = stride if stride is not None else k
    full, rest = divmod(n + 2 * padding - dilation * (k - 1) - 1, step)
    count = full + 1
    if ceil_mode and rest and count * step < n + padding:
        count += 1
    return count


def _both(v):
    return np.broadcast_to(v, 2).tolist()


class Grid:
    """Where each place of each window lies in a map with a rim of one pixel at the far end."""

    def __init__(self, x, k, stride, padding, dilation, ceil_mode):
        self.x = x
        k, p, d = map(_both, (k, padding, dilation))
        s = k if stride is None else _both(stride)
        self.axes, self.inside, self.padded = [], [], []
        for n, *one in zip(x.shape[2:], k, s, p, d, strict=True):
            k1, s1, p1, d1 = one
            out = pool_out(n, k1, s1, p1, ceil_mode, d1)
            at = np.arange(out)[:, None] * s1 + np.arange(k1) * d1 - p1
            self.inside.append((at >= 0) & (at < n))
            self.padded.append(at < n + p1)
            self.axes.append(np.where(self.inside[-1], at, n))

    def where(self):
        rows, columns = self.axes
        return ..., rows[:, None, :, None], columns[None, :, None, :]

    def rim(self, fill):
        return np.pad(self.x, [(0, 0), (0, 0), (0, 1), (0, 1)], constant_values=fill)

    def windows(self, fill):
        return self.rim(fill)[self.where()]

    def counts(self, include):
        rows, columns = self.padded if include else self.inside
        return np.outer(rows.sum(1), columns.sum(1)).astype(self.x.dtype)

    def scatter(self, shares):
        dx = np.zeros_like(self.rim(0))
        np.add.at(dx, self.where(), shares)
        return dx[:, :, :-1, :-1]


def maxpool2d_forward(x, k, stride=None, padding=0, dilation=1, ceil_mode=False):
    windows = Grid(x, k, stride, padding, dilation, ceil_mode).windows(np.finfo(x.dtype).min)
    return np.amax(np.amax(windows, axis=5), axis=4)


def maxpool2d_backward(dy, x, k, stride=None, padding=0, dilation=1, ceil_mode=False):
    grid = Grid(x, k, stride, padding, dilation, ceil_mode)
    windows = grid.windows(-np.inf)
    flat = windows.reshape(*dy.shape, -1)
    shares = np.zeros_like(flat)
    np.put_along_axis(shares, flat.argmax(-1)[..., None], dy[..., None], axis=-1)
    return grid.scatter(shares.reshape(windows.shape))


def avgpool2d_forward(x, k, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    grid = Grid(x, k, stride, padding, 1, ceil_mode)
    return np.add.reduce(grid.windows(0), axis=(4, 5)) / grid.counts(count_include_pad)


def avgpool2d_backward(dy, x, k, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    grid = Grid(x, k, stride, padding, 1, ceil_mode)
    share = (dy / grid.counts(count_include_pad))[..., None, None]
    return grid.scatter(np.broadcast_to(share, grid.windows(0).shape))


def gap(x):
    return x.reshape(*x.shape[:2], -1).mean(-1)


def gap_backward(dy, shape):
    return np.repeat(dy / np.prod(shape[2:]), np.prod(shape[2:])).reshape(shape).astype(dy.dtype)


def relative_change(pool, T, X):
    y, z = pool(X), pool(T(X))
    axes = tuple(range(1, y.ndim))
    ratio = np.sqrt(np.sum(np.square(z - y), axis=axes) / np.sum(np.square(y), axis=axes))
    return np.mean(ratio, dtype=np.float64)


def findings(X):
    def largest(k):
        return lambda x: maxpool2d_forward(x, k)

    def move(c):
        return lambda x: np.concatenate([0 * x[..., :c], x[..., :-c]], axis=3)

    turned = [
        lambda x: x.swapaxes(2, 3)[..., ::-1],
        lambda x: x[..., ::-1],
        lambda x: x[:, :, ::-1],
    ]
    changes = [move(1), lambda x: np.roll(x, 2, 2), *turned, lambda x: x * 0.8]
    one = [relative_change(gap, T, X) < 0.01 for T in changes].count(True)
    two = min(k for k in (1, 2, 4, 7, 14) if relative_change(largest(k), move(1), X) < 0.4)
    limit = relative_change(lambda x: x, move(1), X)
    three = 1
    while relative_change(largest(2), move(three), X) <= limit:
        three += 1
    return [one, two, three]
