"""Describe a page to a search engine: its first sentences without formulas."""

from __future__ import annotations

from docutils import nodes

SHORTEST, LONGEST = 50, 155
ASIDE = (nodes.block_quote, nodes.Admonition, nodes.container, nodes.figure, nodes.table)


def describe(doctree: nodes.document) -> str:
    """The first plain paragraph that says something; empty if there is none."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = "" if is_aside(paragraph) else plain_sentences(paragraph)
        if len(text) >= SHORTEST:
            return shorten(text)
    return ""


def is_aside(paragraph: nodes.paragraph) -> bool:
    """Whether a paragraph stands beside the running text."""
    parent = paragraph.parent
    while parent is not None:
        if isinstance(parent, ASIDE):
            return True
        parent = parent.parent
    return False


def plain_sentences(paragraph: nodes.paragraph) -> str:
    """The sentences of a paragraph that hold no formula; each stands on a line of its own."""
    mark = "\ufffc"
    copy = paragraph.deepcopy()
    for formula in list(copy.findall(nodes.math)):
        formula.replace_self(nodes.Text(mark))
    return " ".join(line.strip() for line in copy.astext().splitlines() if mark not in line)


def shorten(text: str) -> str:
    """Cut a text between two words."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
