"""Take single functions out of a Python file, each with all it needs to run in a cell."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Piece:
    """One statement of a module.

    Args:
        names: what it defines.
        needs: the names it reads.
        source: its text.
    """

    names: frozenset[str]
    needs: frozenset[str]
    source: str


def pieces_of(path: Path) -> list[Piece]:
    """Cut a module into its statements; its docstring is left out."""
    text = path.read_text(encoding="utf-8")
    body = ast.parse(text).body
    if ast.get_docstring(ast.parse(text)) is not None:
        body = body[1:]
    lines = text.splitlines()
    return [_piece(node, lines) for node in body]


def _piece(node: ast.stmt, lines: list[str]) -> Piece:
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    source = "\n".join(lines[first - 1 : node.end_lineno])
    needs = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return Piece(frozenset(_names(node)), frozenset(needs), source)


def _names(node: ast.stmt) -> set[str]:
    """The names a statement of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and _is_stored(n)}


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def cell_with(wanted: Iterable[str], pieces: list[Piece]) -> str:
    """A cell with the wanted functions and everything of their module that they use.

    Returns:
        The cell's code; empty if one of the functions is not in the module.
    """
    wanted = set(wanted)
    if not wanted <= {name for piece in pieces for name in piece.names}:
        return ""
    known: set[str] = set()
    while wanted - known:
        known |= wanted
        wanted = {n for piece in pieces if piece.names & known for n in piece.needs} | known
    used = [piece.source for piece in pieces if piece.names & known]
    return "\n\n\n".join(used) + "\n"
