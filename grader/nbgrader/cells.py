"""Read the cells of a notebook file, whatever its version, and whatever happened to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST_BYTES = 64 * 2**20
MOST_CELLS = 1_000
MOST_CHARACTERS = 200_000
KINDS = {"code": "code", "markdown": "markdown", "heading": "markdown", "html": "markdown"}


@dataclass(frozen=True)
class HandedCell:
    """A cell as a learner handed it in; outputs and all other metadata are left behind.

    Args:
        kind: `code`, `markdown` or `raw`.
        source: its text.
        claimed: the teacher's cell it claims to be, by nbgrader's metadata.
        id: the notebook's own name for it.
    """

    kind: str
    source: str
    claimed: str = ""
    id: str = ""


@dataclass(frozen=True)
class HandedNotebook:
    """What could be read of a notebook.

    Args:
        cells: in order.
        trouble: why something could not be read, for the learner; empty if all is well.
    """

    cells: tuple[HandedCell, ...] = ()
    trouble: str = ""


def read_cells(data: bytes) -> HandedNotebook:
    """Read a notebook file; no file makes this fail."""
    if len(data) > MOST_BYTES:
        size = f"more than {MOST_BYTES // 2**20} MiB"
        return HandedNotebook(trouble=f"The file has {size} and was not read. Clear its outputs.")
    text = _text(data)
    if not text.strip():
        return HandedNotebook(trouble="The file is empty.")
    try:
        book = json.loads(text)
    except (ValueError, RecursionError) as error:
        return HandedNotebook(trouble=f"The file is no notebook: {_short(error)}.")
    return cells_of(book)


def cells_of(book: Any) -> HandedNotebook:
    """The cells of a notebook that is read as JSON already."""
    found = list(_raw_cells(book))
    if not found and not (isinstance(book, dict) and isinstance(book.get("cells"), list)):
        return HandedNotebook(trouble="The file is no notebook: it has no list of cells.")
    cells = tuple(_cell(raw) for raw in found[:MOST_CELLS] if isinstance(raw, dict))
    trouble = ""
    if len(found) > MOST_CELLS:
        trouble = f"The notebook has {len(found)} cells; only the first {MOST_CELLS} were graded."
    return HandedNotebook(cells, trouble)


def _raw_cells(book: Any) -> Iterator[Any]:
    """Cells of today's format, or those in the worksheets of older ones."""
    if not isinstance(book, dict):
        return
    sheets = book.get("worksheets")
    for part in [book, *(sheets if isinstance(sheets, list) else [])]:
        cells = part.get("cells") if isinstance(part, dict) else None
        yield from cells if isinstance(cells, list) else []


def _cell(raw: dict[str, Any]) -> HandedCell:
    source = raw.get("source", raw.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    source = source if isinstance(source, str) else ""
    source = source.encode("utf-8", "replace").decode("utf-8")  # JSON allows half characters
    metadata = raw.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    claimed = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    kind = raw.get("cell_type")
    return HandedCell(
        kind=KINDS.get(kind, "raw") if isinstance(kind, str) else "raw",
        source=source[:MOST_CHARACTERS],
        claimed=claimed if isinstance(claimed, str) else "",
        id=raw["id"] if isinstance(raw.get("id"), str) else "",
    )


def _text(data: bytes) -> str:
    """Decode as UTF-8, or as the UTF-16 that some editors on Windows write."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def _short(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return " ".join(str(error).split())[:120]
