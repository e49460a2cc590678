"""Run a reader's code in a page, and tell what happened as plain data.

It runs inside Pyodide, but needs nothing of it: the tests run it in ordinary Python.
"""

from __future__ import annotations

import ast
import base64
import builtins
import inspect
import io
import linecache
import logging
import os
import sys
import traceback
import warnings
from contextlib import AbstractContextManager, nullcontext
from typing import Any

Names = dict[str, Any]
FIGURE_DOTS_PER_INCH = 100
LONGEST_VALUE = 20_000
LONGEST_HTML = 1_000_000
MOST_FIGURES = 20
ELSEWHERE = "This page has NumPy and Matplotlib only. Run this on your own computer."
NO_INPUT = "`input` cannot ask you anything on this page: write the value into the code instead."
NO_MEMORY = "The page ran out of memory. Try smaller arrays, and press Run again."
NO_EXIT = "There is no program to end on this page: leave `exit` out."
NO_MAGIC = "Lines that begin with `%` or `!` are for Jupyter, not for Python: leave them out here."
NO_DISPLAY = "`display` belongs to Jupyter: `print` the value, or put it alone on the last line."
UNSEEN = "It came with a paste, and looks like a space or like nothing: type that place anew."

_shared: dict[str, Names] = {}
_titles: set[str] = set()


def prepare() -> None:
    """Set Python up for a page: figures are pictures, and nobody answers `input`."""
    os.environ["MPLBACKEND"] = "agg"
    # On a slow device matplotlib says that it reads the fonts; that is no output of the cell.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    builtins.input = _no_input


def _no_input(*_: Any) -> str:
    raise RuntimeError(NO_INPUT)


def names_of(space: str, *, fresh: bool) -> Names:
    """The variables of a space: of the page, or of one exercise.

    Args:
        space: its name.
        fresh: forget what was there.
    """
    if fresh or space not in _shared:
        _shared[space] = {"__name__": "__main__"}
    return _shared[space]


async def run(code: str, title: str, names: Names, *, restore: bool = False) -> dict[str, Any]:
    """Run code; the value of its last line is shown, as in a notebook.

    Args:
        code: what the reader wrote.
        title: what a traceback calls it.
        names: its variables, which it changes.
        restore: put back what it replaces of NumPy and the builtins, which the grader needs,
            and its filters of warnings.

    Returns:
        `ok`; `text` or `html` of the last value, `error` and `figures` where there are some.
    """
    # Tracebacks and `inspect` look the source up here.
    _titles.add(title)
    linecache.cache[title] = (len(code), None, code.splitlines(keepends=True), title)
    # The page shows all figures at the end; `plt.show()` has nothing to add, and may stay.
    warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive")
    filters = warnings.catch_warnings() if restore else nullcontext()
    streams = sys.stdout, sys.stderr
    try:
        with _restored() if restore else nullcontext(), filters:
            value = await _evaluate(code, title, names)
        told = {"ok": True} | _shown(value)
    except BaseException as error:  # a reader's code may raise anything, SystemExit included
        told = {"ok": False, "error": explain(error)}
    # Code that catches its own prints and never lets go must not silence what comes next.
    sys.stdout, sys.stderr = streams
    told = _drawn(told)
    for stream in streams:
        stream.flush()
    return told


def _restored() -> AbstractContextManager[None]:
    """A block after which NumPy is whole again; text pages need no grader, so it is loaded here."""
    from grader.restored import Restored

    return Restored()


async def _evaluate(code: str, title: str, names: Names) -> Any:
    """Run all statements; return the value of the last one if it is an expression."""
    tree = ast.parse(code, title)
    # Behind a semicolon the value is not shown, but it is computed all the same.
    shown = tree.body and isinstance(tree.body[-1], ast.Expr) and not code.rstrip().endswith(";")
    last = tree.body.pop() if shown else None
    await _execute(compile(tree, title, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
    if last is None:
        return None
    expression = ast.Expression(last.value)
    return await _execute(compile(expression, title, "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)


async def _execute(code: Any, names: Names) -> Any:
    value = eval(code, names)
    return await value if inspect.iscoroutine(value) else value


def _shown(value: Any) -> dict[str, str]:
    if value is None:
        return {}
    html = getattr(value, "_repr_html_", None)
    text = html() if callable(html) and not isinstance(value, type) else None
    # HTML cannot be cut; what is too long to show is shown as text.
    if text and len(text) < LONGEST_HTML:
        return {"html": text}
    return {"text": _cut(repr(value))}


def _cut(text: str) -> str:
    """A text that a page can show at once."""
    return text if len(text) < LONGEST_VALUE else f"{text[:LONGEST_VALUE]} …"


def explain(error: BaseException) -> str:
    """The error with the reader's own lines, and a hint where we know one."""
    told = traceback.TracebackException(type(error), error, error.__traceback__)
    own = [frame for frame in told.stack if frame.filename in _titles]
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(own)] if own else []
    hint = _hint(error)
    text = _cut("".join([*lines, *told.format_exception_only()]).strip())
    return f"{text}\n\n{hint}" if hint else text


def _hint(error: BaseException) -> str:
    if isinstance(error, ModuleNotFoundError):
        name = "PyTorch" if error.name == "torch" else f"`{error.name}`"
        return f"{name} is not on this page. {ELSEWHERE}"
    if isinstance(error, SyntaxError):
        return _syntax_hint(error)
    if isinstance(error, NameError) and error.name == "display":
        return NO_DISPLAY
    if isinstance(error, SystemExit):
        return NO_EXIT
    return NO_MEMORY if isinstance(error, MemoryError) else ""


def _syntax_hint(error: SyntaxError) -> str:
    if (error.text or "").lstrip().startswith(("%", "!")):
        return NO_MAGIC
    return UNSEEN if "non-printable" in str(error) else ""


def _drawn(told: dict[str, Any]) -> dict[str, Any]:
    """Add the figures; one that cannot be drawn is the code's error, as one raised while it ran."""
    try:
        return told | {"figures": figures()}
    except Exception as error:  # a title may hold a formula with a slip
        failed = {"ok": False, "error": explain(error)} if told["ok"] else told
        return failed | {"figures": []}


def figures() -> list[dict[str, str]]:
    """The open figures as PNG, each with a text for those who cannot see it; closes them."""
    if "matplotlib.pyplot" not in sys.modules:
        return []
    from matplotlib import pyplot

    numbers = pyplot.get_fignums()
    if len(numbers) > MOST_FIGURES:
        sys.stderr.write(f"[The first {MOST_FIGURES} of {len(numbers)} figures are shown.]\n")
    try:
        return [_picture(pyplot.figure(number)) for number in numbers[:MOST_FIGURES]]
    finally:
        pyplot.close("all")


def _picture(figure: Any) -> dict[str, str]:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=FIGURE_DOTS_PER_INCH, bbox_inches="tight")
    png = base64.b64encode(buffer.getvalue()).decode()
    return {"png": png, "alt": _describe(figure)}


def _describe(figure: Any) -> str:
    """The titles of a figure, or else what its axes show."""
    titles = [figure.get_suptitle(), *(axes.get_title() for axes in figure.axes)]
    labels = [f"{a.get_ylabel()} by {a.get_xlabel()}" for a in figure.axes if a.get_ylabel()]
    return "; ".join(filter(None, titles)) or "; ".join(labels) or "A plot without a title"


def check(slug: str, names: Names) -> dict[str, Any]:
    """Judge the functions of an exercise that the reader's code has defined.

    Returns:
        The verdict as plain data, and its report as `html`.
    """
    from grader.exercises import find
    from grader.judge import judge

    functions = [names.get(function.name) for function in find(slug).functions]
    verdict = judge(slug, *functions)
    return verdict.as_dict() | {"html": verdict.to_html()}
