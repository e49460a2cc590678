"""Cells and outputs of a notebook as nbformat has them, without the time its validation takes.

Source: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import json
from typing import Any

from nbformat import NotebookNode, from_dict


def code(source: str, **metadata: Any) -> NotebookNode:
    """A code cell that was not run."""
    parts = {"cell_type": "code", "execution_count": None, "outputs": [], "source": source}
    return from_dict(parts | {"metadata": metadata})


def markdown(source: str, **metadata: Any) -> NotebookNode:
    """A cell with text."""
    return from_dict({"cell_type": "markdown", "source": source, "metadata": metadata})


def book(**metadata: Any) -> NotebookNode:
    """An empty notebook."""
    return from_dict({"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def text_of(book: NotebookNode) -> str:
    """The text of a notebook's file, on one line: that takes a tenth of the time."""
    return json.dumps(book, ensure_ascii=False, sort_keys=True) + "\n"


def printed(text: str) -> NotebookNode:
    """What a cell printed."""
    return from_dict({"output_type": "stream", "name": "stdout", "text": text})


def shown(**data: str) -> NotebookNode:
    """What a cell displayed, by media type."""
    return from_dict({"output_type": "display_data", "data": data, "metadata": {}})


def result(text: str, count: int | None) -> NotebookNode:
    """The value of a cell's last line."""
    parts = {"data": {"text/plain": text}, "metadata": {}, "execution_count": count}
    return from_dict({"output_type": "execute_result"} | parts)


def error(name: str, text: str, trace: list[str]) -> NotebookNode:
    """The exception that ended a cell."""
    return from_dict({"output_type": "error", "ename": name, "evalue": text, "traceback": trace})
