"""Forms are read strictly: every fault is a finding with its line."""

import pytest

from reviewflow.kinds.entries import Sheet
from tests.kinds.asking import read


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "a:\n  fields: []\n",
            "forms.yaml:1 a.title：缺少“title”。",
        ),
        (
            "a:\n  title: 甲\n  fields:\n    - {name: x, label: 乙, type: colour}\n",
            "forms.yaml:4 a.fields.0.type：不认识字段类型“colour”",
        ),
        (
            "a:\n  title: 甲\n  fields:\n    - {name: x, label: 乙, type: choice}\n",
            "forms.yaml:4 a.fields.0.choices：选择题缺少“choices”。",
        ),
        (
            (
                "a:\n  title: 甲\n  fields:\n"
                "    - {name: x, label: 乙, type: long_text, steers: true}\n"
            ),
            "forms.yaml:4 a.fields.0.steers：这种类型的答案不能进入流程数据",
        ),
        (
            (
                "a:\n  title: 甲\n  fields:\n"
                "    - {name: x, label: 乙, type: text}\n"
                "    - {name: x, label: 丙, type: text}\n"
            ),
            "forms.yaml:3 a.fields：字段“x”重复出现。",
        ),
        (
            (
                "a:\n  title: 甲\n  fields:\n"
                "    - {name: x, label: 乙, type: text, required_if: {y: A}}\n"
            ),
            "forms.yaml:3 a.fields：条件里的字段“y”不在表单里。",
        ),
        (
            (
                "a:\n  title: 甲\n  fields:\n"
                "    - {name: x, label: 乙, type: yes_no}\n"
                "  verbs: {return: {sets: {x: RETURN}}}\n"
            ),
            "forms.yaml:3 a.fields：字段“x”没有“RETURN”这个选项。",
        ),
        (
            "a:\n  title: 甲\n  verbs: {return: {reason: why}}\n",
            "forms.yaml:3 a.verbs：“return”的理由字段“why”不在表单里。",
        ),
        (
            "A-1:\n  title: 甲\n",
            "forms.yaml:1 A-1：表单的键应是环节的编号：小写字母、数字和下划线。",
        ),
        ("a:\n  title: 甲\n  colour: x\n", "forms.yaml:3 a.colour：不认识“colour”"),
        ("a: 甲\n", "forms.yaml:1 a：这里应是“键: 值”的形式。"),
        ("a:\n  title: [甲]\n", "forms.yaml:2 a.title：“title”应是文字。"),
        ("a:\n  title: 甲\n  fields: x\n", "forms.yaml:3 a.fields：“fields”应是列表。"),
        (
            (
                "a:\n  title: 甲\n  fields:\n"
                '    - {name: x, label: 乙, type: text, optional: "yes"}\n'
            ),
            "forms.yaml:4 a.fields.0.optional：“optional”应是 true 或 false。",
        ),
        (
            (
                "a:\n  title: 甲\n  fields:\n"
                "    - {name: x, label: 乙, type: text, max: 长}\n"
            ),
            "forms.yaml:4 a.fields.0.max：“max”应是整数。",
        ),
    ],
)
def test_a_wrong_form_is_a_finding_with_its_line(text: str, finding: str) -> None:
    _, findings = read(text)

    assert any(said.startswith(finding) for said in findings), findings


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("a: 1\nb: [\n", 3, "不是有效的 YAML"),
        ("a: 1\na: 2\n", 2, "键“a”重复出现。"),
        ("a: &x {b: 1}\nc: *x\n", 1, "不支持锚点和引用"),
        ("a: !!python/object:os.system {}\n", 1, "不是有效的 YAML"),
        ("a: 1\n2: x\n", 2, "键“2”应写成文字，必要时加引号。"),
        ("a: " + "[" * 3000 + "]" * 3000 + "\n", 1, "不是有效的 YAML"),
    ],
)
def test_yaml_that_surprises_is_refused_with_its_line(
    text: str, line: int, sentence: str
) -> None:
    sheet = Sheet("kind.yaml", text.encode())

    assert [finding.line for finding in sheet.findings] == [line]
    assert sheet.findings[0].sentence.startswith(sentence)


def test_no_is_a_word_in_our_yaml() -> None:
    sheet = Sheet("walks.yaml", b"a: {approved: no, held: on, day: 2026-03-02}\n")

    assert sheet.content == {"a": {"approved": "no", "held": "on", "day": "2026-03-02"}}


def test_a_file_in_another_encoding_is_refused() -> None:
    sheet = Sheet("kind.yaml", "标题: 甲".encode("gb18030"))

    assert sheet.findings[0].sentence == "文件不是 UTF-8 编码。"
