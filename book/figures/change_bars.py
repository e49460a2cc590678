"""How much 200 digits change when they are moved, turned or shrunk, with and without pooling."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from grader.exercises.pooling.digits import digits

POOLS = {"none": (1, np.max), "max 2": (2, np.max), "average 2": (2, np.mean), "max 4": (4, np.max)}


def draw() -> Figure:
    """Draw a group of bars for each change."""
    figure, ax = plt.subplots(figsize=(5.2, 5.2))
    rows = table()
    for place, name in enumerate(POOLS):
        values = [row[name] for row in rows.values()]
        bars = ax.barh(np.arange(len(rows)) + 0.2 * place, values, height=0.18, label=name)
        ax.bar_label(bars, fmt="%.2f", padding=3, fontsize=9)
    ax.set(xlim=(0, 1.45), yticks=np.arange(len(rows)) + 0.3, xlabel="relative change")
    ax.set_yticklabels(rows)
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    ax.legend(loc="upper right", fontsize=10)
    return figure


def table() -> dict[str, dict[str, float]]:
    """The relative change, by what was done to the digits and how they are pooled."""
    X = digits()[:, 0]
    return {
        name: {pool: change(X, T(X), *how) for pool, how in POOLS.items()}
        for name, T in CHANGES.items()
    }


def change(X: np.ndarray, moved: np.ndarray, k: int, keep: Callable) -> float:
    """The mean over the images of |pool(moved) - pool(X)| / |pool(X)|."""
    before, after = (pooled(images, k, keep).reshape(len(X), -1) for images in (X, moved))
    lengths = np.linalg.norm(before, axis=1)
    return float(np.mean(np.linalg.norm(after - before, axis=1) / lengths))


def pooled(X: np.ndarray, k: int, keep: Callable) -> np.ndarray:
    """Images (N, 28, 28) by k × k windows side by side."""
    return keep(X.reshape(len(X), 28 // k, k, 28 // k, k), axis=(2, 4))


def shifted(X: np.ndarray, columns: int) -> np.ndarray:
    """Images moved to the right; zeros come in."""
    return np.pad(X, [(0, 0), (0, 0), (columns, 0)])[:, :, : X.shape[2]]


def seen_through(X: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Images whose pixel at p, from the centre, is read at matrix @ p between the pixels."""
    centre = np.full((2, 1, 1), 13.5)
    places = np.tensordot(matrix, np.indices((28, 28)) - centre, axes=1) + centre
    # A frame of two zeros, so that every place has four neighbours.
    framed = np.pad(X, [(0, 0), (2, 2), (2, 2)])
    places = np.clip(places + 2, 0, 30.99)
    (i, j), (u, v) = np.floor(places).astype(int), places % 1
    above = (1 - v) * framed[:, i, j] + v * framed[:, i, j + 1]
    below = (1 - v) * framed[:, i + 1, j] + v * framed[:, i + 1, j + 1]
    return (1 - u) * above + u * below


def turned(X: np.ndarray, degrees: float) -> np.ndarray:
    """Images turned about their centre."""
    angle = np.deg2rad(degrees)
    cos, sin = np.cos(angle), np.sin(angle)
    return seen_through(X, np.array([[cos, -sin], [sin, cos]]))


CHANGES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "one pixel": lambda X: shifted(X, 1),
    "two pixels": lambda X: shifted(X, 2),
    "turned by 10°": lambda X: turned(X, 10),
    "a quarter turn": lambda X: np.rot90(X, axes=(1, 2)),
    "shrunk to 0.7": lambda X: seen_through(X, np.eye(2) / 0.7),
}
