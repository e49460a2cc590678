"""Make small wrong versions of right code: other operators, constants, axes, slices, order."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Edit = tuple[str, Callable[[ast.AST], None]]


@dataclass(frozen=True)
class Mutant:
    """Code with one small change.

    Args:
        function: the function that was changed.
        line: the line of the change within the source.
        change: what was changed, such as `+ -> -`.
        before, after: the changed statement, before and after, without its own block.
        source: the whole changed code.
    """

    function: str
    line: int
    change: str
    before: str
    after: str
    source: str

    @property
    def name(self) -> str:
        """A name that stays the same as long as the statement does."""
        after = self.after if self.after != self.before else self.change
        return f"{self.function}: {self.before}  =>  {after}"


def mutants(source: str) -> Iterator[Mutant]:
    """All mutants of the functions in a piece of code, each with a single change."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    owners = _owners(tree)
    for number, node in enumerate(nodes):
        for choice, (change, _) in enumerate(_edits(node)):
            owner = owners.get(id(node))
            if owner is None:
                continue
            function, statement = owner
            mutated = copy.deepcopy(tree)
            copies = list(ast.walk(mutated))
            _edits(copies[number])[choice][1](copies[number])
            after = _headline(copies[nodes.index(statement)])
            line = getattr(node, "lineno", statement.lineno)
            text = ast.unparse(ast.fix_missing_locations(mutated))
            yield Mutant(function, line, change, _headline(statement), after, text)


def _owners(tree: ast.Module) -> dict[int, tuple[str, ast.stmt]]:
    """For each node inside a function: the function's name and the innermost statement."""
    owners: dict[int, tuple[str, ast.stmt]] = {}

    def visit(node: ast.AST, function: str, statement: ast.stmt) -> None:
        owners[id(node)] = (function, statement)
        for child in ast.iter_child_nodes(node):
            visit(child, function, child if isinstance(child, ast.stmt) else statement)

    for item in tree.body:
        if isinstance(item, ast.FunctionDef):
            visit(item, item.name, item)
        if isinstance(item, ast.ClassDef):
            for method in item.body:
                if isinstance(method, ast.FunctionDef):
                    visit(method, f"{item.name}.{method.name}", method)
    return owners


def _headline(statement: ast.AST) -> str:
    """A statement on one line; of a compound one its first line only."""
    bare = copy.copy(statement)
    if isinstance(bare, ast.FunctionDef):
        return f"def {bare.name}({ast.unparse(bare.args)})"
    if hasattr(bare, "body"):
        bare.body = [ast.Pass()]
        bare.orelse = []
    text = ast.unparse(ast.fix_missing_locations(copy.deepcopy(bare)))
    return " ".join(text.replace("pass", "").split())


def _edits(node: ast.AST) -> list[Edit]:
    """All changes that can be made to one node, in place."""
    edits: list[Edit] = []
    for kind, maker in MAKERS:
        if isinstance(node, kind):
            edits += maker(node)
    return edits


def _set(field: str, value: object) -> Callable[[ast.AST], None]:
    return lambda node: setattr(node, field, copy.deepcopy(value))


OPERATORS = {
    ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Add, ast.FloorDiv],
    ast.FloorDiv: [ast.Div, ast.Mult], ast.Div: [ast.Mult], ast.Mod: [ast.FloorDiv],
    ast.Pow: [ast.Mult],
}  # fmt: skip


def _operator(node: ast.BinOp | ast.AugAssign) -> list[Edit]:
    others = OPERATORS.get(type(node.op), [])
    return [(f"{type(node.op).__name__} -> {o.__name__}", _set("op", o())) for o in others]


def _plain_assign(node: ast.AugAssign) -> list[Edit]:
    """`x += y` becomes `x = y`, by multiplying what was there with nothing."""

    def overwrite(target: ast.AST) -> None:
        old = copy.deepcopy(target.target)
        for part in ast.walk(old):
            if hasattr(part, "ctx"):
                part.ctx = ast.Load()
        target.value = ast.BinOp(target.value, ast.Sub(), old)
        target.op = ast.Add()

    return [("+= -> =", overwrite)] if isinstance(node.op, ast.Add) else []


COMPARISONS = {
    ast.Lt: [ast.LtE], ast.LtE: [ast.Lt], ast.Gt: [ast.GtE], ast.GtE: [ast.Gt],
    ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.Is: [ast.IsNot], ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn], ast.NotIn: [ast.In],
}  # fmt: skip


def _comparison(node: ast.Compare) -> list[Edit]:
    others = COMPARISONS.get(type(node.ops[0]), [])
    return [(o.__name__, _set("ops", [o(), *node.ops[1:]])) for o in others]


def _constant(node: ast.Constant) -> list[Edit]:
    if isinstance(node.value, bool):
        return [("not", _set("value", not node.value))]
    if isinstance(node.value, int | float):
        return [(f"{node.value} {d:+}", _set("value", node.value + d)) for d in (1, -1)]
    return []


def _unary(node: ast.UnaryOp) -> list[Edit]:
    if isinstance(node.op, ast.USub):
        return [("drop -", _set("op", ast.UAdd()))]
    return []


def _slice(node: ast.Slice) -> list[Edit]:
    parts = [part for part in ("lower", "upper", "step") if getattr(node, part) is not None]
    return [(f"drop {part}", _set(part, None)) for part in parts]


def _sequence(node: ast.Tuple | ast.List) -> list[Edit]:
    """Swap neighbours; in an index or a result that is another axis or another order."""
    edits: list[Edit] = []
    for i in range(len(node.elts) - 1):
        if ast.dump(node.elts[i]) != ast.dump(node.elts[i + 1]):
            order = [*node.elts[:i], node.elts[i + 1], node.elts[i], *node.elts[i + 2 :]]
            edits.append((f"swap {i}", _set("elts", order)))
    return edits


def _call(node: ast.Call) -> list[Edit]:
    edits: list[Edit] = []
    for i in range(len(node.args) - 1):
        order = [*node.args[:i], node.args[i + 1], node.args[i], *node.args[i + 2 :]]
        edits.append((f"swap arguments {i}", _set("args", order)))
    for i, keyword in enumerate(node.keywords):
        rest = [k for j, k in enumerate(node.keywords) if j != i]
        edits.append((f"drop {keyword.arg}", _set("keywords", rest)))
    return edits


def _condition(node: ast.If | ast.IfExp | ast.While) -> list[Edit]:
    return [("negate", _set("test", ast.UnaryOp(ast.Not(), node.test)))]


TWINS = (("h", "w"), ("H", "W"), ("row", "column"), ("before", "after"), ("dx", "dw"), ("C", "F"))


def _name(node: ast.Name) -> list[Edit]:
    """Another name of the same kind: rows for columns, the stride of one side for the other."""
    if not isinstance(node.ctx, ast.Load):
        return []
    edits: list[Edit] = []
    for one, other in (*TWINS, *((b, a) for a, b in TWINS)):
        if node.id == one or node.id.endswith(f"_{one}"):
            edits.append((f"{one} -> {other}", _set("id", node.id[: -len(one)] + other)))
        elif node.id in (f"K{one}", f"O{one}", f"p{one}", f"s{one}", f"d{one}", f"k{one}"):
            edits.append((f"{one} -> {other}", _set("id", node.id[0] + other)))
    return edits


def _drop_statements(node: ast.FunctionDef | ast.For | ast.If | ast.While) -> list[Edit]:
    """Leave a statement out."""
    edits: list[Edit] = []
    for i, statement in enumerate(node.body):
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.If | ast.For):
            body = [*node.body[:i], ast.Pass(), *node.body[i + 1 :]]
            edits.append((f"drop `{_headline(statement)}`", _set("body", body)))
    return edits


MAKERS = (
    (ast.BinOp, _operator),
    (ast.AugAssign, _operator),
    (ast.AugAssign, _plain_assign),
    (ast.Compare, _comparison),
    (ast.Constant, _constant),
    (ast.UnaryOp, _unary),
    (ast.Slice, _slice),
    (ast.Tuple | ast.List, _sequence),
    (ast.Call, _call),
    (ast.If | ast.IfExp | ast.While, _condition),
    (ast.Name, _name),
    (ast.FunctionDef | ast.For | ast.If | ast.While, _drop_statements),
)
