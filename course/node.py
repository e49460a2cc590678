"""Run npm: the one that pip installed beside Python, or else the machine's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from course.errors import CourseError

MISSING = "npm is not here: install requirements.txt, which brings one, or Node.js"
SECONDS = 600


def run_node(tool: str, *arguments: str, folder: Path, more_paths: Path | None = None) -> str:
    """Run `npm` or a program that npm installed, and return what it printed.

    Args:
        tool: the program.
        arguments: what to tell it.
        folder: where it runs.
        more_paths: another folder with programs.

    Raises:
        CourseError: it is missing, fails, or takes longer than ten minutes.
    """
    places = [str(more_paths or ""), str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    path = os.pathsep.join(filter(None, places))
    program = shutil.which(tool, path=path)
    if program is None:
        raise CourseError(MISSING)
    try:
        done = subprocess.run(
            [program, *arguments],
            cwd=folder,
            env=os.environ | {"PATH": path, "NODE_PATH": str(folder / "node_modules")},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise CourseError(f"{tool} took longer than {SECONDS} seconds") from error
    if done.returncode:
        lines = [x for x in done.stderr.splitlines() if x.strip() and "npm warn" not in x]
        question = " Is this machine online?" if tool == "npm" else ""
        raise CourseError("\n".join([f"{tool} failed.{question}", *lines[:10]]))
    return done.stdout
