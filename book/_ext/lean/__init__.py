"""Send a page only what it uses: one small style sheet, few icons, scripts that never block it.

The theme would send a dozen style sheets, every icon there is, the search index with each page,
and scripts that a browser must run before it shows a word.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from course.places import write
from lean.description import describe
from lean.icons import write_icons
from lean.images import let_wait
from lean.styles import merge, words_of

TEMPLATES = Path(__file__).parent / "templates"
THEME_STYLES = ("basic.css", "styles/pydata-sphinx-theme.css")
STYLE = "site.css"
LINK = re.compile(rf'_static/{re.escape(STYLE)}(?:\?v=\w+)?"')
# Notebooks are not launched elsewhere, the tabs of sphinx-design are not used, and formulas are
# typeset when the site is built.
UNUSED = ("thebe", "design-tabs.js", "mathjax")
FALLBACK = "A course: every layer of a convolutional network in NumPy, each exercise checked."


def use_templates(app: Sphinx, config: Config) -> None:
    """Let our layout extend the theme's."""
    config.templates_path.insert(0, str(TEMPLATES))
    app.lean_styles = {}


def slim(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Drop what this page does not need, let the rest wait, and describe the page."""
    scripts = [one for one in context["script_files"] if not is_unused(one)]
    context["script_files"] = list(dict.fromkeys(map(deferred, scripts)))
    styles = [one.filename for one in context["css_files"] if not is_unused(one)]
    # A dictionary keeps the order; the theme's own sheets come before all others.
    app.lean_styles |= dict.fromkeys([*THEME_STYLES, *map(inside_static, styles)])
    context["css_files"] = []
    # Without JavaScript a page is light; with it, `layout.html` asks what the reader likes.
    context["default_mode"] = "light"
    context["description"] = (describe(doctree) if doctree else "") or FALLBACK
    pictures = {name: Path(app.srcdir, path) for path, name in app.builder.images.items()}
    context["body"] = let_wait(context.get("body", ""), pictures)


def is_unused(file: Any) -> bool:
    """Whether nothing in the course needs a script or a style sheet."""
    text = f"{file.filename or ''} {file.attributes.get('body', '')}".lower()
    return any(name in text for name in UNUSED)


def inside_static(name: str) -> str:
    """The name of a file as seen from the folder `_static`."""
    return str(name).split("?")[0].removeprefix("_static/")


def deferred(script: Any) -> Any:
    """Let a script wait until the page is shown; the order stays."""
    attributes = script.attributes
    if str(attributes.get("body", "")).startswith("DOCUMENTATION_OPTIONS."):
        # A module waits as well, and so finds the options that a script before it has made.
        attributes["type"] = "module"
    elif script.filename and attributes.get("type") != "module":
        attributes.pop("async", None)
        attributes["defer"] = "defer"
    return script


def merge_styles(app: Sphinx, error: Exception | None) -> None:
    """Write the one style sheet, and let every page ask for this version of it."""
    if error is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    text = merge(out / "_static", list(app.lean_styles), words_of(out))
    text = f"{write_icons(out / '_static', text)}\n{text}"
    write(out / "_static" / STYLE, text)
    version = hashlib.sha256(text.encode()).hexdigest()[:8]
    for path in out.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        new = LINK.sub(f'_static/{STYLE}?v={version}"', page)
        if new != page:
            write(path, new)


def setup(app: Sphinx) -> dict[str, bool | str]:
    """Register the steps; the last to touch a page is `slim`."""
    app.connect("config-inited", use_templates)
    app.connect("html-page-context", slim, priority=900)
    # After the formulas, whose rules are wanted too, and after the theme has coloured the code.
    app.connect("build-finished", merge_styles, priority=700)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
