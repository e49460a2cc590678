"""Slips that stop with an error where shapes do not fit, for mistakes of any chapter."""

from typing import Any


def only_if(fits: bool, value: Any) -> Any:
    """The value, or the error that code with this slip stops with."""
    if not fits:
        raise ValueError("the shapes do not fit")
    return value
