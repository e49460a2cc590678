"""otter-grader on the same notebooks, in an environment of its own.

Its pins clash with nbgrader's, so it is installed into `.cache/otter` when it is first measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from benchmarks.cpu import measured
from course.places import CACHE, ROOT, notebook_of
from grader.exercises import EXERCISES

VERSION = "7.0.0"
HOME = CACHE / "otter"
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


def install() -> Path:
    """otter's own Python; installed once."""
    python = HOME / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
        packages = [f"otter-grader=={VERSION}", "numpy==2.4.6", "matplotlib", "ipykernel"]
        subprocess.run([python, "-m", "pip", "install", "-qq", *packages], check=True)
    return python


def grade(folder: Path, chapter: str) -> list[float]:
    """The processor seconds of each submission but the first; otter starts Python for each."""
    python = install()
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        released = nbformat.read(notebook_of(chapter, folder / "exercises"), as_version=4)
        _write_tests(place / "tests", {cell.id for cell in released.cells})
        otter = [str(python), "-m", "otter"]
        _run([*otter, "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment"], place)
        paths = sorted(folder.glob(f"submitted/*/{chapter}/*.ipynb"))
        command = [*otter, "run", "-a", "autograder.zip", "--no-logo"]
        return [measured(_run, [*command, str(path)], place)[0] for path in paths][1:]


def _write_tests(folder: Path, cells: set[str]) -> None:
    """A test for each exercise: our check must give all points."""
    folder.mkdir()
    for exercise in EXERCISES:
        if f"check_{exercise.slug}" not in cells:
            continue
        names = ", ".join(function.name for function in exercise.functions)
        code = f">>> from grader import judge\n>>> judge('{exercise.slug}', {names}).passed\nTrue"
        case = {"code": code, "hidden": False, "locked": False}
        suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        test = {"name": exercise.slug, "points": exercise.max_points, "suites": [suite]}
        text = f"OK_FORMAT = True\n\ntest = {json.dumps(test)}\n"
        text = text.replace("true", "True").replace("false", "False")
        (folder / f"{exercise.slug}.py").write_text(text, encoding="utf-8")


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:] or done.stdout[-2000:]}")
