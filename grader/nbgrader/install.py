"""Put our grading in the place of nbgrader's, for its commands and for the formgrader.

nbgrader has settings for the steps of grading, but none for what happens around them. So
`nbgrader_config.py` calls `install`. If nbgrader changes the names, this fails at once.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from nbgrader.apps import api, autogradeapp
from nbgrader.coursedir import CourseDirectory

from grader.errors import GradingError
from grader.nbgrader.autograde import SafeAutograde
from grader.nbgrader.handed_in import received

USERS = (api, autogradeapp)
CLOCKS = ((CourseDirectory, "get_existing_timestamp"), (api.NbGraderAPI, "get_submitted_timestamp"))


def install() -> None:
    """Replace the converter, and the two readers of time stamps, which nonsense would stop.

    Raises:
        GradingError: nbgrader is built differently from the version this was written for.
    """
    places = [(module, "Autograde") for module in USERS] + list(CLOCKS)
    missing = [f"{place.__name__}.{name}" for place, name in places if not hasattr(place, name)]
    if missing:
        raise GradingError(
            f"this version of nbgrader has no {', '.join(missing)}. Install the one that "
            "requirements.txt names."
        )
    for module in USERS:
        module.Autograde = SafeAutograde
    CourseDirectory.get_existing_timestamp = _existing_timestamp
    api.NbGraderAPI.get_submitted_timestamp = _submitted_timestamp


def _existing_timestamp(_self: CourseDirectory, dest_path: str) -> datetime | None:
    return received(Path(dest_path))[0]


def _submitted_timestamp(
    self: api.NbGraderAPI, assignment_id: str, student_id: str
) -> datetime | None:
    step = self.coursedir.submitted_directory
    return received(Path(self.coursedir.format_path(step, student_id, assignment_id)))[0]
