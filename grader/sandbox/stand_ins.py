"""Modules that a notebook imports and that are not there, or are not theirs to have: harmless ones.

`from grader import check` works but judges nothing, since judging happens elsewhere.
IPython shows nothing. torch can be imported, so that a cell which compares with it at its end
still defines what stands above.
"""

from __future__ import annotations

import builtins
import sys
from types import ModuleType
from typing import Any

from grader.errors import CheckError, GradingError
from grader.exercises import find

TORCH = ("torch", "torch.nn", "torch.nn.functional", "torch.optim", "torch.autograd")
SHOWN = (
    "HTML Markdown Latex Math Image SVG Code JSON Pretty Video Audio IFrame "
    "display_html display_markdown display_png display_svg set_matplotlib_formats"
)


class Nothing:
    """What stands for a report or a picture here: it takes anything and prints as nothing."""

    def __init__(self, *_arguments: Any, **_options: Any) -> None:
        pass

    def __repr__(self) -> str:
        return ""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()

    def __call__(self, *_arguments: Any, **_options: Any) -> Nothing:
        """Do nothing."""
        return self


class CheckFailed(AssertionError):
    """So that a notebook can name it."""


def case(slug: str, number: int) -> dict[str, Any]:
    """The inputs of a visible case, as `grader.case` gives them."""
    return find(slug).cases()[number].inputs()


def install() -> None:
    """Make the stand-ins importable."""
    _grader()
    _ipython()
    for name in TORCH:
        _module(name, __getattr__=_no_torch)
    for name in TORCH[1:]:
        parent, _, child = name.rpartition(".")
        setattr(sys.modules[parent], child, sys.modules[name])


def _grader() -> None:
    names = {"check": Nothing(), "judge": Nothing(), "hint": Nothing(), "Verdict": Nothing}
    errors = {"CheckFailed": CheckFailed, "CheckError": CheckError, "GradingError": GradingError}
    vars(sys.modules["grader"]).update(names | errors | {"case": case})


def _ipython() -> None:
    display = _show
    shown = dict.fromkeys(SHOWN.split(), Nothing)
    inside = {"display": display, "clear_output": Nothing(), **shown}
    module = _module("IPython.display", **inside)
    core = _module("IPython.core", display=module)
    get = {"get_ipython": Nothing()}
    _module("IPython", display=module, core=core, version_info=(9, 0), **get)
    _module("IPython.core.display", **inside)
    # A notebook has these two without importing them.
    builtins.display = display
    builtins.get_ipython = get["get_ipython"]


def _show(*values: Any, **_options: Any) -> None:
    for value in values:
        text = repr(value)
        if text:
            sys.stdout.write(text + "\n")


def _no_torch(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    # No ImportError: libraries ask a torch that is loaded for names, and expect this one.
    raise AttributeError("PyTorch is not there when a notebook is graded")


def _module(name: str, **names: Any) -> ModuleType:
    module = sys.modules[name] = ModuleType(name)
    module.__path__ = []
    vars(module).update(names)
    return module
