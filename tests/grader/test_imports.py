"""Imports go one way: the core of the grader needs NumPy and nothing else."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = sorted((ROOT / "grader").glob("*.py")) + sorted((ROOT / "grader/exercises").rglob("*.py"))


def run_python(code):
    """Run code in a fresh Python; return what it prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return json.loads(done.stdout)


def test_importing_the_grader_loads_numpy_and_nothing_else():
    added = run_python(
        "import sys, numpy.random, json; before = set(sys.modules); import grader;"
        "roots = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(json.dumps(sorted(r for r in roots if r not in sys.stdlib_module_names)))"
    )

    assert set(added) <= {"grader", "numpy"}


def test_a_check_with_recorded_outputs_does_not_load_torch():
    loaded = run_python(
        "import sys, json; from grader import judge; judge('add_bias', lambda x, b: x + b);"
        "print(json.dumps('torch' in sys.modules))"
    )

    assert not loaded


def test_a_right_answer_does_not_load_the_mistakes():
    loaded = run_python(
        "import sys, json; from grader import judge; judge('add_bias', lambda x, b: x + b);"
        "print(json.dumps('grader.mistakes.introduction' in sys.modules))"
    )

    assert not loaded


def imported(path):
    """The modules a file imports anywhere."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", CORE, ids=lambda path: str(path.relative_to(ROOT)))
def test_core_modules_import_only_what_they_may(path):
    roots = {name.partition(".")[0] for name in imported(path)}

    assert roots <= set(sys.stdlib_module_names) | {"numpy", "grader", "IPython"}


def test_cases_know_neither_mistakes_nor_references():
    exercises = [path for path in CORE if path.parent.name != "grader"]

    for path in [*exercises, ROOT / "grader/exercise.py"]:
        names = set(imported(path))
        assert not any("mistakes" in name or "references" in name for name in names), path


def test_only_the_references_import_torch():
    packages = [ROOT / name for name in ("grader", "convnet", "course")]
    files = [path for package in packages for path in package.rglob("*.py")]

    for path in files:
        if path.parent != ROOT / "grader/references":
            assert "torch" not in {name.partition(".")[0] for name in imported(path)}, path


def test_convnet_imports_nothing_of_ours():
    for path in (ROOT / "convnet").rglob("*.py"):
        roots = {name.partition(".")[0] for name in imported(path)}
        assert not roots & {"grader", "course", "torch"}, path
