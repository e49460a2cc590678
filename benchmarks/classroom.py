"""A course folder with a released chapter and a made-up class, for measurements."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from pathlib import Path

from course.compile import compile_chapters
from course.nbgrader_folder import open_folder, step
from course.places import ROOT, notebook_of
from course.text import read_chapter

COURSE = "cnn"


def released_course(folder: Path, chapter: str, *, db_url: str = "", settings: str = "") -> Path:
    """Make a course folder and release a chapter in it.

    Args:
        folder: where; it must not exist.
        chapter: which one.
        db_url: the gradebook, if it is not a file in the folder.
        settings: more lines for its `nbgrader_config.py`.
    """
    programs = str(Path(sys.executable).parent)
    os.environ["PATH"] = os.pathsep.join([programs, os.environ["PATH"]])
    with tempfile.TemporaryDirectory() as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = read_chapter(ROOT / "solutions" / f"{chapter}.md")
        compile_chapters([text], Path(made), Path(made) / "hints.json")
        api = open_folder(folder, [notebook_of(chapter, Path(made))])
        if db_url:
            # A server insists on the course that an assignment belongs to; SQLite does not.
            api.coursedir.db_url, api.coursedir.course_id = db_url, COURSE
            settings += f"\nc.CourseDirectory.db_url = {db_url!r}"
            settings += f"\nc.CourseDirectory.course_id = {COURSE!r}"
        with (folder / "nbgrader_config.py").open("a", encoding="utf-8") as file:
            file.write(f"\nc = get_config()\n{settings}\n")
        step(api.generate_assignment, chapter)
    return folder
