import pytest

from reviewflow.errors import Invalid, Unavailable
from reviewflow.letters.merge import Value, fill

LABELS = {"title": "文件名称", "meeting": "审议会议", "clause": "审查意见的条款"}
HOSTILE = "{{ 7*7 }}{% set x = 1 %}<script>alert(1)</script>"


def filled(wording: str, **fields: Value) -> str:
    return fill("wording.txt", wording, fields, LABELS)


def test_fields_conditions_and_lists_are_filled_in() -> None:
    wording = (
        "{#- a note -#}《{{ title }}》{% if meeting %}经{{ meeting }}{% else %}未上会"
        "{% endif %}{% for one in rows %}{{ loop.index }}{{ one.clause }}"
        "{% if not loop.last %}；{% endif %}{% else %}无{% endfor %}"
    )
    rows = [{"clause": "第一条"}, {"clause": "第二条"}]

    assert filled(wording, title="办法", meeting="常务会议", rows=rows) == (
        "《办法》经常务会议1第一条；2第二条"
    )
    assert filled(wording, title="办法", meeting="", rows=[]) == "《办法》未上会无"


def test_what_a_field_says_is_text_whatever_it_looks_like() -> None:
    assert filled("《{{ title }}》", title=HOSTILE) == f"《{HOSTILE}》"


def test_a_sign_that_no_file_can_hold_is_left_out() -> None:
    assert filled("{{ title }}", title="办\x00\x0b\ud800法") == "办法"


def test_a_count_of_none_is_said() -> None:
    assert filled("{{ title }}", title=0) == "0"


@pytest.mark.parametrize("blank", ["", None, "  ", [], "\x0b"])
def test_a_field_that_is_lacking_is_named(blank: Value) -> None:
    with pytest.raises(Invalid, match="缺少“审议会议”，请补充后生成。"):
        filled("《{{ title }}》经{{ meeting }}", title="办法", meeting=blank)


def test_all_that_is_lacking_is_named_once() -> None:
    wording = "{{ title }}{{ meeting }}{{ title }}{% for r in rows %}{{ r.clause }}"
    with pytest.raises(Invalid) as refusal:
        filled(wording + "{% endfor %}", title="", meeting="", rows=[{"clause": ""}])
    assert refusal.value.message == (
        "缺少“文件名称”“审议会议”“审查意见的条款”，请补充后生成。"
    )


@pytest.mark.parametrize(
    ("wording", "says"),
    [
        ("{{ other }}", "不认识字段“other”"),
        ("{% if other %}1{% endif %}", "不认识字段“other”"),
        ("{% for one in rows %}{{ one.other }}{% endfor %}", "不认识字段“other”"),
        ("\n{{ title ", "第 2 行写法不正确"),
        (" \n", "没有内容"),
    ],
)
def test_a_wrong_wording_says_where(wording: str, says: str) -> None:
    with pytest.raises(Unavailable, match=rf"文书格式 wording\.txt 有误：{says}"):
        filled(wording, title="办法", rows=[{"clause": "第一条"}])


@pytest.mark.parametrize(
    "wording",
    [
        "{{ 7*7 }}",
        "{{ 'text' }}",
        "{{ title|upper }}",
        "{{ title() }}",
        "{{ title.upper() }}",
        "{{ title.upper }}",
        "{% if title.upper %}{% endif %}",
        "{{ title.__class__ }}",
        "{{ title['__class__'] }}",
        "{{ rows.append }}",
        "{{ rows }}",
        "{{ range }}",
        "{{ self }}",
        "{{ title if meeting }}",
        "{% set x = 1 %}",
        "{% macro f() %}{% endmacro %}",
        "{% include 'other' %}",
        "{% extends 'other' %}",
        "{% import 'other' as o %}",
        "{% if title > meeting %}{% endif %}",
        "{% if title in 3 %}{% endif %}",
        "{% if title is defined %}{% endif %}",
        "{% for one in rows %}{{ one.__class__ }}{% endfor %}",
        "{% for one in rows %}{{ one.keys }}{% endfor %}",
        "{% for one in rows %}{{ one }}{% endfor %}",
        "{% for one in rows %}{{ loop.cycle }}{% endfor %}",
        "{% for one in rows %}{{ loop.length }}{% endfor %}",
        "{% for a in rows %}{% for b in rows %}{% endfor %}{% endfor %}",
    ],
)
def test_a_wording_is_no_program(wording: str) -> None:
    with pytest.raises(Unavailable, match=r"文书格式 wording\.txt 有误"):
        filled(f"甲{wording}", title="办法", meeting="会", rows=[{"clause": "一"}])
