"""The count of 8.9, right, or right for all networks but some."""

from __future__ import annotations

from collections.abc import Callable

from grader.mistakes.classic_networks.counting import counter

right = counter()


def only(names: str, other: Callable[..., int]) -> Callable[..., int]:
    """Another count of some networks, given by the start of their names."""

    def summary(name, channels=3, classes=1000):
        count = other if name.startswith(tuple(names.split())) else right
        return count(name, channels, classes)

    return summary


def plus(more: Callable[[int, int], int]) -> Callable[..., int]:
    """Some parameters more or fewer."""

    def summary(name, channels=3, classes=1000):
        return right(name, channels, classes) + more(channels, classes)

    return summary
