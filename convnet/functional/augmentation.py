"""Move and mirror images, so that a network sees each of them in many places."""

import numpy as np


def shift_flip(x, dyx, flip):
    """Mirror the images whose flip is True, then move each by its own dy rows and dx columns.

    What leaves the picture is lost, and zeros come in.

    Shapes:
        x (N, C, H, W), dyx (N, 2) whole numbers, flip (N,) of True and False -> like x.
    """
    H, W = x.shape[2:]
    reach = int(np.abs(dyx).max(initial=0))
    x = np.where(np.asarray(flip)[:, None, None, None], x[..., ::-1], x)
    frame = np.pad(x, [(0, 0), (0, 0), (reach, reach), (reach, reach)])
    corners = reach - np.asarray(dyx)  # (N, 2)
    cut = [own[:, i : i + H, j : j + W] for own, (i, j) in zip(frame, corners, strict=True)]
    return np.stack(cut)


def random_shift_flip(x, most, rng, *, flip=0.0):
    """Move each image by up to `most` pixels in both directions, all moves equally likely.

    Shapes:
        x (N, C, H, W) -> like x.

    Args:
        x: the images.
        most: the longest move, in pixels.
        rng: the generator of random numbers.
        flip: the probability that an image is mirrored; 0 for digits, which have a left and right.
    """
    dyx = rng.integers(-most, most + 1, size=(len(x), 2))
    return shift_flip(x, dyx, rng.random(len(x)) < flip)
