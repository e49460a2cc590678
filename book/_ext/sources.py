"""The list of sources is a list for screen readers too.

docutils gives its entries a role that the standard has withdrawn, and that no list may hold.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

OPEN_LIST = '<div role="list" class="citation-list">\n'


def open_source(translator: HTML5Translator, node: nodes.citation) -> None:
    """Write the start of a source; the first one of a row opens the list."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        translator.body.append(OPEN_LIST)
    translator.body.append(translator.starttag(node, "div", classes=["citation"], role="listitem"))


def close_source(translator: HTML5Translator, node: nodes.citation) -> None:
    """Write its end; the last one of a row closes the list."""
    translator.body.append("</div>\n")
    if not isinstance(node.next_node(descend=False, siblings=True), nodes.citation):
        translator.body.append("</div>\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Replace how a source is written."""
    app.add_node(nodes.citation, override=True, html=(open_source, close_source))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
