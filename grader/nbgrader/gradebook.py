"""Open the gradebook once, and say in one sentence why it cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbgrader
from alembic.script import ScriptDirectory
from nbgrader.api import Grade, Gradebook
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from grader.errors import GradingError
from grader.nbgrader.released import Released, read_released


class GradebookError(GradingError):
    """The gradebook cannot be used just now; later the same may well succeed."""


@contextmanager
def opened(db_url: str, course_id: str = "default_course") -> Iterator[Gradebook]:
    """A gradebook for the block.

    Raises:
        GradebookError: it cannot be opened, or fails within the block; what was committed stays.
        GradingError: it is of another version.
    """
    try:
        gradebook = Gradebook(db_url, course_id)
    except (SQLAlchemyError, OSError) as error:
        raise GradebookError(trouble(db_url, error)) from error
    try:
        _check_version(gradebook)
        yield gradebook
    except SQLAlchemyError as error:
        gradebook.db.rollback()
        raise GradebookError(trouble(db_url, error)) from error
    finally:
        gradebook.close()


def _check_version(gradebook: Gradebook) -> None:
    """Refuse a gradebook of another nbgrader: writing into it could spoil it."""
    found = gradebook.db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    wanted = _newest_version()
    if found != wanted:
        raise GradingError(
            f"the gradebook is of another version of nbgrader ({found} instead of {wanted}). "
            "Nothing was stored. Make a copy of it, run `nbgrader db upgrade`, and grade again."
        )


@lru_cache
def _newest_version() -> str | None:
    """The version of this nbgrader's gradebooks; nbgrader itself starts a program to know it."""
    return ScriptDirectory(Path(nbgrader.__file__).parent / "alembic").get_current_head()


def trouble(db_url: str, error: Exception) -> str:
    """What a failing database means for the teacher, in one sentence."""
    said = " ".join(str(getattr(error, "orig", None) or error).split()).rstrip(".")
    place = db_url.rpartition("@")[2]  # without the password
    if "locked" in said:
        return f"the gradebook {place} is locked by another program, which must be closed first."
    return f"the gradebook {place} cannot be used: {said}."


def was_used(gradebook: Gradebook) -> bool:
    """Whether any submission has automatic points."""
    return gradebook.db.query(Grade.id).filter(Grade.auto_score.isnot(None)).first() is not None


@contextmanager
def gradebook_for(resources: dict[str, Any]) -> Iterator[Gradebook]:
    """The gradebook of the notebook that is being converted; an open one is shared."""
    place = resources["nbgrader"]
    shared = place.get("gradebook")
    if shared is not None:
        yield shared
        return
    with opened(place["db_url"]) as gradebook:
        yield gradebook


def released_for(resources: dict[str, Any]) -> Released:
    """What was released as the notebook that is being converted."""
    place = resources["nbgrader"]
    if "released" not in place:
        with gradebook_for(resources) as gradebook:
            place["released"] = read_released(gradebook, place["assignment"], place["notebook"])
    return place["released"]
