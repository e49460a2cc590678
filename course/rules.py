"""What a text must keep to, so that a slip is found in the text and not in a learner's notebook."""

from __future__ import annotations

import ast
import re
import warnings
from pathlib import Path

from course.cells import Cell
from course.errors import CourseError
from course.starter import BEGIN, END, starter
from grader.exercise import Exercise, Function

MIN_HINTS = 3


def check_cell(cell: Cell, path: Path) -> None:
    """Code must be Python, and only solution cells may mark a solution."""
    if cell.kind == "code":
        _parse(cell.source, cell, path)
    if cell.role != "solution" and (BEGIN in cell.source or END in cell.source):
        number = next(i for i, line in enumerate(cell.source.splitlines()) if "SOLUTION" in line)
        message = (
            f"`{BEGIN}` and `{END}` belong into a cell with `:solution:`: it would be published"
        )
        raise CourseError(message, path, cell.line + number)


def _parse(source: str, cell: Cell, path: Path) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compile(source, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = cell.line + (getattr(error, "lineno", None) or 1) - 1
        text = getattr(error, "msg", str(error))
        raise CourseError(f"this is not Python: {text}", path, line) from None
    return ast.parse(source)


def check_statement(cell: Cell, exercise: Exercise, path: Path) -> None:
    """A statement opens with a heading that has the exercise's number and title."""
    heading = f"{exercise.number} {exercise.title}"
    if not re.match(rf"#+ {re.escape(heading)}$", cell.source, flags=re.MULTILINE):
        message = f"the statement must start with its heading: `## {heading}`"
        raise CourseError(message, path, cell.line)


def check_solution(cell: Cell, exercise: Exercise, path: Path) -> None:
    """It defines the exercise's functions, each with its own marked solution."""
    regions = _regions(cell, path)
    module = _parse(cell.source, cell, path)
    kinds = ast.FunctionDef | ast.ClassDef
    defined = {node.name: node for node in module.body if isinstance(node, kinds)}
    for function in exercise.functions:
        if function.name not in defined:
            message = f"the solution of `{exercise.slug}` lacks `{function.definition}`"
            raise CourseError(message, path, cell.line)
        node = defined[function.name]
        if isinstance(node, ast.ClassDef) != bool(function.method):
            message = f"`{function.name}` must be written as `{function.definition}`"
            raise CourseError(message, path, cell.line + node.lineno - 1)
        check_arguments = _check_methods if function.method else _check_signature
        check_arguments(node, function, cell, path)
        if not any(node.lineno < begin <= node.end_lineno for begin, _ in regions):
            message = f"`{function.name}` has no lines between `### {BEGIN}` and `### {END}`"
            raise CourseError(message, path, cell.line + node.lineno - 1)
    for begin, _ in regions:
        _check_inside(begin, defined, cell, path)
    _parse(starter(cell.source), cell, path)


def _regions(cell: Cell, path: Path) -> list[tuple[int, int]]:
    """First and last line of each marked solution, counted in the cell from 1."""
    regions, begin = [], None
    for number, line in enumerate(cell.source.splitlines(), 1):
        if BEGIN in line and begin is not None:
            message = (
                f"`{BEGIN}` comes twice; the one in line {cell.line + begin - 1} has no `{END}`"
            )
            raise CourseError(message, path, cell.line + number - 1)
        if END in line and begin is None:
            message = f"`{END}` has no `{BEGIN}` above it"
            raise CourseError(message, path, cell.line + number - 1)
        if BEGIN in line:
            begin = number
        elif END in line:
            regions.append((begin, number))
            begin = None
    if begin is not None:
        message = f"`{BEGIN}` has no `{END}` below it"
        raise CourseError(message, path, cell.line + begin - 1)
    return regions


def _check_methods(node: ast.ClassDef, function: Function, cell: Cell, path: Path) -> None:
    methods = {own.name: own for own in node.body if isinstance(own, ast.FunctionDef)}
    wanted = {"__init__": function.signature, function.method: function.takes}
    for name, arguments in wanted.items():
        if name not in methods:
            message = f"the class `{function.name}` lacks `{name}`"
            raise CourseError(message, path, cell.line + node.lineno - 1)
        spec = Function(name, f"self, {arguments}")
        _check_signature(methods[name], spec, cell, path)


def _check_signature(node: ast.FunctionDef, function: Function, cell: Cell, path: Path) -> None:
    for argument in ast.walk(node.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    wanted = ast.parse(f"{function.definition} pass").body[0]
    received, expected = ast.unparse(node.args), ast.unparse(wanted.args)
    if received != expected:
        message = (
            f"`{function.name}` takes ({received}) here and ({expected}) in grader.exercises: "
            "make them equal"
        )
        raise CourseError(message, path, cell.line + node.lineno - 1)


def _check_inside(begin: int, defined: dict[str, ast.FunctionDef], cell: Cell, path: Path) -> None:
    """Outside of a function the stub would stop the learner's cell as soon as it is run."""
    if not any(node.lineno < begin <= node.end_lineno for node in defined.values()):
        message = f"`{BEGIN}` stands outside of a function; put it inside of one"
        raise CourseError(message, path, cell.line + begin - 1)


def check_call(cell: Cell, exercise: Exercise, path: Path) -> None:
    """Its last line is the call of `check`, whose value nbgrader reads as the points."""
    names = ", ".join(function.name for function in exercise.functions)
    wanted = f'check("{exercise.slug}", {names})'
    last = _parse(cell.source, cell, path).body[-1:]
    call = ast.unparse(last[0]) if last else "nothing"
    if call != ast.unparse(ast.parse(wanted)):
        message = f"the check cell must end with `{wanted}`; it ends with `{call}`"
        raise CourseError(message, path, cell.line + (last[0].lineno - 1 if last else 0))


def split_hints(cell: Cell, path: Path) -> tuple[str, ...]:
    """Take the hints out of their list; lines that go on with a hint are indented."""
    hints: list[list[str]] = []
    for number, line in enumerate(cell.source.splitlines()):
        if line.startswith("- "):
            hints.append([line[2:]])
        elif hints and (line.startswith("  ") or not line.strip()):
            hints[-1].append(line[2:])
        else:
            message = "hints are list items that start with `- `; end them with a line `+++`"
            raise CourseError(message, path, cell.line + number)
    if len(hints) < MIN_HINTS:
        message = f"`{cell.slug}` has {len(hints)} hints; write at least {MIN_HINTS}"
        raise CourseError(message, path, cell.line)
    return tuple("\n".join(lines).strip() for lines in hints)
