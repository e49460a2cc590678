"""Merge the style sheets of a page into one, without the rules for what the site does not have.

A theme brings rules for everything that any site may contain. A rule stays unless its selector
names a class or an id that occurs nowhere in the site, neither in a page nor in a script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

OWN = ("course.css", "formulas.css", "live/live.css")
WORD = re.compile(r"[\w-]+")
# A selector with `:not(.a)` also holds where there is no class `a`.
INSIDE = re.compile(r":[\w-]+\([^()]*\)")
NAMED = re.compile(r"[.#]((?:\\.|[\w-])+)")
NESTED = ("media", "supports", "container", "layer")
# The theme's fonts are those of its icons; `icons.py` makes a smaller one.
LEFT_OUT = ("charset", "font-face")


def merge(static: Path, names: list[str], words: set[str]) -> str:
    """The text of one style sheet instead of several.

    Args:
        static: the site's folder with the style sheets.
        names: the sheets, in the order in which a page links them.
        words: all words that occur in the site's pages and scripts.
    """
    texts = []
    for name in names:
        text = (static / name).read_text(encoding="utf-8")
        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        texts += map(write, rules if name in OWN else used(rules, words))
    return "\n".join(texts)


def used(rules: list[Node], words: set[str]) -> Iterator[Node]:
    """The rules that something in the site may need."""
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            wanted = [one for one in selectors(rule.prelude) if may_match(one, words)]
            if wanted:
                rule.prelude = tinycss2.parse_component_value_list(",".join(wanted))
                yield rule
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in NESTED and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            rule.content = [token for one in used(inner, words) for token in tokens_of(one)]
            if rule.content:
                yield rule
        elif not (isinstance(rule, AtRule) and rule.lower_at_keyword in LEFT_OUT):
            yield rule


def selectors(prelude: list[Node]) -> list[str]:
    """The single selectors before a rule's body."""
    groups: list[list[Node]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            groups.append([])
        elif token.type != "comment":
            groups[-1].append(token)
    return [tinycss2.serialize(group).strip() for group in groups]


def may_match(selector: str, words: set[str]) -> bool:
    """Whether all classes and ids that a selector asks for occur in the site."""
    plain = re.sub(r"\[[^]]*\]", "", selector)
    while plain != (plain := INSIDE.sub("", plain)):
        pass
    return all(name.replace("\\", "") in words for name in NAMED.findall(plain))


def tokens_of(rule: Node) -> list[Node]:
    """A rule as tokens again, to stand in another one."""
    return tinycss2.parse_component_value_list(write(rule))


def write(rule: Node) -> str:
    """The text of a rule, in one line and without comments."""
    text = tinycss2.serialize([rule])
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip()


def words_of(site: Path) -> set[str]:
    """All words in the pages and scripts of the site itself."""
    found: set[str] = set()
    for path in (*site.rglob("*.html"), *(site / "_static").rglob("*.js")):
        if "fontawesome" not in path.name:
            found.update(WORD.findall(path.read_text(encoding="utf-8")))
    return found
