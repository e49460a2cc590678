"""Show the hints of an exercise one at a time, the gentlest first."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache

from grader.errors import CheckError
from grader.exercises import find
from grader.expected import RECORDED

_shown: Counter[str] = Counter()


@lru_cache
def _all_hints() -> dict[str, list[str]]:
    path = RECORDED / "hints.json"
    if not path.exists():
        raise CheckError("the hints are not built yet: run `make`, or `python -m course compile`")
    return json.loads(path.read_text(encoding="utf-8"))


def hints_of(slug: str) -> tuple[str, ...]:
    """All hints of an exercise.

    Raises:
        CheckError: there is no such exercise, or the hints are not built.
    """
    return tuple(_all_hints().get(find(slug).slug, ()))


def next_hint(slug: str) -> str:
    """The next hint that was not shown yet; after the last one, the last one again."""
    hints = hints_of(slug)
    if not hints:
        raise CheckError(f"exercise {slug} has no hints")
    slug = find(slug).slug
    _shown[slug] = min(_shown[slug] + 1, len(hints))
    number = _shown[slug]
    more = "" if number < len(hints) else " This is the last one."
    return f"**Hint {number} of {len(hints)}.** {hints[number - 1]}{more}"
