"""Which small faults can be planted in a module, and the module's code with one of them in it.

Only what runs when something is called is changed: tables, limits and the fields of values are made once, at the
import, and whoever imported them holds them. Texts stay, too; what people read is held word by word elsewhere. What
can't matter is no fault: assertions, which nothing breaks, that of `zip` among them, how much of a wrong word a
refusal repeats, and what a check of the grammar answers once it has told a problem, for with that the whole document is
refused.
"""

import ast
import copy
import dataclasses
from collections.abc import Iterable, Iterator
from itertools import pairwise
from types import CodeType

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.LShift: ast.RShift,
    ast.RShift: ast.LShift, ast.BitXor: ast.BitAnd,
}  # fmt: skip
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
# What only tells the type checker something, or cannot be reached at all.
SILENT = ("assert_never(", "typing.assert_never(", "raise NotImplementedError", "raise AssertionError")


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """One small change: where it stands, what stood there and what stands there instead."""

    module: str  # core.lots
    function: str  # the outermost one around it
    line: int
    column: int
    before: str
    after: str
    text: str  # the line it stands in
    lines: range  # of the statement; whoever reaches the fault reaches one of them
    place: tuple[int, int]  # which node of the module, which of its changes

    @property
    def name(self) -> str:
        """The same in every run, as long as the module is the same."""
        return f"{self.module}:{self.line}:{self.column} {self.before} → {self.after}"


@dataclasses.dataclass(frozen=True, slots=True)
class _Inside:
    """What is around a node."""

    function: str = ""
    owner: str = ""
    lines: range = range(0)


def find(module: str, source: str) -> list[Fault]:
    """Every fault of a module, in the order of its text."""
    tree, texts = ast.parse(source), source.splitlines()
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    idle = {id(part) for node in ast.walk(tree) for part in _idle(node)}
    faults = []
    for node, inside in _walk(tree, _Inside()):
        if not inside.function or id(node) in idle:
            continue
        for nth, changed in enumerate(_change(node)):
            place, told = (numbers[id(node)], nth), (_tell(node), _tell(changed))
            line, column = node.lineno, node.col_offset  # type: ignore[attr-defined]
            text = texts[line - 1].strip()
            faults.append(Fault(module, inside.function, line, column, *told, text, inside.lines, place))
    return sorted(faults, key=lambda fault: (fault.line, fault.column))


def _idle(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that nobody can see the effect of."""
    if isinstance(node, ast.Assert):
        yield from ast.walk(node)
    if isinstance(node, ast.keyword) and node.arg == "strict" and _is_true(node.value):
        yield node.value  # an assertion of `zip`: that nothing is left over
    if isinstance(node, ast.Raise):
        yield from (part for cut in ast.walk(node) if isinstance(cut, ast.Slice) for part in ast.walk(cut))
    for before, then in pairwise(_body(node)):
        told = isinstance(before, ast.Expr) and isinstance(before.value, ast.Call) and _is_telling(before.value.func)
        if told and isinstance(then, ast.Return | ast.Assign) and isinstance(then.value, ast.Constant):
            yield then.value


def _body(node: ast.AST) -> list[ast.stmt]:
    return node.body if isinstance(node, ast.FunctionDef | ast.If | ast.For) else []


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _is_telling(function: ast.expr) -> bool:
    """Whether it is `at.wrong`, which tells a problem of a document."""
    return isinstance(function, ast.Attribute) and function.attr == "wrong"


def plant(fault: Fault, source: str, filename: str) -> CodeType:
    """The module's code with the fault in it; lines and columns stay what they were."""
    tree = ast.parse(source)
    number, nth = fault.place
    target = next(node for at, node in enumerate(ast.walk(tree)) if at == number)
    changed = ast.copy_location(list(_change(target))[nth], target)
    for node in ast.walk(changed):
        if not hasattr(node, "lineno"):
            ast.copy_location(node, target)
    return compile(_Swap(target, changed).visit(tree), filename, "exec")


class _Swap(ast.NodeTransformer):
    def __init__(self, target: ast.AST, changed: ast.AST) -> None:
        self.target, self.changed = target, changed

    def visit(self, node: ast.AST) -> ast.AST:
        return self.changed if node is self.target else self.generic_visit(node)


def pair(before: CodeType, after: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Each code object of a module with what became of it, those inside others, too, as long as there are as many."""
    yield before, after
    olds, news = _inner(before), _inner(after)
    if [old.co_qualname for old in olds] == [new.co_qualname for new in news]:
        for old, new in zip(olds, news, strict=True):
            yield from pair(old, new)


def _inner(code: CodeType) -> list[CodeType]:
    return [found for found in code.co_consts if isinstance(found, CodeType)]


def _walk(node: ast.AST, inside: _Inside) -> Iterator[tuple[ast.AST, _Inside]]:
    """Every node that may be changed, with what is around it; types, defaults and decorators are left out."""
    if isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
        inside = dataclasses.replace(inside, lines=_lines(node))
    yield node, inside
    if isinstance(node, FUNCTIONS):
        name = "<lambda>" if isinstance(node, ast.Lambda) else node.name
        function = inside.function or inside.owner + name
        body: Iterable[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else node.body
        if not inside.function and isinstance(node, ast.Lambda):
            inside = dataclasses.replace(inside, lines=range(node.lineno, (node.end_lineno or node.lineno) + 1))
        inside = dataclasses.replace(inside, function=function)
    elif isinstance(node, ast.ClassDef):
        inside = dataclasses.replace(inside, owner=f"{inside.owner}{node.name}.")
        body = node.body
    elif isinstance(node, ast.AnnAssign):
        body = [node.value] if node.value is not None else []
    else:
        body = ast.iter_child_nodes(node)
    for child in body:
        yield from _walk(child, inside)


def _lines(node: ast.stmt | ast.excepthandler | ast.match_case) -> range:
    """Of a simple statement all lines, of one with a body those before it."""
    if isinstance(node, ast.match_case):
        return range(node.pattern.lineno, node.body[0].lineno + 1)
    body = getattr(node, "body", None)
    end = body[0].lineno - 1 if body else node.end_lineno or node.lineno
    return range(node.lineno, max(end, node.lineno) + 1)


def _change(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand instead of a node."""
    match node:
        case ast.Compare(ops=operators):
            for at, operator in enumerate(operators):
                yield _with(node, ops=[*operators[:at], COMPARED[type(operator)](), *operators[at + 1 :]])
        case ast.BinOp(left=left, op=operator, right=right) if not (_is_text(left) or _is_text(right)):
            yield _with(node, op=RECKONED[type(operator)]())
        case ast.BoolOp(op=operator):
            yield _with(node, op=ast.Or() if isinstance(operator, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=value) if isinstance(value, int):
            yield from (
                ast.Constant(other) for other in ([not value] if isinstance(value, bool) else (value + 1, value - 1))
            )
        case ast.Call(func=ast.Name(id=name)) if name in CALLED:
            yield _with(node, func=ast.Name(CALLED[name], ast.Load()))
        case ast.IfExp(test=test) | ast.If(test=test) | ast.While(test=test) if _is_plain(test):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.stmt():
            yield from _change_statement(node)


def _change_statement(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.AugAssign(op=operator):
            yield _with(node, op=RECKONED[type(operator)]())
            yield ast.Pass()
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]) | ast.Delete() | ast.Continue() | ast.Break():
            yield ast.Pass()
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Raise() | ast.Expr() if not ast.unparse(node).startswith(SILENT):
            yield ast.Pass()


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_plain(test: ast.expr) -> bool:
    """Whether nothing of a condition is changed already."""
    return isinstance(test, ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.NamedExpr)


def _tell(node: ast.AST) -> str:
    shown = node.test if isinstance(node, ast.If | ast.While) else node
    line = "nothing" if isinstance(node, ast.Pass) else " ".join(ast.unparse(shown).split())
    return line if len(line) <= 90 else line[:89] + "…"
