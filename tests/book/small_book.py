"""Build a book of a few short pages with one of our directives."""

from io import StringIO
from pathlib import Path

from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

SETTINGS = {
    "html_theme": "basic",
    "exclude_patterns": ["out"],
    "myst_enable_extensions": ["dollarmath"],
}


def build(folder: Path, directive: str, texts: dict[str, str]) -> dict[str, BeautifulSoup]:
    """Build pages from markdown texts.

    Args:
        folder: an empty one.
        directive: the extension that is tested.
        texts: markdown by page name; `index` must be there.

    Raises:
        AssertionError: the build warns; the message is its warnings.
    """
    for name, text in texts.items():
        head = "" if name == "index" else "---\norphan: true\n---\n"
        (folder / f"{name}.md").write_text(head + text, encoding="utf-8")
    settings = SETTINGS | {"extensions": ["myst_parser", "sphinx_design", directive]}
    out, warnings = folder / "out", StringIO()
    with docutils_namespace():
        app = Sphinx(
            folder, None, out, out, "html", settings, status=None, warning=warnings, freshenv=True
        )
        app.build()
    if warnings.getvalue():
        raise AssertionError(warnings.getvalue())
    pages = {name: (out / f"{name}.html").read_text(encoding="utf-8") for name in texts}
    return {name: BeautifulSoup(html, "html.parser") for name, html in pages.items()}
