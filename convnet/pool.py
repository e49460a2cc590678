"""Pooling as layers: they make maps smaller and have nothing to learn."""

from convnet.functional.pool import (
    avg_pool2d_backward,
    avg_pool2d_forward,
    global_avg_pool2d_backward,
    global_avg_pool2d_forward,
    max_pool2d_backward,
    max_pool2d_forward,
)


class Pooling:
    """What all pooling layers share: no parameters, and a memory of one forward call."""

    def __init__(self) -> None:
        self.params, self.grads = {}, {}
        self.seen = None

    def remembered(self):
        """What `forward` kept.

        Raises:
            ValueError: there was no `forward`.
        """
        if self.seen is None:
            raise ValueError("backward needs the x of a forward call, and there was none")
        return self.seen


class MaxPool2d(Pooling):
    """Keep the largest number of every window; outside the map there is minus infinity.

    Shapes:
        x (N, C, H, W) -> y (N, C, OH, OW), where
        OH = (H + 2 * padding - dilation * (KH - 1) - 1) // stride + 1, and OW likewise. With
        ceil_mode the division rounds up, but a window that starts behind the map is dropped.

    Args:
        kernel_size, stride, padding, dilation: a number, or a pair for rows and columns;
            stride=None stands for kernel_size.
        ceil_mode: whether windows that stick out at the end count.

    Raises:
        ValueError: an option is not allowed, or a window does not fit into x.

    Source:
        PyTorch's MaxPool2d, https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
    """

    def __init__(self, kernel_size, stride=None, *, padding=0, dilation=1, ceil_mode=False) -> None:
        super().__init__()
        self.options = {
            "kernel_size": kernel_size,
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "ceil_mode": ceil_mode,
        }

    def forward(self, x):
        """Return y, and keep which pixel won in each window.

        Raises:
            ValueError: x does not fit the options.
        """
        y, winner = max_pool2d_forward(x, **self.options)
        self.seen = winner, x.shape
        return y

    def backward(self, dy):
        """Return dx: each gradient goes to the first maximum of its window.

        Shapes:
            dy (N, C, OH, OW) -> dx (N, C, H, W).

        Raises:
            ValueError: dy does not have the shape of y, or there was no `forward`.
        """
        winner, xshape = self.remembered()
        return max_pool2d_backward(dy, winner, xshape, **self.options)


class AvgPool2d(Pooling):
    """Average every window; outside the map there are zeros.

    Shapes:
        x (N, C, H, W) -> y (N, C, OH, OW), sized as by `MaxPool2d`.

    Args:
        kernel_size, stride, padding, ceil_mode: as for `MaxPool2d`.
        count_include_pad: whether the zeros of the padding count as pixels. What a window sees
            behind the padding never counts.

    Raises:
        ValueError: an option is not allowed, or a window does not fit into x.

    Source:
        PyTorch's AvgPool2d, https://docs.pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html
    """

    def __init__(
        self, kernel_size, stride=None, *, padding=0, ceil_mode=False, count_include_pad=True
    ) -> None:
        super().__init__()
        self.options = {
            "kernel_size": kernel_size,
            "stride": stride,
            "padding": padding,
            "ceil_mode": ceil_mode,
            "count_include_pad": count_include_pad,
        }

    def forward(self, x):
        """Return y, and keep the shape of x.

        Raises:
            ValueError: x does not fit the options.
        """
        self.seen = x.shape
        return avg_pool2d_forward(x, **self.options)

    def backward(self, dy):
        """Return dx: each gradient is shared equally among the pixels of its window.

        Shapes:
            dy (N, C, OH, OW) -> dx (N, C, H, W).

        Raises:
            ValueError: dy does not have the shape of y, or there was no `forward`.
        """
        return avg_pool2d_backward(dy, self.remembered(), **self.options)


class GlobalAvgPool2d(Pooling):
    """Average each map down to one number.

    Shapes:
        x (N, C, H, W) -> y (N, C).

    Source:
        Lin, Chen & Yan (2013), section 3.2, https://arxiv.org/abs/1312.4400
    """

    def forward(self, x):
        """Return y, and keep the shape of x.

        Raises:
            ValueError: x does not have four axes.
        """
        self.seen = x.shape
        return global_avg_pool2d_forward(x)

    def backward(self, dy):
        """Return dx: each gradient is shared equally among the pixels of its map.

        Shapes:
            dy (N, C) -> dx (N, C, H, W).

        Raises:
            ValueError: dy does not have the shape of y, or there was no `forward`.
        """
        return global_avg_pool2d_backward(dy, self.remembered())
