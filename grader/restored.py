"""Put back what a call has changed around it: the builtins, NumPy's functions, its settings."""

from __future__ import annotations

import builtins
import sys
from types import ModuleType, TracebackType

import numpy as np

MODULES: tuple[ModuleType, ...] = (builtins, np)


class Restored:
    """A block after which the builtins and NumPy are as they were before.

    Code that has overwritten `np.sum`, say, or deleted `len` cannot break what comes after it.
    Leaving the block uses no builtin, since there may be none.
    """

    def __enter__(self) -> None:
        self._kept = [(vars(module), dict(vars(module))) for module in MODULES]
        self._depth = sys.getrecursionlimit()
        self._set_depth = sys.setrecursionlimit
        self._errors = np.geterr()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for names, kept in self._kept:
            names.update(kept)
        self._set_depth(self._depth)
        np.seterr(**self._errors)
