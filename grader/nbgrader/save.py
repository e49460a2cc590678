"""Write points and comments into the gradebook; nothing is committed here but by the last step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from nbformat import NotebookNode
from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties, NbGraderPreprocessor

from grader.nbgrader.gradebook import gradebook_for
from grader.nbgrader.run_cells import Marks


class SaveGraded(NbGraderPreprocessor):
    """Saving, as a step of nbgrader's autograding."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Save a notebook that `RunCells` has graded."""
        place = resources["nbgrader"]
        with gradebook_for(resources) as gradebook:
            submission = gradebook.find_submission(place["assignment"], place["student"])
            write(gradebook, notebook_of(submission, place["notebook"]), place["graded"])
            gradebook.db.commit()
        return nb, resources


class SavePenalty(AssignLatePenalties):
    """nbgrader's penalties for late submissions, on the gradebook that is open already."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Save the penalty of one notebook."""
        place = resources["nbgrader"]
        self.init_plugin()
        with gradebook_for(resources) as gradebook:
            submission = gradebook.find_submission(place["assignment"], place["student"])
            notebook = notebook_of(submission, place["notebook"])
            write_penalty(gradebook, submission, notebook, self.plugin_inst)
            gradebook.db.commit()
        return nb, resources


def prepare(
    gradebook: Gradebook, chapter: str, student: str, received: datetime | None = None
) -> SubmittedAssignment:
    """The gradebook's entry of a submission, made if it is missing, without automatic points.

    So whatever happens later, points of an earlier submission do not stay. What a teacher gave by
    hand does.
    """
    submission = _entry(gradebook, chapter, student)
    submission.timestamp = received
    for notebook in submission.notebooks:
        gradebook.db.add_all(list(_missing(notebook)))
        for grade in notebook.grades:
            grade.auto_score = None
            grade.needs_manual_grade = True
    gradebook.db.flush()
    return submission


def notebook_of(submission: SubmittedAssignment, name: str) -> SubmittedNotebook:
    """The entry of one of a submission's notebooks."""
    return next(notebook for notebook in submission.notebooks if notebook.name == name)


def write(gradebook: Gradebook, notebook: SubmittedNotebook, marks: Marks) -> None:
    """Set the points and the automatic comments; written twice, they are the same."""
    for grade, name in _named(gradebook, Grade, notebook):
        grade.auto_score = marks.scores.get(name)
        by_hand = grade.manual_score is not None or grade.auto_score is None
        grade.needs_manual_grade = by_hand
    for comment, name in _named(gradebook, Comment, notebook):
        comment.auto_comment = marks.comments.get(name)
    gradebook.db.flush()


def write_penalty(
    gradebook: Gradebook,
    submission: SubmittedAssignment,
    notebook: SubmittedNotebook,
    plugin: LateSubmissionPlugin,
) -> None:
    """Set the penalty for being late: at least 0, at most all the points."""
    gradebook.db.refresh(notebook)
    notebook.late_submission_penalty = None
    late = submission.total_seconds_late
    if late > 0:
        penalty = plugin.late_submission_penalty(submission.student_id, notebook.score, late)
        if penalty is not None:
            notebook.late_submission_penalty = min(max(penalty, 0), notebook.score)
    gradebook.db.flush()


def _entry(gradebook: Gradebook, chapter: str, student: str) -> SubmittedAssignment:
    """Find or make a submission. nbgrader's own way commits several times in between."""
    try:
        return gradebook.find_submission(chapter, student)
    except MissingEntry:
        pass
    try:
        person = gradebook.find_student(student)
    except MissingEntry:
        person = Student(id=student)
        gradebook.db.add(person)
        if gradebook.authenticator:
            gradebook.authenticator.add_student_to_course(student, gradebook.course_id)
    assignment = gradebook.find_assignment(chapter)
    released = list(assignment.notebooks)  # read before anything is there to be flushed too early
    submission = SubmittedAssignment(assignment=assignment, student=person)
    submission.notebooks = [SubmittedNotebook(notebook=own) for own in released]
    gradebook.db.add(submission)
    return submission


def _missing(notebook: SubmittedNotebook) -> Iterator[Grade | Comment]:
    """Entries for all cells, those too that were released after the submission was first graded."""
    graded = {grade.cell_id for grade in notebook.grades}
    commented = {comment.cell_id for comment in notebook.comments}
    known = notebook.notebook
    for cell in (*known.grade_cells, *known.task_cells):
        if cell.id not in graded:
            yield Grade(cell_id=cell.id, notebook=notebook)
    for cell in (*known.solution_cells, *known.task_cells):
        if cell.id not in commented:
            yield Comment(cell_id=cell.id, notebook=notebook)


def _named(gradebook: Gradebook, kind: type, notebook: SubmittedNotebook) -> list:
    """A notebook's grades or comments, each with the name of its cell."""
    found = gradebook.db.query(kind, BaseCell.name).join(BaseCell, BaseCell.id == kind.cell_id)
    return found.filter(kind.notebook_id == notebook.id).all()
