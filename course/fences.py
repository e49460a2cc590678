"""Find fences that are not closed before a parser stumbles over what follows them."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from jupytext import myst

from course.errors import CourseError


def check_fences(content: str, path: Path) -> None:
    """Refuse code cells that are not closed, and options that are not `:name: value` lines.

    A fence without its closing line swallows the next cells, so later messages would be about
    something else.
    """
    lines = content.splitlines()
    for token in myst.get_parser().parse(content + "\n"):
        if token.type != "fence":
            continue
        first, last = token.map
        line = first + 1
        swallowed = re.search(r"^\s*(`{3,}|~{3,})\{", token.content, re.MULTILINE)
        closed = lines[min(last, len(lines)) - 1].strip().startswith(token.markup)
        if swallowed or not closed or last - first < 2:
            raise CourseError(
                f"the block that starts here is not closed: add a line `{token.markup}` "
                "after its last line",
                path,
                line,
            )
        if token.info.startswith("{code-cell}"):
            _check_options(token.content, path, line)


def _check_options(content: str, path: Path, line: int) -> None:
    try:
        _, options = myst.parse_directive_options(content, "")
    except (myst.MystMetadataParsingError, yaml.YAMLError) as error:
        raise CourseError(f"the cell's options are not YAML: {plain(error)}", path, line) from None
    if not isinstance(options, dict):
        raise CourseError(
            f"the cell's options must be lines like `:solution: add_bias`, not {options!r}",
            path,
            line + 1,
        )


def plain(error: Exception) -> str:
    """An exception's text in one line."""
    return " ".join(str(error).split())
