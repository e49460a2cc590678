"""Small notebooks to grade by hand, of a chapter with one exercise."""

import json

from grader.nbgrader.cells import read_cells
from grader.nbgrader.released import Released
from grader.nbgrader.restore import restored

SETUP = "import numpy as np\n\nfrom grader import check, hint"
STUB = "def add_bias(x, b):\n    raise NotImplementedError"
CHECK = 'check("add_bias", add_bias)'
RIGHT = "def add_bias(x, b):\n    return x + b"


def cell(source: str, name: str = "", **parts) -> dict:
    """A code cell as it stands in a file; `name` is nbgrader's, as released."""
    nbgrader = {"nbgrader": {"grade_id": name}} if name else {}
    return {"cell_type": "code", "metadata": nbgrader, "outputs": [], "source": source} | parts


def whole(answer: str = RIGHT) -> list[dict]:
    """The cells of a notebook as released, with an answer."""
    return [cell(SETUP, "setup"), cell(answer, "add_bias"), cell(CHECK, "check_add_bias")]


def data_of(*cells: dict, **metadata) -> bytes:
    """A notebook's file."""
    parts = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(parts).encode()


def rebuilt(released: Released, *cells: dict):
    """A notebook of these cells, restored."""
    return restored(read_cells(data_of(*cells)), released)
