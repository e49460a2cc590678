"""A folder that nbgrader works in, with the course's settings, driven from Python."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.errors import CourseError
from course.places import ROOT, notebook_of, write

if TYPE_CHECKING:
    from nbgrader.apps.api import NbGraderAPI

CONFIG = ROOT / "nbgrader_config.py"


def open_folder(folder: Path, notebooks: Sequence[Path] = ()) -> NbGraderAPI:
    """Prepare a folder for nbgrader, with a gradebook of its own.

    Args:
        folder: where; nbgrader's own commands work there too.
        notebooks: solution notebooks to take over as the source.

    Returns:
        nbgrader's API for that folder.
    """
    from nbgrader.apps.api import NbGraderAPI
    from traitlets.config import PyFileConfigLoader

    content = f'load_subconfig("{CONFIG.name}", path={str(CONFIG.parent)!r})\n'
    write(folder / CONFIG.name, f'"""The course\'s settings, used in this folder."""\n\n{content}')
    config = PyFileConfigLoader(str(CONFIG)).load_config()
    config.CourseDirectory.root = str(folder.resolve())
    config.NbGraderAPI.log_level = "WARN"
    source = folder / config.CourseDirectory.source_directory
    for path in notebooks:
        target = notebook_of(path.stem, source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return NbGraderAPI(config=config)


def step(command: Callable[..., dict[str, Any]], *args: str) -> str:
    """Run one step of nbgrader's API and return its log.

    Raises:
        CourseError: it failed; the message has the end of its log.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's and SQLAlchemy's own
        result = command(*args)
    log = result.get("log") or ""
    if not result["success"]:
        told = "\n".join((log + "\n" + (result.get("error") or "")).strip().splitlines()[-25:])
        raise CourseError(f"nbgrader {command.__name__} {' '.join(args)} failed:\n{told}")
    return log
