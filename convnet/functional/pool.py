"""Pool a batch of maps, and go backward, place by place inside the window.

As in a convolution, the pixels that one place of the window meets in all windows are a strided
slice of the padded map. So a loop over the KH * KW places is enough.
"""

from functools import reduce

import numpy as np

from convnet.functional.windows import Windows, pair


class PoolWindows(Windows):
    """The windows of a pooling, which may stick out at the end.

    Args:
        xshape: the shape of the maps, (N, C, H, W).
        kernel_size, padding, dilation: a number, or a pair for rows and columns.
        stride: the same; None stands for kernel_size.
        ceil_mode: whether a last window that sticks out counts, if it starts on the map or in
            the padding before it.

    Raises:
        ValueError: an option is not allowed, or the window does not fit.
    """

    def __init__(
        self, xshape, kernel_size, *, stride=None, padding=0, dilation=1, ceil_mode=False
    ) -> None:
        if len(xshape) != 4:
            raise ValueError(f"x has {len(xshape)} axes, pooling needs 4: (N, C, H, W)")
        self.ceil_mode = ceil_mode
        for p, k in zip(
            pair(padding, "padding", least=0), pair(kernel_size, "kernel_size"), strict=True
        ):
            if 2 * p > k:
                raise ValueError(f"padding={p} is more than half of kernel_size={k}")
        step = kernel_size if stride is None else stride
        super().__init__(xshape, kernel_size, stride=step, padding=padding, dilation=dilation)

    def _along(self, axis: int) -> int:
        fitting = super()._along(axis)
        n, s, p = self.xshape[2 + axis], self.stride[axis], self.padding[axis]
        something_left = self.end(axis, fitting) < n + 2 * p
        starts_on_map = fitting * s < n + p
        return fitting + int(self.ceil_mode and something_left and starts_on_map)

    def end(self, axis: int, windows: int) -> int:
        """Where so many windows end, counted from the first pixel of the padding."""
        reach = self.dilation[axis] * (self.kernel[axis] - 1) + 1
        return (windows - 1) * self.stride[axis] + reach

    def frame(self, fill, dtype):
        """A padded batch without its maps, as long as its windows need."""
        sides = (
            max(self.xshape[2 + axis] + 2 * self.padding[axis], self.end(axis, self.output[axis]))
            for axis in (0, 1)
        )
        return np.full((*self.xshape[:2], *sides), fill, dtype=dtype)

    def framed(self, x, fill):
        """The maps with something around them."""
        frame = self.frame(fill, x.dtype)
        self.crop(frame)[...] = x
        return frame

    def divisors(self, count_include_pad: bool, dtype):
        """How many pixels of each window count, (OH, OW)."""
        rows, columns = (self._counts(axis, count_include_pad) for axis in (0, 1))
        return np.outer(rows, columns).astype(dtype)

    def _counts(self, axis: int, count_include_pad: bool):
        n, p = self.xshape[2 + axis], self.padding[axis]
        first = np.arange(self.output[axis]) * self.stride[axis] - p
        low, high = (-p, n + p) if count_include_pad else (0, n)
        return np.minimum(first + self.kernel[axis], high) - np.maximum(first, low)


def max_pool2d_forward(x, kernel_size, **options):
    """Keep the largest number of every window.

    Shapes:
        x (N, C, H, W) -> y (N, C, OH, OW), winner (N, C, OH, OW).

    Args:
        options: as for `PoolWindows`.

    Returns:
        y, and the place of the first maximum inside each window, counted row by row. A NaN is
        larger than any number, as in PyTorch.

    Raises:
        ValueError: shapes or options do not go together.
    """
    windows = PoolWindows(x.shape, kernel_size, **options)
    frame = windows.framed(x, -np.inf)
    y = np.full((*x.shape[:2], *windows.output), -np.inf, dtype=x.dtype)
    winner = np.zeros(y.shape, dtype=np.intp)
    for place, (_, _, rows, columns) in enumerate(windows.offsets()):
        seen = frame[:, :, rows, columns]
        better = (seen > y) | np.isnan(seen)
        y = np.where(better, seen, y)
        winner[better] = place
    return y, winner


def max_pool2d_backward(dy, winner, xshape, kernel_size, **options):
    """The loss's gradient by what went into `max_pool2d_forward`.

    Shapes:
        dy (N, C, OH, OW), winner (N, C, OH, OW) -> dx (N, C, H, W).

    Args:
        winner: as `max_pool2d_forward` returned it.
        xshape: the shape of x.

    Raises:
        ValueError: dy does not have the shape of y.
    """
    windows = PoolWindows(xshape, kernel_size, **options)
    check_gradient(dy, (*xshape[:2], *windows.output))
    dframe = windows.frame(0, dy.dtype)
    for place, (_, _, rows, columns) in enumerate(windows.offsets()):
        dframe[:, :, rows, columns] += np.where(winner == place, dy, 0)
    return windows.crop(dframe)


def avg_pool2d_forward(x, kernel_size, *, count_include_pad=True, **options):
    """Average every window.

    Shapes:
        x (N, C, H, W) -> y (N, C, OH, OW).

    Args:
        count_include_pad: whether the zeros of the padding count as pixels.
        options: as for `PoolWindows`, without dilation.

    Raises:
        ValueError: shapes or options do not go together.
    """
    windows = PoolWindows(x.shape, kernel_size, **options)
    frame = windows.framed(x, 0)
    total = reduce(np.add, (frame[:, :, rows, cols] for _, _, rows, cols in windows.offsets()))
    return total / windows.divisors(count_include_pad, x.dtype)


def avg_pool2d_backward(dy, xshape, kernel_size, *, count_include_pad=True, **options):
    """The loss's gradient by what went into `avg_pool2d_forward`.

    Shapes:
        dy (N, C, OH, OW) -> dx (N, C, H, W).

    Raises:
        ValueError: dy does not have the shape of y.
    """
    windows = PoolWindows(xshape, kernel_size, **options)
    check_gradient(dy, (*xshape[:2], *windows.output))
    share = dy / windows.divisors(count_include_pad, dy.dtype)
    dframe = windows.frame(0, dy.dtype)
    for _, _, rows, columns in windows.offsets():
        dframe[:, :, rows, columns] += share
    return windows.crop(dframe)


def global_avg_pool2d_forward(x):
    """Average each map down to one number: y = sum(x) / (H * W).

    Shapes:
        x (N, C, H, W) -> y (N, C).

    Raises:
        ValueError: x does not have four axes.
    """
    if x.ndim != 4:
        raise ValueError(f"x has {x.ndim} axes, pooling needs 4: (N, C, H, W)")
    return x.mean(axis=(2, 3))


def global_avg_pool2d_backward(dy, xshape):
    """The loss's gradient by what went into `global_avg_pool2d_forward`.

    Shapes:
        dy (N, C) -> dx (N, C, H, W).

    Raises:
        ValueError: dy does not have the shape of y.
    """
    check_gradient(dy, tuple(xshape[:2]))
    share = dy[:, :, None, None] / (xshape[2] * xshape[3])
    return np.broadcast_to(share, xshape).copy()


def check_gradient(dy, yshape) -> None:
    """Check that dy has the shape of y.

    Raises:
        ValueError: it does not.
    """
    if dy.shape != yshape:
        raise ValueError(f"dy has shape {dy.shape}, y has shape {yshape}")
