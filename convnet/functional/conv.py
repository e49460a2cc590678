"""Convolve a batch of images, and go backward, by matrix products over its windows.

Unfolded by `im2col`, a convolution is y = weight @ cols for each image and group of channels.
Its gradients are those of any matrix product: dweight = dy @ cols.T and dcols = weight.T @ dy.
"""

from convnet.functional.unfold import col2im, im2col
from convnet.functional.windows import Windows


def conv2d_forward(x, weight, bias=None, *, stride=1, padding=0, dilation=1, groups=1):
    """Slide F kernels over a batch of images.

    Shapes:
        x (N, C, H, W), weight (F, C / groups, KH, KW), bias (F,) or None -> y (N, F, OH, OW),
        where OH = (H + 2 * padding - dilation * (KH - 1) - 1) // stride + 1, and OW likewise.

    Args:
        stride, padding, dilation: a number, or a pair for rows and columns.
        groups: how many blocks of channels there are; a filter sees one of them.

    Raises:
        ValueError: shapes or options do not go together.
    """
    check_arrays(x, weight, bias, groups)
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    windows = Windows(x.shape, weight.shape[2:], **options)
    cols, kernels = _unfold(x, weight, groups, options)
    y = (kernels @ cols).reshape(len(x), len(weight), *windows.output)
    return y if bias is None else y + bias[:, None, None]


def conv2d_backward(dy, x, weight, *, stride=1, padding=0, dilation=1, groups=1):
    """The loss's gradients by what went into `conv2d_forward`.

    Shapes:
        dy (N, F, OH, OW), x (N, C, H, W), weight (F, C / groups, KH, KW)
        -> dx like x, dweight like weight, dbias (F,).

    Raises:
        ValueError: dy does not have the shape of y, or as for `conv2d_forward`.
    """
    check_arrays(x, weight, None, groups)
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    yshape = (len(x), len(weight), *Windows(x.shape, weight.shape[2:], **options).output)
    if dy.shape != yshape:
        raise ValueError(f"dy has shape {dy.shape}, y has shape {yshape}")
    cols, kernels = _unfold(x, weight, groups, options)
    slopes = dy.reshape(len(x), *kernels.shape[:2], -1)  # (N, groups, F / groups, OH * OW)
    # Every image uses the same weight, so each contributes to its gradient.
    dweight = (slopes @ cols.swapaxes(2, 3)).sum(axis=0).reshape(weight.shape)
    dcols = (kernels.swapaxes(1, 2) @ slopes).reshape(len(x), -1, cols.shape[-1])
    dx = col2im(dcols, x.shape, *weight.shape[2:], **options)
    return dx, dweight, dy.sum(axis=(0, 2, 3))


def _unfold(x, weight, groups, options):
    """The two factors of the matrix product, with K = C / groups * KH * KW."""
    cols = im2col(x, *weight.shape[2:], **options)
    cols = cols.reshape(len(x), groups, -1, cols.shape[-1])  # (N, groups, K, OH * OW)
    return cols, weight.reshape(groups, len(weight) // groups, -1)  # (groups, F / groups, K)


def check_arrays(x, weight, bias, groups) -> None:
    """Check that images, kernels, a bias and the groups fit together.

    Raises:
        ValueError: they do not; the message names both sides.
    """
    if x.ndim != 4 or weight.ndim != 4:
        raise ValueError(f"x has {x.ndim} axes and weight has {weight.ndim}, both need 4")
    F, channels = len(weight), weight.shape[1] * groups
    if groups < 1 or F % groups:
        raise ValueError(f"groups={groups} does not divide the F={F} filters of weight")
    if x.shape[1] != channels:
        raise ValueError(f"x has C={x.shape[1]} channels, weight wants {channels}")
    if bias is not None and bias.shape != (F,):
        raise ValueError(f"bias has shape {bias.shape}, weight has F={F} filters")
