"""Read the hostile and broken submissions of `tests/submissions`, and hand them in."""

from __future__ import annotations

import copy
import json
import os
import sysconfig
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.places import ROOT, SUBMISSIONS

CHAPTER = "corpus"
RIGHT = {
    "ADD_BIAS": "def add_bias(x, b):\n    return x + b",
    "CONV_OUT": """
def conv_out(n, k, stride=1, padding=0, dilation=1):
    return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1


def same_pads(n, k, stride=1, dilation=1):
    total = max((-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n, 0)
    return total // 2, total - total // 2
""",
}
WORDS = RIGHT | {
    "WRONG": "def add_bias(x, b):\n    return x",
    "LINKS": "[a](" * 100_000,
    "QUOTES": ">" * 100_000,
    "HALF": "'\ud800'",
    "DEEP": "[" * 100_000,
    "DIGITS": f'{{"cells": [], "nbformat": 4, "metadata": {{"a": NaN, "b": {"9" * 10_000}}}}}',
}


@dataclass(frozen=True)
class Submission:
    """What somebody hands in: the released notebook, filled in and changed.

    Args:
        about: what is special, in a sentence.
        points: what its honest part deserves, of 7.
        told: a text that the learner must be told.
        unseen: texts that must not be on the feedback page.
        late: the time of collecting counts, since the time stamp is no good.
        longest: how many characters the graded notebook may have.
        add_bias, conv_out: the answers; right ones if not given. `STUB` leaves one untouched.
        cells, kinds, metadata, outputs: changes of single cells, by name.
        extra: cells of the learner's own, behind the cell `at` or at the end.
        delete, copy, first: names of cells that are left out, doubled, or moved to the top.
        no_metadata, no_ids: leave them out everywhere.
        fill_outputs, add_empty: characters of old output, and empty cells, to add.
        book: metadata of the notebook.
        nbformat, encoding, cut: how the file is written, and how much of it.
        raw: the file's text instead of all this.
        file: its name; no file if that is empty.
        files, links, pipes: what else lies in the folder.
    """

    about: str
    points: float
    told: str = ""
    unseen: tuple[str, ...] = ()
    late: bool = False
    longest: int | None = None
    add_bias: str = "ADD_BIAS"
    conv_out: str = "CONV_OUT"
    cells: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    metadata: dict[str, dict] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    extra: tuple[dict[str, Any], ...] = ()
    delete: tuple[str, ...] = ()
    copy: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    no_metadata: bool = False
    no_ids: bool = False
    fill_outputs: int = 0
    add_empty: int = 0
    book: dict[str, Any] = field(default_factory=dict)
    nbformat: int = 4
    encoding: str = "utf-8"
    cut: float = 1.0
    raw: str | None = None
    file: str = "NOTEBOOK"
    files: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    pipes: tuple[str, ...] = ()


def read_corpus() -> dict[str, Submission]:
    """All submissions by name, such as `hostile/memory_bomb`."""
    return {
        f"{kind}/{path.stem}": Submission(**tomllib.loads(path.read_text(encoding="utf-8")))
        for kind in ("hostile", "broken")
        for path in sorted((SUBMISSIONS / kind).glob("*.toml"))
    }


def hand_in(submission: Submission, released: dict[str, Any], target: Path, course: Path) -> None:
    """Write a submission's folder.

    Args:
        submission: what to hand in.
        released: the released notebook, as JSON.
        target: the folder.
        course: the course's folder, which an attacker may know.
    """
    target.mkdir(parents=True)
    if submission.file and not _has_notebook(submission):
        data = data_of(submission, released, course)
        (target / _named(submission.file)).write_bytes(data)
    files = {"timestamp.txt": "2026-01-05 10:00:00 UTC"} | submission.files
    taken = (*submission.links, *submission.pipes)
    for name, text in files.items():
        path = target / _named(name)
        if name not in taken and not path.is_dir() and not path.parent.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_filled(text, course))
    for name, place in submission.links.items():
        (target / _named(name)).symlink_to(_named(_filled(place, course)))
    for name in submission.pipes:
        os.mkfifo(target / name)


def _has_notebook(submission: Submission) -> bool:
    """Whether something else lies where the notebook belongs."""
    return any(name.startswith("NOTEBOOK") for name in (*submission.links, *submission.files))


def _named(text: str) -> str:
    return text.replace("NOTEBOOK", f"{CHAPTER}.ipynb").replace("CHAPTER", CHAPTER)


def _filled(text: str, course: Path) -> str:
    """A text with the places that an attacker may know."""
    text = text.replace("{course}", str(course)).replace("{repository}", str(ROOT))
    return text.replace("{packages}", sysconfig.get_path("purelib"))


def data_of(submission: Submission, released: dict[str, Any], course: Path) -> bytes:
    """The notebook's file."""
    if submission.raw is not None:
        return WORDS.get(submission.raw, submission.raw).encode()
    book = copy.deepcopy(released)
    book["metadata"] |= submission.book
    book["cells"] = list(_cells(submission, book["cells"], course))
    if submission.nbformat == 3:
        book = _of_format_3(book)
    text = json.dumps(book, ensure_ascii=submission.encoding == "utf-8")
    data = text.encode(submission.encoding)
    return data[: int(len(data) * submission.cut)]


def _cells(submission: Submission, cells: list[dict], course: Path):
    """The released cells with all that the submission changes, in its order."""
    chosen = [c for c in cells if c["id"] in submission.first]
    chosen += [c for c in cells if c["id"] not in (*submission.first, *submission.delete)]
    for cell in chosen:
        name = cell["id"]
        made = _changed(submission, cell, course)
        yield from [made, made] if name in submission.copy else [made]
        yield from (_extra(e, course) for e in submission.extra if e.get("at") == name)
    yield from (_extra(e, course) for e in submission.extra if "at" not in e)
    yield from [_extra({"source": ""}, course)] * submission.add_empty


def _changed(submission: Submission, cell: dict, course: Path) -> dict:
    name = cell["id"]
    cell = copy.deepcopy(cell)
    answers = {"add_bias": submission.add_bias, "conv_out": submission.conv_out}
    source = (answers | submission.cells).get(name, "STUB")
    if source != "STUB":
        cell["source"] = _filled(WORDS.get(source, source), course)
    cell["cell_type"] = submission.kinds.get(name, cell["cell_type"])
    cell["metadata"] = {} if submission.no_metadata else cell["metadata"]
    cell["metadata"] |= submission.metadata.get(name, {})
    if name in submission.outputs:
        cell["outputs"] = json.loads(submission.outputs[name])
    if submission.fill_outputs and cell["cell_type"] == "code":
        text = "x" * submission.fill_outputs
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
    if submission.no_ids:
        del cell["id"]
    return cell


def _extra(extra: dict[str, Any], course: Path) -> dict:
    kind, source = extra.get("kind", "code"), extra["source"]
    cell = {"cell_type": kind, "metadata": {}, "source": _filled(WORDS.get(source, source), course)}
    cell |= {"outputs": [], "execution_count": None} if kind == "code" else {}
    return cell | {
        name: value for name, value in extra.items() if name not in ("kind", "at", "source")
    }


def _of_format_3(book: dict) -> dict:
    """The same in the format that IPython 2 wrote."""
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
            cell["language"] = "python"
    sheets = [{"cells": book["cells"], "metadata": {}}]
    return {"metadata": book["metadata"], "nbformat": 3, "nbformat_minor": 0, "worksheets": sheets}
