"""An exercise block shows what the chapter's text says about one exercise."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from course.errors import CourseError
from course.places import SOLUTIONS
from course.text import Block, Chapter, read_chapter
from grader.errors import CheckError
from grader.exercise import Exercise
from grader.exercises import __file__ as definitions
from grader.exercises import find

FENCE = "`" * 9
WARNING = "Try it first, with the hints. A solution that was only read is soon forgotten."


class Card(nodes.General, nodes.Element):
    """The block around an exercise: a `div` that says which exercise it holds."""


class ExerciseBlock(SphinxDirective):
    """`{exercise} conv2d_forward`: statement, starter, hints and solution of an exercise."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Make the block from the chapter's text."""
        try:
            exercise = find(self.arguments[0])
            path = SOLUTIONS / f"{exercise.chapter}.md"
            self._depend_on(path)
            block = chapter(path, path.stat().st_mtime_ns).block(exercise.slug)
        except (CheckError, CourseError, OSError) as error:
            raise self.error(f"exercise {self.arguments[0]}: {error}") from error
        name = f"{exercise.number} {exercise.title}"
        # Sphinx looks labels up in small letters.
        self.env.get_domain("std").note_hyperlink_target(
            exercise.slug.lower(), self.env.docname, exercise.slug, name
        )
        card = Card(ids=[exercise.slug], classes=["exercise"], exercise=exercise.slug, label=name)
        card += nodes.paragraph("", f"Exercise {name}", classes=["exercise-title"])
        card += nodes.paragraph("", "", *facts(exercise), classes=["exercise-facts"])
        card += self._parse(statement(block))
        card += [code(block.starter, "starter"), code(block.check.source, "check")]
        card += self._parse(folded(block, solution=self.config.exercise_solutions))
        return [card]

    def _depend_on(self, text: Path) -> None:
        """Read this page again when the chapter's text or the definitions change."""
        for path in (text, *Path(definitions).parent.rglob("*.py")):
            self.env.note_dependency(str(path))

    def _parse(self, markdown: str) -> list[nodes.Node]:
        holder = nodes.container()
        lines = StringList(markdown.splitlines(), source=self.get_source_info()[0])
        self.state.nested_parse(lines, self.content_offset, holder)
        return holder.children


@lru_cache(maxsize=32)
def chapter(path: Path, _changed: int) -> Chapter:
    """Read a chapter's text, once for each time it changes."""
    return read_chapter(path)


def statement(block: Block) -> str:
    """What is asked, without the heading, which the block shows in its own way."""
    heading, _, rest = block.statement.source.partition("\n")
    return rest if heading.startswith("#") else block.statement.source


def facts(exercise: Exercise) -> list[nodes.Node]:
    """Points, time and difficulty, as a line of short texts."""
    bonus = sum(group.points for group in exercise.groups if group.bonus)
    points = f"{exercise.max_points - bonus:g} points" + (f" + {bonus:g} bonus" if bonus else "")
    dots = "●" * exercise.difficulty + "○" * (3 - exercise.difficulty)
    difficulty = f"{dots} difficulty {exercise.difficulty} of 3"
    texts = (points, f"about {exercise.minutes} minutes", difficulty)
    return [nodes.inline("", text) for text in texts]


def code(source: str, name: str) -> nodes.Node:
    """A highlighted block of Python with a class that says what it is."""
    block = nodes.literal_block(source, source, language="python")
    return nodes.container("", block, classes=["exercise-code", name])


def folded(block: Block, *, solution: bool) -> str:
    """Hints, and if wanted the solution, as markdown, each folded away."""
    count = len(block.hints)
    parts = [fold(f"Hint {i} of {count}", hint) for i, hint in enumerate(block.hints, start=1)]
    if solution:
        answer = f"*{WARNING}*\n\n`````python\n{block.answer}\n`````"
        parts.append(fold("Solution", answer, "exercise-solution"))
    return "\n\n".join(parts)


def fold(title: str, body: str, name: str = "exercise-hint") -> str:
    """Markdown that opens when its title is clicked, without any script."""
    options = f":class-container: {name}"
    return f"{FENCE}{{dropdown}} {title}\n{options}\n\n{body}\n{FENCE}"


def open_card(translator: HTML5Translator, node: Card) -> None:
    """Write the start of the `div`."""
    attributes = {"data-exercise": node["exercise"], "aria-label": f"Exercise {node['label']}"}
    translator.body.append(translator.starttag(node, "div", role="group", **attributes))


def close_card(translator: HTML5Translator, _node: Card) -> None:
    """Write its end."""
    translator.body.append("</div>\n")


def ignore(_translator: nodes.NodeVisitor, _node: Card) -> None:
    """Show only the contents where there is no `div`."""


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    others = dict.fromkeys(("latex", "text"), (ignore, ignore))
    app.add_config_value("exercise_solutions", not os.environ.get("NO_SOLUTIONS"), "env")
    app.add_node(Card, html=(open_card, close_card), **others)
    app.add_directive("exercise", ExerciseBlock)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
