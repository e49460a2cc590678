"""An exercise is a list of cases to try, with points: the one definition everything else reads."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from grader.case import Case


@dataclass(frozen=True)
class Function:
    """A function the learner writes.

    Args:
        name: its name in the notebook.
        signature: its arguments as in the `def` line, such as `x, w, b, stride=1`.
        outputs: the names of what it returns; more than one means a tuple.
        kind: `array` (floats, compared with a tolerance), `number` (one float), `exact` (whole
            numbers or words, alone or nested in tuples and lists) or `training` (losses, and
            guesses that are compared with labels).
        numbers: those of several outputs that are one number, such as a loss, and not an array.
        lists: those of several outputs that are a list of arrays, such as one for each weight.
        method: if the learner writes a class, the method that is called; a case's drive does it.
        takes: that method's arguments after `self`.
    """

    name: str
    signature: str
    outputs: tuple[str, ...] = ("y",)
    kind: str = "array"
    numbers: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    method: str = ""
    takes: str = ""

    @property
    def definition(self) -> str:
        """The `def` line, as the learner should write it; of a class, its methods too."""
        if self.method:
            methods = f"__init__(self, {self.signature}), {self.method}(self, {self.takes})"
            return f"class {self.name}: {methods}"
        return f"def {self.name}({self.signature}):"

    def is_number(self, output: str) -> bool:
        """Whether an output is one number, of whatever real type."""
        return self.kind == "number" or output in self.numbers

    @property
    def taken(self) -> tuple[str, ...]:
        """Names of the arguments of the method, if there is one."""
        return tuple(name.strip() for name in self.takes.split(",") if name.strip())

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Names of the arguments without a default, which are passed by position."""
        arguments = ast.parse(f"lambda {self.signature}: None", mode="eval").body.args
        required = len(arguments.args) - len(arguments.defaults)
        return tuple(argument.arg for argument in arguments.args[:required])


@dataclass(frozen=True)
class Group:
    """Cases that earn their points together.

    Args:
        name: `basic`, `edge`, `float32`, `robust`, or a name of the exercise's own.
        points: earned only if every case of the group passes.
        bonus: not needed for the exercise to count as passed.
    """

    name: str
    points: float
    bonus: bool = False


def hashed(text: str) -> int:
    """A number that stays the same for a text in every process, unlike `hash`."""
    return int.from_bytes(text.encode(), "little") % (2**61 - 1)


FORBIDDEN = ("torch", "convnet", "scipy", "skimage", "cv2", "tensorflow", "keras", "jax")


@dataclass(frozen=True)
class Exercise:
    """What one check judges.

    Args:
        slug: its name, that of its first function.
        number: its place in the course, such as `1.3`.
        chapter: its chapter's folder, such as `01-convolution`.
        title: what the learner makes, in a few words.
        functions: what the learner writes, in the order `check` takes them.
        groups: the points.
        make_cases: takes None for the visible cases, or a generator from which it draws
            other sizes for hidden ones; returns the float64 cases.
        minutes: how long a learner needs, about.
        difficulty: 1 (a few lines) to 3 (a puzzle).
        tolerance: rtol and atol by dtype.
        forbidden: top-level packages the learner must not call.
        extras: options that a half-done answer may leave out, such as `dilation`.
    """

    slug: str
    number: str
    chapter: str
    title: str
    functions: tuple[Function, ...]
    groups: tuple[Group, ...]
    make_cases: Callable[[np.random.Generator | None], Sequence[Case]]
    minutes: int
    difficulty: int
    # Exercises are remembered by their hash, which a dict has not.
    tolerance: dict[str, tuple[float, float]] | None = field(default=None, hash=False)
    forbidden: tuple[str, ...] = FORBIDDEN
    extras: tuple[str, ...] = ()

    @property
    def max_points(self) -> float:
        """All the points there are, the bonus included."""
        return sum(group.points for group in self.groups)

    @property
    def praise(self) -> str:
        """What is said of its cases when all is well; no two trainings agree number by number."""
        training = any(function.kind == "training" for function in self.functions)
        return "are right" if training else "agree with torch"

    def function(self, name: str) -> Function:
        """The function of that name."""
        return next(function for function in self.functions if function.name == name)

    def limits(self, dtype: str) -> tuple[float, float]:
        """The tolerances rtol and atol for results of that dtype."""
        return (self.tolerance or TOLERANCE)[dtype]

    def cases(self, seed: int | None = None) -> tuple[Case, ...]:
        """The visible cases, or other ones for a secret seed.

        Every case comes in float64. Array functions get each again in float32 (unless that has
        too few digits for it), and two of them as views that are not contiguous.
        """
        if seed is None:
            return self._visible
        rng = np.random.default_rng([seed, hashed(self.slug)])
        return self._numbered(self.make_cases(rng), seed)

    @cached_property
    def _visible(self) -> tuple[Case, ...]:
        return self._numbered(self.make_cases(None))

    def _numbered(self, made: Sequence[Case], *base: int) -> tuple[Case, ...]:
        cases = [replace(c, seed=(*base, hashed(self.slug), i)) for i, c in enumerate(made)]
        return (*cases, *self._float32(cases), *self._views(cases))

    def _float32(self, cases: list[Case]) -> list[Case]:
        if not self._has("float32"):
            return []
        return [
            replace(case, group="float32", dtype="float32", title=f"{case.title}, float32")
            for case in cases
            if self.function(case.function).kind != "exact"
            and case.baseline is None
            and case.single
        ]

    def _views(self, cases: list[Case]) -> list[Case]:
        if not self._has("robust"):
            return []
        chosen = []
        for function in self.functions:
            own = [c for c in cases if c.function == function.name and c.baseline is None]
            chosen += own[:1] + own[-1:] if function.kind != "exact" else []
        return [replace(c, group="robust", views=True, title=f"{c.title}, a view") for c in chosen]

    def _has(self, group: str) -> bool:
        return any(own.name == group for own in self.groups)


TOLERANCE = {"float64": (1e-9, 1e-11), "float32": (1e-4, 1e-5)}


@dataclass(frozen=True)
class Mistake:
    """A known way to get an exercise wrong, as code, so that it can be recognised.

    Args:
        slug: its name, such as `kernel_flipped`.
        function: the name of the function that has it.
        message: what the learner reads: what happened, and what to do about it.
        variants: functions with the right signature that make exactly this mistake;
            several where the same slip can be coded with different results.
    """

    slug: str
    function: str
    message: str
    variants: tuple[Callable[..., Any], ...]
