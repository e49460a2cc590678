"""Draw every figure of the book from its own small program."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from course.errors import CourseError
from course.places import BOOK

FIGURES = BOOK / "figures"
STYLE = FIGURES / "house.mplstyle"


def draw_all(folder: Path = FIGURES, target: Path | None = None) -> Iterator[Path]:
    """Draw each `NAME.py` of a folder to `drawn/NAME.svg`, and say which is done.

    Equal programs give equal files: no date, and ids that do not depend on chance.

    Raises:
        CourseError: a program fails, or has no `draw`.
    """
    target = target or folder / "drawn"
    target.mkdir(parents=True, exist_ok=True)
    paths = sorted(folder.glob("[a-z]*.py"))
    for old in set(target.glob("*.svg")) - {target / f"{path.stem}.svg" for path in paths}:
        old.unlink()
    for path in paths:
        yield draw(path, target / f"{path.stem}.svg")


def draw(path: Path, target: Path) -> Path:
    """Draw one figure."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    partial = target.with_suffix(".partial.svg")
    try:
        with matplotlib.rc_context(fname=str(STYLE) if STYLE.exists() else None):
            matplotlib.rcParams["svg.hashsalt"] = path.stem
            _load(path).draw().savefig(partial, format="svg", metadata={"Date": None})
        os.replace(partial, target)
    except CourseError:
        raise
    except Exception as error:
        raise CourseError(f"stops with {type(error).__name__}: {error}", path) from error
    finally:
        partial.unlink(missing_ok=True)
        pyplot.close("all")
    return target


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"figure_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not callable(getattr(module, "draw", None)):
        raise CourseError("has no function `draw()` that returns a matplotlib figure", path, 1)
    return module
