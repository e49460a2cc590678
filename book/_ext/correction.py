"""A correction box sets a claim from the notes against what our own code found."""

from __future__ import annotations

from dataclasses import dataclass

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

logger = logging.getLogger(__name__)

VERDICTS = ("wrong", "imprecise", "outdated", "correct")


@dataclass(frozen=True)
class Box:
    """What the table of all corrections shows of one box.

    Args:
        name: its number in the fact-check, such as `F27`.
        page: the page it stands on.
        verdict: one of `VERDICTS`.
        claim: the parsed claim.
    """

    name: str
    page: str
    verdict: str
    claim: list[nodes.Node]


def a_verdict(argument: str) -> str:
    """Read the option `verdict`."""
    return directives.choice(argument, VERDICTS)


class Correction(SphinxDirective):
    """`{correction} F27`: the first paragraph is the claim, the rest is what we found."""

    required_arguments = 1
    has_content = True
    option_spec = {"verdict": a_verdict, "source": str, "items": str}

    def run(self) -> list[nodes.Node]:
        """Make the box and note it for the table."""
        name = self.arguments[0]
        body = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, body)
        if len(body) < 2 or not {"verdict", "source"} <= self.options.keys():
            raise self.error(f"correction {name} needs a claim, a finding, :verdict: and :source:")
        claim, finding = body.children[0], body.children[1:]
        self._note(name, claim)
        box = nodes.container(ids=[name.lower()], classes=["correction", self.verdict])
        box += self._headline(name)
        box += part("correction-claim", claim.deepcopy())
        box += part("correction-finding", *finding)
        box += part("correction-source", *self._sources())
        return [box]

    @property
    def verdict(self) -> str:
        """What we think of the claim."""
        return self.options["verdict"]

    def _headline(self, name: str) -> nodes.Node:
        number = nodes.inline("", name, classes=["correction-number"])
        verdict = nodes.inline("", self.verdict, classes=["correction-verdict"])
        return nodes.paragraph("", "", number, verdict, classes=["correction-headline"])

    def _sources(self) -> list[nodes.Node]:
        items = ", ".join(self.options.get("items", "").split())
        text = f"**Source** {self.options['source']}" + (f" · *seen in* {items}" if items else "")
        holder = nodes.container()
        self.state.nested_parse(StringList([text], source=""), self.content_offset, holder)
        return holder.children

    def _note(self, name: str, claim: nodes.Node) -> None:
        boxes = boxes_of(self.env)
        if name in boxes and boxes[name].page != self.env.docname:
            logger.warning("correction %s is also on %s", name, boxes[name].page)
        inline = [child.deepcopy() for child in claim.children]
        boxes[name] = Box(name, self.env.docname, self.verdict, inline)
        standard = self.env.get_domain("std")
        standard.note_hyperlink_target(name.lower(), self.env.docname, name.lower(), name)


class Table(nodes.General, nodes.Element):
    """Stands for the table of all boxes until every page has been read."""


class AllCorrections(SphinxDirective):
    """`{all-corrections}`: a table of all boxes of the book, with links."""

    def run(self) -> list[nodes.Node]:
        """Leave a mark; the boxes are known only later."""
        pages_with_table(self.env).add(self.env.docname)
        return [Table()]


def part(name: str, *children: nodes.Node) -> nodes.Node:
    """A div with a class."""
    return nodes.container("", *children, classes=[name])


def boxes_of(env: BuildEnvironment) -> dict[str, Box]:
    """All boxes read so far, by name."""
    if not hasattr(env, "correction_boxes"):
        env.correction_boxes = {}
    return env.correction_boxes


def pages_with_table(env: BuildEnvironment) -> set[str]:
    """The pages that show the table."""
    if not hasattr(env, "correction_tables"):
        env.correction_tables = set()
    return env.correction_tables


def forget(_app: Sphinx, env: BuildEnvironment, page: str) -> None:
    """Drop what a page said before it is read again."""
    pages_with_table(env).discard(page)
    for name in [name for name, box in boxes_of(env).items() if box.page == page]:
        del boxes_of(env)[name]


def refresh(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the table again whenever any page has changed."""
    return sorted(pages_with_table(env))


def fill(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put the table where the mark is."""
    for mark in list(doctree.findall(Table)):
        mark.replace_self(table(app, page))
        # The page is read by now, and only pages with formulas get the script that draws them.
        equations = app.env.get_domain("math").data["has_equations"]
        equations[page] = any(True for _ in doctree.findall(nodes.math))


def table(app: Sphinx, page: str) -> nodes.Node:
    """Build the table: number, verdict, claim."""
    boxes = sorted(boxes_of(app.env).values(), key=lambda box: int(box.name[1:]))
    group = nodes.tgroup("", cols=3)
    group += [nodes.colspec(colwidth=width) for width in (8, 14, 78)]
    titles = [[nodes.Text(title)] for title in ("Box", "Verdict", "Claim")]
    group += nodes.thead("", row(*titles))
    group += nodes.tbody("", *(row(*cells(app, page, box)) for box in boxes))
    return nodes.table("", group, classes=["corrections-table"])


def cells(app: Sphinx, page: str, box: Box) -> list[list[nodes.Node]]:
    """The three cells of one box."""
    target = box.name.lower()
    link = make_refnode(app.builder, page, box.page, target, nodes.Text(box.name))
    verdict = nodes.inline("", box.verdict, classes=["correction-verdict", box.verdict])
    return [[link], [verdict], [child.deepcopy() for child in box.claim]]


def row(*contents: list[nodes.Node]) -> nodes.Node:
    """A table row of paragraphs."""
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *c)) for c in contents))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the two directives."""
    app.add_node(Table)
    app.add_directive("correction", Correction)
    app.add_directive("all-corrections", AllCorrections)
    app.connect("env-purge-doc", forget)
    app.connect("env-updated", refresh)
    app.connect("doctree-resolved", fill)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
