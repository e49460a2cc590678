"""nbgrader's settings: where the notebooks lie, and how a submission is graded by its verdicts."""

import os
import sys
from pathlib import Path

from course.starter import STUB

# nbgrader calls `alembic` by its bare name, which is beside this Python.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

c = get_config()  # noqa: F821  nbgrader defines it

c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

c.ClearSolutions.code_stub = {"python": STUB}

# A submission is repaired first: what belongs to the teacher is put back.
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "grader.nbgrader.restore.RestoreCells",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Then it is run and scored. Only ScoreVerdicts decides about points: the runner may be replaced
# by any other that leaves verdicts in the cells. Comments are written after SaveAutoGrades, which
# clears them.
c.Autograde.autograde_preprocessors = [
    "grader.nbgrader.run_cells.RunCells",
    "grader.nbgrader.score.ScoreVerdicts",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "grader.nbgrader.comment.CommentVerdicts",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# An endless loop in one cell costs that cell, after this many seconds.
c.RunCells.timeout = 60

# The kernel would warn about each start; it listens on this machine only.
c.RunCells.extra_arguments = ["--IPKernelApp.log_level=ERROR"]

# A feedback page is one file that loads nothing and runs nothing.
c.GenerateFeedback.exporter_class = "course.feedback.FeedbackPage"
