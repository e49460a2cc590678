"""Copy every window of an image into a column of a matrix, and add the columns back up."""

import numpy as np

from convnet.functional.windows import Windows


def im2col(x, KH, KW, *, stride=1, padding=0, dilation=1):
    """Copy every window of x into a column; torch calls it `unfold`.

    Shapes:
        x (N, C, H, W) -> cols (N, C * KH * KW, OH * OW).
        Its rows are ordered by channel, kernel row, kernel column;
        its columns by output row, output column.

    Raises:
        ValueError: an option is not allowed, or the kernel does not fit.

    Source:
        Chellapilla, Puri & Simard (2006), section 3.1, https://inria.hal.science/inria-00112631
    """
    windows = Windows(x.shape, (KH, KW), stride=stride, padding=padding, dilation=dilation)
    OH, OW = windows.output
    padded = windows.pad(x)
    cols = np.empty((*x.shape[:2], KH, KW, OH, OW), dtype=x.dtype)
    for i, j, rows, columns in windows.offsets():
        cols[:, :, i, j] = padded[:, :, rows, columns]
    return cols.reshape(len(x), -1, OH * OW)


def col2im(cols, xshape, KH, KW, *, stride=1, padding=0, dilation=1):
    """Add every column back to the pixels it was copied from; torch calls it `fold`.

    This is the transpose of `im2col`, not its inverse: a pixel that lies in several windows
    receives their sum.

    Shapes:
        cols (N, C * KH * KW, OH * OW), xshape = (N, C, H, W) -> (N, C, H, W).

    Raises:
        ValueError: cols does not have the shape that xshape asks for, or as for `im2col`.
    """
    windows = Windows(xshape, (KH, KW), stride=stride, padding=padding, dilation=dilation)
    (N, C), (OH, OW) = xshape[:2], windows.output
    wanted = (N, C * KH * KW, OH * OW)
    if cols.shape != wanted:
        raise ValueError(f"cols has shape {cols.shape}, x of shape {tuple(xshape)} wants {wanted}")
    cols = cols.reshape(N, C, KH, KW, OH, OW)
    padded = windows.zeros(cols.dtype)
    for i, j, rows, columns in windows.offsets():
        padded[:, :, rows, columns] += cols[:, :, i, j]
    return windows.crop(padded)
