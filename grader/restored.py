"""Put back what a call has changed around it: the builtins, NumPy's functions, its settings."""

from __future__ import annotations

import builtins
import sys
from types import ModuleType, TracebackType

import numpy as np

MODULES: tuple[ModuleType, ...] = (builtins, np)


class Restored:
    """A block after which the builtins and NumPy are as they were when this was made.

    Code that has overwritten `np.sum`, say, or deleted `len` cannot break what comes after it.
    Leaving the block uses no builtin, since there may be none. It can be entered many times.
    """

    def __init__(self) -> None:
        self._kept = [(vars(module), dict(vars(module))) for module in MODULES]
        self._values = [[*kept.values()] for _, kept in self._kept]

    def __enter__(self) -> None:
        self._depth = sys.getrecursionlimit()
        self._set_depth = sys.setrecursionlimit
        self._errors = np.geterr()
        self._set_errors = np.seterr

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        whole = False
        try:
            # To look is quicker than to put everything back. What stands there now may be an
            # object that raises when it is compared.
            whole = [[*names.values()] for names, _ in self._kept] == self._values
        finally:
            if not whole:
                for names, kept in self._kept:
                    names.update(kept)
            self._set_depth(self._depth)
            self._set_errors(**self._errors)
