"""Turn the TeX in Markdown into MathML, which browsers show without a script."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from course.node import run_node

CARRIER = "sphinx-mathjax-offline"
CONVERT = Path(__file__).with_name("mathml.cjs")
MOST_CHARACTERS = 1_000

# Code between backquotes is matched first, so that a `$` in it stays.
PARTS = re.compile(
    r"(?P<code>```.*?```|`[^`]*`)"
    r"|\$\$(?P<block>[^$]+)\$\$"
    r"|(?<![\\$\w])\$(?=\S)(?P<inline>[^$\n]+?)(?<=\S)\$(?![\d$])",
    re.DOTALL,
)
# What Markdown would read as its own inside a tag's text.
MARKS = {ord(mark): f"&#{ord(mark)};" for mark in "*_`[]~\\"}

Formula = tuple[str, bool]


def mathjax_folder() -> Path:
    """Where the Python package that carries MathJax 3.2.2 keeps it."""
    return Path(find_spec(CARRIER).origin).parent / "static" / "mathjax"


def formulas_in(text: str) -> list[Formula]:
    """The formulas in Markdown: TeX, and whether it stands on a line of its own."""
    found = map(_formula, PARTS.finditer(text))
    return [formula for formula in found if formula is not None]


def with_mathml(text: str, made: dict[Formula, str | None]) -> str:
    """Markdown with MathML for the formulas that could be converted."""
    return PARTS.sub(lambda match: made.get(_formula(match)) or match[0], text)


def _formula(match: re.Match) -> Formula | None:
    tex = match["block"] or match["inline"]
    if tex is None or len(tex) > MOST_CHARACTERS:
        return None
    return tex.strip(), match["block"] is not None


def mathml_of(formulas: Iterable[Formula]) -> dict[Formula, str | None]:
    """MathML on one line for each formula, fit to stand in Markdown; None for what is no TeX.

    Raises:
        CourseError: MathJax cannot run here.
    """
    formulas = sorted(formulas)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "formulas.json"
        file.write_text(json.dumps(formulas), encoding="utf-8")
        arguments = (str(CONVERT), str(mathjax_folder()), str(file))
        made = json.loads(run_node("node", *arguments, folder=Path(folder)))
    lines = [text and " ".join(text.translate(MARKS).split()) for text in made]
    return dict(zip(formulas, lines, strict=True))
