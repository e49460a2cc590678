"""Take a result of two things apart, the second a dict of gradients, in the parameters' order."""

from __future__ import annotations

from typing import Any


def first_and_grads(answer: Any, first: str, params: dict[str, Any]) -> tuple[Any, list[Any]]:
    """The first of the two, and a list of gradients.

    Args:
        answer: what a learner's function has returned.
        first: what comes before the gradients, such as `loss`.
        params: the parameters by name, whose order counts.

    Raises:
        ValueError: it has another form.
    """
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        got = "None: is a `return` missing?" if answer is None else f"a {type(answer).__name__}"
        raise ValueError(f"return two things, {first} and grads, and not {got}")
    grads = answer[1]
    if not hasattr(grads, "keys"):
        text = f"grads must be a dict with the names of params, not a {type(grads).__name__}"
        raise ValueError(text)
    missing = [name for name in params if name not in grads]
    if missing:
        raise ValueError(f"grads has no {missing[0]!r}")
    return answer[0], [grads[name] for name in params]
