"""Draw every figure of the book from its own small program."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from course.errors import CourseError
from course.places import BOOK

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURES = BOOK / "figures"
STYLE = FIGURES / "house.mplstyle"


def draw_all(folder: Path = FIGURES, target: Path | None = None) -> Iterator[Path]:
    """Draw each `NAME.py` of a folder to `drawn/NAME.svg`, and say which is done.

    A program that draws a dict of figures gets `drawn/NAME_KEY.svg` for each.
    Equal programs give equal files: no date, and ids that do not depend on chance.

    Raises:
        CourseError: a program fails, or has no `draw`.
    """
    target = target or folder / "drawn"
    target.mkdir(parents=True, exist_ok=True)
    drawn = set()
    for path in sorted(folder.glob("[a-z]*.py")):
        for own in draw(path, target):
            drawn.add(own)
            yield own
    for old in set(target.glob("*.svg")) - drawn:
        old.unlink()


def draw(path: Path, target: Path) -> list[Path]:
    """Draw what one program draws, into a folder."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    try:
        with matplotlib.rc_context(fname=str(STYLE) if STYLE.exists() else None):
            matplotlib.rcParams["svg.hashsalt"] = path.stem
            figures = _load(path).draw()
            named = figures if isinstance(figures, dict) else {"": figures}
            return [
                _save(figure, target / f"{'_'.join(filter(None, (path.stem, key)))}.svg")
                for key, figure in named.items()
            ]
    except CourseError:
        raise
    except Exception as error:
        raise CourseError(f"stops with {type(error).__name__}: {error}", path) from error
    finally:
        pyplot.close("all")


def _save(figure: Figure, target: Path) -> Path:
    partial = target.with_suffix(".partial.svg")
    try:
        figure.savefig(partial, format="svg", metadata={"Date": None})
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"figure_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not callable(getattr(module, "draw", None)):
        raise CourseError(
            "has no function `draw()` that returns a figure, or a dict of them", path, 1
        )
    return module
