"""What torch says: the reference of every exercise. Only this package imports torch."""

from collections.abc import Callable
from importlib import import_module

from grader.exercise import Exercise


def compute_alone() -> None:
    """Use one thread: for small arrays, several cost far more time than they save."""
    import torch

    torch.set_num_threads(1)


def reference(exercise: Exercise, function: str) -> Callable:
    """The torch twin of a function of an exercise: same arguments, numpy in and out."""
    topic = exercise.chapter.split("-", 1)[1].replace("-", "_")
    return getattr(import_module(f"grader.references.{topic}"), function)
