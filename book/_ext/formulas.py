"""Typeset the formulas when the site is built: a page shows them at once, without any script.

MathJax runs in Node, once for all pages. What it made is kept beside Sphinx's own notes, for later
builds that write only some of the pages.
"""

from __future__ import annotations

import html
import json
import re
import tempfile
from pathlib import Path
from shutil import copytree
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from course.errors import CourseError
from course.mathml import mathjax_folder
from course.node import run_node
from course.places import write

FONTS = Path("output") / "chtml" / "fonts"
TYPESET = Path(__file__).with_name("typeset.cjs")
STYLE = "formulas.css"

# What Sphinx writes for MathJax to find: TeX between \( \) or \[ \], or an environment alone.
WRITTEN = re.compile(
    r'(?P<start><(?P<tag>span|div) class="(?:amsmath )?math notranslate nohighlight"[^>]*>'
    r'(?:\s*<span class="eqno">.*?</span>)?)'
    r"\s*(?:\\[(\[])?(?P<tex>(?:(?!<mjx-).)+?)(?:\\[)\]])?\s*</(?P=tag)>",
    re.DOTALL,
)

Formula = tuple[str, bool]


def formula_of(match: re.Match[str]) -> Formula:
    """The TeX of a formula, and whether it stands on a line of its own."""
    return html.unescape(match["tex"]).strip(), match["tag"] == "div"


def typeset(formulas: list[Formula]) -> dict[str, Any]:
    """Typeset formulas.

    Returns:
        `html`, one text for each formula, and their `style`.

    Raises:
        ExtensionError: a formula has an error, or Node is missing.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "formulas.json"
        file.write_text(json.dumps(formulas), encoding="utf-8")
        arguments = (str(TYPESET), str(mathjax_folder()), str(file))
        try:
            return json.loads(run_node("node", *arguments, folder=Path(folder)))
        except CourseError as error:
            raise ExtensionError(f"the formulas cannot be typeset: {error}") from error


def typeset_site(app: Sphinx, error: Exception | None) -> None:
    """Put typeset formulas into all pages that were written, and their style beside them."""
    if error is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.html"))}
    found = {formula_of(m) for text in pages.values() for m in WRITTEN.finditer(text)}
    made = renew(Path(app.doctreedir) / "formulas.json", found)
    for path, text in pages.items():
        new = WRITTEN.sub(lambda m: f"{m['start']}{made[formula_of(m)]}</{m['tag']}>", text)
        if new != text:
            write(path, new)
    write(out / "_static" / STYLE, made["style"])
    copytree(mathjax_folder() / FONTS, out / "_static" / "mathjax" / FONTS, dirs_exist_ok=True)


def renew(file: Path, found: set[Formula]) -> dict[Any, str]:
    """The HTML of each formula, and the `style` of all; typeset again if one is new.

    Args:
        file: what earlier builds have made; it is kept up to date.
        found: the formulas that are needed now.
    """
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    formulas = [(tex, display) for tex, display in kept and kept["formulas"]]
    if not kept or found - set(formulas):
        # The style must suit the pages that are not written today as well.
        formulas = sorted(found | set(formulas))
        kept = {"formulas": formulas, **typeset(formulas)}
        write(file, json.dumps(kept))
    return {**dict(zip(formulas, kept["html"], strict=True)), "style": kept["style"]}


def setup(app: Sphinx) -> dict[str, bool | str]:
    """Link the style from every page, and typeset when all pages are there."""
    app.add_css_file(STYLE)
    app.connect("build-finished", typeset_site, priority=300)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
