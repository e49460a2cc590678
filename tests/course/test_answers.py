"""Single functions are taken out of a module with all they use, and nothing else."""

from course.answers import cell_with, pieces_of

MODULE = '''"""Not part of any cell."""

import math
import os

HALF = 0.5


def helper(x):
    return HALF * math.floor(x)


def first(x):
    return helper(x)


def second(x):
    return os.sep, first(x)
'''


def cell(tmp_path, *names):
    path = tmp_path / "module.py"
    path.write_text(MODULE)
    return cell_with(names, pieces_of(path))


def test_a_function_comes_with_what_it_uses_directly_and_indirectly(tmp_path):
    source = cell(tmp_path, "first")

    assert [line for line in source.splitlines() if line and line[0] != " "] == [
        "import math",
        "HALF = 0.5",
        "def helper(x):",
        "def first(x):",
    ]


def test_the_cell_runs_on_its_own(tmp_path):
    names = {}

    exec(cell(tmp_path, "second"), names)

    assert names["second"](3.5)[1] == 1.5


def test_a_module_without_the_function_gives_nothing(tmp_path):
    assert cell(tmp_path, "first", "third") == ""
