"""Draw where an array is wrong: one small square for each element, filled where it is wrong."""

from __future__ import annotations

from html import escape

import numpy as np

MOST_SHEETS = 12
MOST_SIDE = 40
CELLS = ((8, 16.0), (16, 9.0), (MOST_SIDE, 5.0))
GAP = 10


def heat_map(wrong: np.ndarray, name: str, case: str) -> str:
    """An SVG figure of an array's wrong elements; 4-D arrays as a grid of sheets.

    Args:
        wrong: for each element, whether it is wrong; any number of axes.
        name: what the array is called.
        case: the title of the case it belongs to.
    """
    sheets = wrong.reshape(-1, *np.atleast_2d(wrong).shape[-2:])
    shown = [_thin(sheet) for sheet in sheets[:MOST_SHEETS]]
    columns = _columns(wrong, len(shown))
    cell = next(cell for most, cell in CELLS if max(shown[0].shape) <= most)
    height, width = (side * cell + GAP for side in shown[0].shape)
    rows = -(-len(shown) // columns)
    squares = "".join(
        _sheet(sheet, cell, (i % columns * width, i // columns * height))
        for i, sheet in enumerate(shown)
    )
    size = (columns * width - GAP, rows * height - GAP)
    text = escape(f"{wrong.sum()} of {wrong.size} elements of {name} are wrong")
    return (
        f'<figure><svg role="img" aria-label="{text}" width="{size[0]:g}" height="{size[1]:g}" '
        f'viewBox="0 0 {size[0]:g} {size[1]:g}">{squares}</svg>'
        f"<figcaption>{_caption(wrong, len(shown), name, case)}</figcaption></figure>"
    )


def _columns(wrong: np.ndarray, shown: int) -> int:
    """Sheets side by side: the channels of an image in one row if they fit."""
    channels = wrong.shape[1] if wrong.ndim == 4 else shown
    return max(1, min(channels, shown, 6))


def _thin(sheet: np.ndarray) -> np.ndarray:
    """Cut a large sheet down: a square stands for a block and is wrong if any of it is."""
    step = -(-max(sheet.shape) // MOST_SIDE)
    if step == 1:
        return sheet
    height, width = (-(-side // step) * step for side in sheet.shape)
    padded = np.zeros((height, width), dtype=bool)
    padded[: sheet.shape[0], : sheet.shape[1]] = sheet
    return padded.reshape(height // step, step, width // step, step).any(axis=(1, 3))


def _sheet(sheet: np.ndarray, cell: float, corner: tuple[float, float]) -> str:
    """One sheet as two paths, the right and the wrong squares: small, however many there are."""
    return "".join(
        f'<path class="{state}" d="{_squares(sheet == value, cell, corner)}"/>'
        for state, value in (("good", False), ("bad", True))
    )


def _squares(chosen: np.ndarray, cell: float, corner: tuple[float, float]) -> str:
    side = cell - 1
    return "".join(
        f"M{corner[0] + column * cell:g} {corner[1] + row * cell:g}h{side:g}v{side:g}h-{side:g}z"
        for row, column in np.argwhere(chosen)
    )


def _caption(wrong: np.ndarray, shown: int, name: str, case: str) -> str:
    sheets = wrong.reshape(-1, *np.atleast_2d(wrong).shape[-2:]).shape[0]
    part = f", the first {shown} of {sheets} maps" if shown < sheets else ""
    if wrong.ndim == 4 and not part:
        part = ", a row for each image, a map for each channel"
    place = f" in the case “{escape(case)}”" if case else ""
    return f"<code>{escape(name)}</code>{place}: filled squares are wrong{part}"
