"""Serve MathJax from the site itself, so that formulas show without any other server."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from shutil import copy, copytree

from sphinx.application import Sphinx

CARRIER = "sphinx-mathjax-offline"
SCRIPT = "tex-chtml.js"
FONTS = Path("output") / "chtml" / "fonts"


def mathjax_folder() -> Path:
    """Where the Python package that carries MathJax 3.2.2 keeps it."""
    return Path(find_spec(CARRIER).origin).parent / "static" / "mathjax"


def copy_mathjax(app: Sphinx, error: Exception | None) -> None:
    """Copy the script and its fonts; the rest of MathJax is not used."""
    if error is not None or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / "mathjax"
    target.mkdir(parents=True, exist_ok=True)
    copy(mathjax_folder() / SCRIPT, target)
    copytree(mathjax_folder() / FONTS, target / FONTS, dirs_exist_ok=True)


def setup(app: Sphinx) -> dict[str, bool | str]:
    """Tell Sphinx where MathJax will be."""
    app.config.mathjax_path = f"mathjax/{SCRIPT}"
    app.connect("build-finished", copy_mathjax)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
