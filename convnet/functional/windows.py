"""Say where the windows lie that a kernel looks through as it slides over an image."""

from collections.abc import Iterator

import numpy as np


def pair(value: int | tuple[int, int], name: str, *, least: int = 1) -> tuple[int, int]:
    """Turn 3 into (3, 3) and leave (3, 5) as it is: one number for rows, one for columns.

    Args:
        value: a number or a pair.
        name: what it is called in an error message.
        least: the smallest number allowed.

    Raises:
        ValueError: it is neither a number nor a pair, or too small.
    """
    both = tuple(value) if isinstance(value, tuple | list) else (value, value)
    if len(both) != 2 or not all(isinstance(n, int | np.integer) for n in both):
        raise ValueError(f"{name} is a whole number or a pair of them, not {value!r}")
    if min(both) < least:
        raise ValueError(f"{name} must be at least {least}, not {value!r}")
    return int(both[0]), int(both[1])


def output_size(n: int, k: int, *, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Count the windows of k pixels along n pixels.

    It is (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1.

    Raises:
        ValueError: not even one window fits.

    Source:
        Dumoulin & Visin (2016), section 5.1, https://arxiv.org/abs/1603.07285
    """
    padded, covered = n + 2 * padding, dilation * (k - 1) + 1
    if covered > padded:
        raise ValueError(f"the kernel covers {covered} pixels, the padded x has {padded}")
    return (padded - covered) // stride + 1


class Windows:
    """All windows of one image shape.

    They can be followed in two ways: window by window, or kernel position by kernel position.
    The second needs only KH * KW steps, because the pixels that one kernel position meets in all
    windows are a strided slice of the padded image. `offsets` walks that way.

    Args:
        xshape: the shape of the images, (N, C, H, W).
        kernel: its rows and columns, (KH, KW).
        stride, padding, dilation: a number, or a pair for rows and columns.

    Raises:
        ValueError: an option is not allowed, or the kernel does not fit.
    """

    def __init__(self, xshape, kernel, *, stride=1, padding=0, dilation=1) -> None:
        self.xshape, self.kernel = tuple(xshape), pair(kernel, "kernel_size")
        self.stride = pair(stride, "stride")
        self.padding = pair(padding, "padding", least=0)
        self.dilation = pair(dilation, "dilation")
        self.output = self._along(0), self._along(1)  # (OH, OW)

    def _along(self, axis: int) -> int:
        return output_size(
            self.xshape[2 + axis],
            self.kernel[axis],
            stride=self.stride[axis],
            padding=self.padding[axis],
            dilation=self.dilation[axis],
        )

    def zeros(self, dtype):
        """An empty padded batch, (N, C, H + 2 * padding, W + 2 * padding)."""
        N, C, H, W = self.xshape
        return np.zeros((N, C, H + 2 * self.padding[0], W + 2 * self.padding[1]), dtype=dtype)

    def crop(self, padded):
        """The part of a padded batch that is the images, as a view."""
        (top, left), (H, W) = self.padding, self.xshape[2:]
        return padded[:, :, top : top + H, left : left + W]

    def pad(self, x):
        """Put zeros around the images."""
        padded = self.zeros(x.dtype)
        self.crop(padded)[...] = x
        return padded

    def offsets(self) -> Iterator[tuple[int, int, slice, slice]]:
        """For each kernel position (i, j), the rows and columns it meets in all windows."""
        for i in range(self.kernel[0]):
            for j in range(self.kernel[1]):
                yield i, j, self._met(0, i), self._met(1, j)

    def _met(self, axis: int, offset: int) -> slice:
        first, step = offset * self.dilation[axis], self.stride[axis]
        return slice(first, first + (self.output[axis] - 1) * step + 1, step)
