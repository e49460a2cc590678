"""A case is a recipe for one call: it makes the same inputs in every process that runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

Inputs = dict[str, Any]


class Drive(Protocol):
    """A way of using a function; equal ones have equal texts (`repr`)."""

    def __call__(self, function: Callable[..., Any], inputs: Inputs) -> Any:
        """Use the function, and return what is compared."""

    def texts(self, inputs: Inputs) -> dict[str, str]:
        """How some inputs are written in the call, such as `g(w, t)` for g."""

    def paste(self, call: str) -> str:
        """The code that does the same with the call."""


@dataclass(frozen=True)
class Case:
    """A recipe for one call: it makes the same inputs in every process that runs it.

    Args:
        function: the name of the function to call.
        group: the group whose points depend on it.
        title: what is special here, such as `stride (2, 1)`.
        make: takes a random generator, returns the inputs by argument name.
            Floating-point arrays are made in float64; `inputs` casts them.
        seed: the generator's seed, a whole number or several.
        dtype: the dtype of the floating-point arrays.
        views: hand the arrays over as views that are not contiguous.
        baseline: a slower function with the same inputs and result. If given, the learner's
            must be `speedup` times faster.
        single: try it in float32 as well; not if its numbers need more digits than that has.
        drive: uses the function in its own way where one call is not enough, as an optimizer's
            step is taken many times; takes the function and the inputs. What it puts in the
            place of an input counts as changed by the function.
        least: of a training, the share of new images that must be right; the first is for the
            case's own group, others earn the points of further groups.
        once: call it once only, since it takes long; a smaller case shows hidden state.
        seconds: how long one call may take, if it needs more time than usual.
    """

    function: str
    group: str
    title: str
    make: Callable[[np.random.Generator], Inputs]
    seed: tuple[int, ...] = (0,)
    dtype: str = "float64"
    views: bool = False
    baseline: Callable[..., Any] | None = None
    speedup: float = 1.0
    single: bool = True
    drive: Drive | None = None
    least: tuple[tuple[str, float], ...] = ()
    once: bool = False
    seconds: float | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is no variation of another case."""
        return self.dtype == "float64" and not self.views and self.baseline is None

    @property
    def shows_state(self) -> bool:
        """Whether a second call is worth its time; trainings come in one dtype only."""
        return not self.once and (self.is_plain or bool(self.least))

    def inputs(self) -> Inputs:
        """Make the inputs anew; equal on every call, and never shared between two calls."""
        made = self._copied if self._copied is not None else self._made()
        return {name: self._convert(value) for name, value in made.items()}

    def _made(self) -> Inputs:
        return self.make(np.random.default_rng(self.seed))

    @cached_property
    def _copied(self) -> Inputs | None:
        """Inputs that need not be made again, since copies do; None if a copy is not enough."""
        made = self._made()
        return made if all(map(_can_be_copied, made.values())) else None

    def result(self, function: Callable[..., Any]) -> Any:
        """What code of ours gives for the inputs: a reference, or a known mistake."""
        inputs = self.inputs()
        return self.drive(function, inputs) if self.drive else function(**inputs)

    def _convert(self, value: Any) -> Any:
        """Copy an array, alone or within lists and dicts, in the right dtype."""
        if isinstance(value, list):
            return [self._convert(item) for item in value]
        if isinstance(value, dict):
            return {name: self._convert(item) for name, item in value.items()}
        if not isinstance(value, np.ndarray):
            return value
        # The copy lies in memory as the array does.
        value = value.astype(self.dtype if value.dtype == np.float64 else value.dtype)
        return spread(value) if self.views else value


def _can_be_copied(value: Any) -> bool:
    """Whether `Case._convert` copies a value, or nobody can change it."""
    if isinstance(value, list | dict):
        return all(map(_can_be_copied, value.values() if isinstance(value, dict) else value))
    if isinstance(value, tuple):
        return not any(map(_holds_others, value)) and all(map(_can_be_copied, value))
    return value is None or isinstance(value, np.ndarray | np.generic | int | float | str)


def _holds_others(value: Any) -> bool:
    return isinstance(value, np.ndarray | list | dict)


def seconds_for(cases: Iterable[Case], usual: float) -> float:
    """How long cases may take together: some may take longer than usual by themselves."""
    return max(usual, sum(case.seconds or 0.0 for case in cases))


FILLERS = {"f": np.nan, "b": True}


def spread(array: np.ndarray) -> np.ndarray:
    """Return an equal view that is not contiguous: every second element of a larger array.

    The elements between are NaN (or the largest integer, or True), so that code which walks
    through the memory instead of the view cannot come out right by luck.
    """
    kind = array.dtype.kind
    filler = FILLERS[kind] if kind in FILLERS else np.iinfo(array.dtype).max
    wide = np.full((*array.shape[:-1], 2 * array.shape[-1]), filler, dtype=array.dtype)
    wide[..., ::2] = array
    return wide[..., ::2]
