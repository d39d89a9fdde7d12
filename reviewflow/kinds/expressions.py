"""The expressions a diagram may contain: one whitelist, deployed and run.

Nothing is ever given to `eval`: an expression is parsed to a syntax tree, and
each admitted node becomes a small function. What has no function here cannot
be computed.
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from reviewflow.errors import ReviewflowError

MAX_LENGTH = 500
MAX_DEPTH = 30

Names = Mapping[str, object]
Step = Callable[[Names], object]


class BadExpression(ReviewflowError):
    """An expression says something a diagram may not say."""

    message = "流程图中的表达式不符合规定，请联系管理员。"


@dataclass(frozen=True, slots=True)
class Expression:
    """An admitted expression, ready to be computed.

    `compared` holds each name with each constant it is compared with.
    """

    text: str
    names: frozenset[str]
    compared: tuple[tuple[str, object], ...]
    step: Step

    def evaluate(self, names: Names) -> object:
        """Return its value.

        Raises:
            BadExpression: A name has no value, or two values do not compare.
        """
        return self.step(names)


@lru_cache(maxsize=4096)
def parse_expression(text: str) -> Expression:
    """Return the expression a text stands for.

    Admitted are names, constants, lists, comparisons, `and`, `or`, `not`, `in`,
    and adding and subtracting numbers.

    Raises:
        BadExpression: It is too long, is no expression, or says more than that.
    """
    if len(text) > MAX_LENGTH:
        raise BadExpression(f"表达式超过 {MAX_LENGTH} 个字符，请改用决策表。")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadExpression(f"“{text}”不是完整的表达式。") from error
    if _depth(tree) > MAX_DEPTH:
        raise BadExpression("表达式的嵌套过深，请改用决策表。")
    names = frozenset(n.id for n in ast.walk(tree) if isinstance(n, ast.Name))
    return Expression(text, names, tuple(_compared(tree)), _step(tree))


def _depth(tree: ast.AST) -> int:
    depth, level = 0, [tree]
    while level:
        depth += 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return depth


def _step(node: ast.AST) -> Step:
    build = BUILDERS.get(type(node))
    if build is None:
        word = NOT_ADMITTED.get(type(node), "这种写法")
        raise BadExpression(f"表达式里不能使用{word}：“{ast.unparse(node)}”。")
    return build(node)


def _constant(node: ast.Constant) -> Step:
    value = node.value
    if value is not None and not isinstance(value, str | int | float):
        raise BadExpression(f"表达式里不能使用这样的常量：“{ast.unparse(node)}”。")
    return lambda _names: value


def _name(node: ast.Name) -> Step:
    name = node.id
    if name.startswith("_"):
        raise BadExpression(f"名称不能以下划线开头：“{name}”。")

    def step(names: Names) -> object:
        try:
            return names[name]
        except KeyError:
            raise BadExpression(f"流程数据中没有“{name}”，请联系管理员。") from None

    return step


def _sequence(node: ast.Tuple | ast.List) -> Step:
    parts = [_step(part) for part in node.elts]
    return lambda names: [part(names) for part in parts]


def _both(node: ast.BoolOp) -> Step:
    parts = [_step(part) for part in node.values]
    if isinstance(node.op, ast.And):
        return lambda names: all(part(names) for part in parts)
    return lambda names: any(part(names) for part in parts)


def _unary(node: ast.UnaryOp) -> Step:
    part = _step(node.operand)
    if isinstance(node.op, ast.Not):
        return lambda names: not part(names)
    if isinstance(node.op, ast.USub):
        return lambda names: -_number(part(names))
    raise BadExpression(f"表达式里不能使用这种运算：“{ast.unparse(node)}”。")


def _sum(node: ast.BinOp) -> Step:
    sign = SIGNS.get(type(node.op))
    if sign is None:
        raise BadExpression(f"表达式里只能加减：“{ast.unparse(node)}”。")
    left, right = _step(node.left), _step(node.right)
    return lambda names: sign(_number(left(names)), _number(right(names)))


def _comparison(node: ast.Compare) -> Step:
    parts = [_step(part) for part in (node.left, *node.comparators)]
    if not all(type(op) in COMPARISONS for op in node.ops):
        raise BadExpression(f"表达式里不能这样比较：“{ast.unparse(node)}”。")
    compare = [COMPARISONS[type(op)] for op in node.ops]

    def step(names: Names) -> bool:
        values = [part(names) for part in parts]
        try:
            return all(
                holds(values[place], values[place + 1])
                for place, holds in enumerate(compare)
            )
        except TypeError as error:
            raise BadExpression(f"无法比较：“{ast.unparse(node)}”。") from error

    return step


def _number(value: object) -> int | float:
    if isinstance(value, int | float):
        return value
    raise BadExpression(f"只有数字才能加减，这里是“{value}”。")


def _compared(tree: ast.AST) -> Iterator[tuple[str, object]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        for name in sides:
            for side in sides:
                if isinstance(name, ast.Name) and side is not name:
                    yield from ((name.id, value) for value in _constants(side))


def _constants(node: ast.AST) -> list[object]:
    parts = node.elts if isinstance(node, ast.Tuple | ast.List) else [node]
    return [part.value for part in parts if isinstance(part, ast.Constant)]


COMPARISONS: dict[type[ast.cmpop], Callable[[object, object], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,  # type: ignore[dict-item]
    ast.LtE: operator.le,  # type: ignore[dict-item]
    ast.Gt: operator.gt,  # type: ignore[dict-item]
    ast.GtE: operator.ge,  # type: ignore[dict-item]
    ast.In: lambda item, many: item in many,  # type: ignore[operator]
    ast.NotIn: lambda item, many: item not in many,  # type: ignore[operator]
}

SIGNS: dict[type[ast.operator], Callable[[int | float, int | float], int | float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
}

BUILDERS: dict[type[ast.AST], Callable[..., Step]] = {
    ast.BinOp: _sum,
    ast.BoolOp: _both,
    ast.Compare: _comparison,
    ast.Constant: _constant,
    ast.List: _sequence,
    ast.Name: _name,
    ast.Tuple: _sequence,
    ast.UnaryOp: _unary,
}

NOT_ADMITTED: dict[type[ast.AST], str] = {
    ast.Attribute: "属性",
    ast.Call: "函数调用",
    ast.Subscript: "下标",
    ast.Lambda: "函数定义",
    ast.JoinedStr: "格式化文本",
    ast.NamedExpr: "赋值",
}
