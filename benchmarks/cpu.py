"""How much processor time a program takes, all the processes included that it has started."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psutil


def tree_seconds() -> float:
    """The processor time of this process and of all that came from it, living or not."""
    own = psutil.Process()
    total = _seconds(own)
    for child in own.children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # it has just ended, and is in its parent's sum
            total += _seconds(child)
    return total


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system + times.children_user + times.children_system


def measured(work: Callable[..., Any], *arguments: Any) -> tuple[float, Any]:
    """The processor time that a call takes, and what it returns."""
    before = tree_seconds()
    value = work(*arguments)
    return tree_seconds() - before, value
