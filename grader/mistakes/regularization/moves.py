"""Moving and mirroring images right, and in ways that differ in one thing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def moved(image: np.ndarray, dy: int, dx: int, **padding) -> np.ndarray:
    """An image (C, H, W), moved down and to the right; new pixels as `np.pad` makes them."""
    H, W = image.shape[1:]
    reach = max(abs(dy), abs(dx))
    padded = np.pad(image, [(0, 0), (reach, reach), (reach, reach)], **padding)
    return padded[:, reach - dy :, reach - dx :][:, :H, :W]


def mirrored(image: np.ndarray) -> np.ndarray:
    """An image with left and right exchanged."""
    return image[:, :, ::-1]


def overwritten(image: np.ndarray) -> np.ndarray:
    """An image mirrored column by column in its own place."""
    image = image.copy()
    for column in range(image.shape[2]):
        image[:, :, column] = image[:, :, -1 - column]
    return image


def right(image: np.ndarray, dy: int, dx: int, flip: bool) -> np.ndarray:
    """Mirror if asked to, then move."""
    return moved(mirrored(image) if flip else image, dy, dx)


def each(rule: Callable = right, order: Callable | None = None) -> Callable:
    """A `shift_flip` that treats each image by itself.

    Args:
        rule: of an image, dy, dx and flip, the new image.
        order: of dyx and flip, what to use instead of them.
    """

    def shift_flip(x, dyx, flip):
        dyx, flip = order(dyx, flip) if order else (dyx, flip)
        made = [
            rule(image, *map(int, d), bool(f)) for image, d, f in zip(x, dyx, flip, strict=True)
        ]
        return np.stack(made).astype(x.dtype)

    return shift_flip


def moves(rule: Callable[[int, int], tuple[int, int]]) -> Callable:
    """A `shift_flip` with other moves."""
    return each(lambda image, dy, dx, flip: right(image, *rule(dy, dx), flip))


def flips(rule: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """A `shift_flip` with another mirror."""
    return each(lambda image, dy, dx, flip: moved(rule(image) if flip else image, dy, dx))


def borders(**padding) -> Callable:
    """A `shift_flip` with something else than zeros where nothing was."""
    return each(
        lambda image, dy, dx, flip: moved(mirrored(image) if flip else image, dy, dx, **padding)
    )


def rolled(image: np.ndarray, dy: int, dx: int, flip: bool) -> np.ndarray:
    """Mirror if asked to, then roll around."""
    return np.roll(mirrored(image) if flip else image, (dy, dx), axis=(1, 2))


def not_cleared(image: np.ndarray, dy: int, dx: int, flip: bool) -> np.ndarray:
    """Move over a copy of the image, whose old pixels stay where nothing moves in."""
    image = mirrored(image) if flip else image
    inside = moved(np.ones_like(image), dy, dx) > 0
    return np.where(inside, moved(image, dy, dx), image)


def clipped(image: np.ndarray, dy: int, dx: int, flip: bool) -> np.ndarray:
    """Move by no more than leaves a row or column."""
    H, W = image.shape[1:]
    return right(image, int(np.clip(dy, 1 - H, H - 1)), int(np.clip(dx, 1 - W, W - 1)), flip)


def modulo(image: np.ndarray, dy: int, dx: int, flip: bool) -> np.ndarray:
    """Move by what is left after whole pictures."""
    H, W = image.shape[1:]
    return right(image, int(np.fmod(dy, H)), int(np.fmod(dx, W)), flip)


def grown(x: np.ndarray, dyx: np.ndarray, flip: np.ndarray) -> np.ndarray:
    """The images in a frame that is as wide as the longest move."""
    reach = int(np.abs(dyx).max())
    frame = [(0, 0), (0, 0), (reach, reach), (reach, reach)]
    return each()(np.pad(x, frame), dyx, flip)


def by_slices(image: np.ndarray, dy: int, dx: int, flip: bool) -> np.ndarray:
    """Move by slices whose ends become negative when nothing is left."""
    H, W = image.shape[1:]
    y, image = np.zeros_like(image), mirrored(image) if flip else image
    here = slice(max(dy, 0), H + min(dy, 0)), slice(max(dx, 0), W + min(dx, 0))
    there = slice(max(-dy, 0), H - max(dy, 0)), slice(max(-dx, 0), W - max(dx, 0))
    y[:, here[0], here[1]] = image[:, there[0], there[1]]
    return y


def gathered(stops: bool) -> Callable:
    """Fetch every pixel from its place, which may be negative and then counts from the end.

    Args:
        stops: whether a place that does not exist at all is an error, and not passed over.
    """

    def shift(image, dy, dx, flip):
        y, image = np.zeros_like(image), mirrored(image) if flip else image
        for row, column in np.ndindex(image.shape[1:]):
            there = row - dy, column - dx
            if _exists(there, image, stops=stops):
                y[:, row, column] = image[:, there[0], there[1]]
        return y

    return shift


def scattered(stops: bool) -> Callable:
    """Send every pixel to its place, which may be negative and then counts from the end."""

    def shift(image, dy, dx, flip):
        y, image = np.zeros_like(image), mirrored(image) if flip else image
        for row, column in np.ndindex(image.shape[1:]):
            there = row + dy, column + dx
            if _exists(there, image, stops=stops):
                y[:, there[0], there[1]] = image[:, row, column]
        return y

    return shift


def _exists(place: tuple[int, int], image: np.ndarray, *, stops: bool) -> bool:
    sizes = image.shape[1:]
    beyond = any(own >= size for own, size in zip(place, sizes, strict=True))
    before = any(own < -size for own, size in zip(place, sizes, strict=True))
    return not beyond and (stops or not before)


def over_the_old(image: np.ndarray, dy: int, dx: int, flip: bool) -> np.ndarray:
    """Move over a copy of the image that is not mirrored."""
    inside = moved(np.ones_like(image), dy, dx) > 0
    return np.where(inside, right(image, dy, dx, flip), image)


def without_first(rows: int, columns: int) -> Callable:
    """A move that takes the first row or column for one outside the picture."""

    def shift(image, dy, dx, flip):
        image = (mirrored(image) if flip else image).copy()
        image[:, :rows], image[:, :, :columns] = 0, 0
        return moved(image, dy, dx)

    return shift


def by_negative_slices(image: np.ndarray, dy: int, dx: int, flip: bool) -> np.ndarray:
    """Move by slices that end at minus the move, which is nothing for 0."""
    image = mirrored(image) if flip else image
    y, z = np.zeros_like(image), np.zeros_like(image)
    if dy >= 0:
        y[:, dy:] = image[:, :-dy]
    else:
        y[:, :dy] = image[:, -dy:]
    if dx >= 0:
        z[:, :, dx:] = y[:, :, :-dx]
    else:
        z[:, :, :dx] = y[:, :, -dx:]
    return z


def rolled_and_cleared(image: np.ndarray, dy: int, dx: int, flip: bool) -> np.ndarray:
    """Roll around and clear what came in, which is everything for a move of 0."""
    y = rolled(image, dy, dx, flip).copy()
    if dy > 0:
        y[:, :dy] = 0
    else:
        y[:, dy:] = 0
    if dx > 0:
        y[:, :, :dx] = 0
    else:
        y[:, :, dx:] = 0
    return y
