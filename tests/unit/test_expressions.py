"""What a condition may say, and what it may not."""

import pytest

from reviewflow.kinds.expressions import BadExpression, parse_expression

FACTS = {
    "outcome": "RETURN",
    "level": "CITY",
    "needs_hearing": True,
    "refused": False,
    "rounds": 2,
    "days": None,
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('outcome == "RETURN"', True),
        ("outcome != 'RETURN'", False),
        ("needs_hearing", True),
        ("not refused and needs_hearing", True),
        ("refused or rounds > 1", True),
        ('level in ("CITY", "COUNTY")', True),
        ('level not in ["CITY"]', False),
        ("1 < rounds <= 2", True),
        ("rounds + 1 == 3", True),
        ("rounds - 3 < -0.5", True),
        ("days == None", True),
        ("True", True),
        ('  level == "CITY"\n', True),
        ('level == "市"', False),
    ],
)
def test_conditions_compare_answers_with_constants(text: str, value: object) -> None:
    assert parse_expression(text).evaluate(FACTS) == value


ATTACKS = [
    '__import__("os").system("id")',
    'open("/etc/passwd")',
    "exec('1')",
    "len(level)",
    "level.__class__",
    "level.upper()",
    "level.__class__.__mro__",
    "().__class__.__bases__[0].__subclasses__()",
    "level[0]",
    "[level][0]",
    "(lambda: 1)()",
    "lambda: 1",
    "[x for x in level]",
    "{x for x in level}",
    "{x: 1 for x in level}",
    "(x for x in level)",
    "{'a': 1}",
    "{1, 2}",
    'f"{level}"',
    "(level := 1)",
    "1 if level else 2",
    "9 ** 9 ** 9",
    "'a' * 1000000000",
    "rounds * 2",
    "rounds / 0",
    "rounds % 2",
    "rounds // 2",
    "1 << 1000000",
    "~rounds",
    "+rounds",
    "rounds @ rounds",
    "*level, rounds",
    "level is None",
    "__builtins__",
    "_private == 1",
    "b'bytes'",
    "1j",
    "...",
    "await level",
    "yield level",
    "import os",
    "rounds = 1",
    "rounds; level",
    "print",
    "",
    "   ",
    "level ==",
    "(" * 300 + ")" * 300,
    "not " * 200 + "level",
    "-" * 400 + "1",
    "\x00",
    "level == 'A'" + " or level == 'A'" * 60,
]


@pytest.mark.parametrize("text", [text for text in ATTACKS if text != "print"])
def test_nothing_else_is_an_expression(text: str) -> None:
    with pytest.raises(BadExpression):
        parse_expression(text).evaluate(FACTS)


@pytest.mark.parametrize(
    "text",
    [
        "print",  # a builtin is a name without a value
        "unknown == 1",
        "days > 5",  # nothing is larger than nothing
        "level > 5",
        "level + level",  # only numbers are added: texts would grow without end
        "rounds + level",
        "-level",
        "level in 5",
        "[1] + [2] == [1, 2]",
    ],
)
def test_what_has_no_value_is_said_at_run_time(text: str) -> None:
    with pytest.raises(BadExpression):
        parse_expression(text).evaluate(FACTS)


def test_a_name_with_an_underscore_is_refused_even_if_it_has_a_value() -> None:
    with pytest.raises(BadExpression):
        parse_expression("_private == 1").evaluate({"_private": 1})


def test_and_or_stop_at_the_first_answer() -> None:
    assert parse_expression("refused and unknown").evaluate(FACTS) is False
    assert parse_expression("needs_hearing or unknown").evaluate(FACTS) is True


def test_an_expression_knows_its_names_and_what_they_are_compared_with() -> None:
    expression = parse_expression('level in ("CITY", "TOWN") and outcome != "RETURN"')

    assert expression.names == {"level", "outcome"}
    assert set(expression.compared) == {
        ("level", "CITY"),
        ("level", "TOWN"),
        ("outcome", "RETURN"),
    }
