"""nbgrader's settings: where the notebooks lie, and how a submission is graded."""

import os
import sys
from pathlib import Path

from course.starter import STUB
from grader.nbgrader.install import install

# nbgrader calls `alembic` by its bare name, which is beside this Python.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

# `nbgrader autograde` and the formgrader's button grade with our SafeAutograde from here on.
install()

c = get_config()  # noqa: F821  nbgrader defines it

c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

c.ClearSolutions.code_stub = {"python": STUB}

# nbgrader's own list, except that a solution may leave code to be repaired in its place.
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.InstantiateTests",
    "nbgrader.preprocessors.LockCells",
    "course.clear_solutions.PutStarters",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# A submission is put together anew: the teacher's cells as released, and the learner's texts.
c.Autograde.sanitize_preprocessors = ["grader.nbgrader.restore.RestoreCells"]

# Then its cells run behind walls, and what comes out is judged on this side.
c.Autograde.autograde_preprocessors = [
    "grader.nbgrader.run_cells.RunCells",
    "grader.nbgrader.save.SaveGraded",
    "grader.nbgrader.save.SavePenalty",
]

# A feedback page is one file that loads nothing and runs nothing.
c.GenerateFeedback.exporter_class = "course.feedback.FeedbackPage"

# The walls: "full"; or "light", inside a container that may not build them.
c.Grading.tier = "full"

# An endless loop in one cell costs that cell, after this many seconds.
c.Grading.cell_seconds = 30
