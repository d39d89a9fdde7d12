"""A small sound kind, to be broken in one place."""

from collections.abc import Mapping

from reviewflow.kinds.check_posts import Known
from tests.kinds.drawing import draw, files_of

KNOWN = Known(
    limits=frozenset({"TL-01"}),
    effects=frozenset({"opinion.sign", "case.remind"}),
    roles=frozenset({"drafter"}),
    parts=frozenset({"drafting_unit"}),
)

DIAGRAM = draw(
    "sample",
    [
        ("start_a", "user_draft"),
        ("user_draft", "call_block"),
        ("call_block", "table_who"),
        ("table_who", "user_sign"),
        ("user_sign", "xor_signed"),
        ("xor_signed", "user_draft", 'signed == "NO"'),
        ("xor_signed", "effect_issue", "default"),
        ("effect_issue", "end_issued"),
        ("boundary_late", "effect_remind"),
        ("effect_remind", "end_reminded"),
    ],
    effects={"effect_issue": "opinion.sign", "effect_remind": "case.remind"},
    calls={"call_block": "block"},
    boundary={"boundary_late": ("user_draft", False)},
)

BLOCK = draw(
    "block",
    [
        ("start_block", "and_split"),
        ("and_split", "user_x"),
        ("and_split", "user_y"),
        ("user_x", "and_join"),
        ("user_y", "and_join"),
        ("and_join", "end_block"),
    ],
    takes=["kind_code"],
    gives=["ready"],
)

TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="who" name="who"
    namespace="urn:reviewflow:1">
  <decision id="table_who_table" name="who">
    <decisionTable id="who_table" hitPolicy="UNIQUE">
      <input id="who_in">
        <inputExpression id="who_in_text"><text>urgent</text></inputExpression>
      </input>
      <input id="who_days">
        <inputExpression id="who_days_text"><text>days</text></inputExpression>
      </input>
      <output id="who_out" name="who" />
      <rule id="rule_1">
        <inputEntry id="rule_1_a"><text>True</text></inputEntry>
        <inputEntry id="rule_1_b"><text>-</text></inputEntry>
        <outputEntry id="rule_1_c"><text>"CHIEF"</text></outputEntry>
      </rule>
      <rule id="rule_2">
        <inputEntry id="rule_2_a"><text>False</text></inputEntry>
        <inputEntry id="rule_2_b"><text>&lt; 5</text></inputEntry>
        <outputEntry id="rule_2_c"><text>"CHIEF"</text></outputEntry>
      </rule>
      <rule id="rule_3">
        <inputEntry id="rule_3_a"><text>False</text></inputEntry>
        <inputEntry id="rule_3_b"><text>5 &lt;= ? &lt; 15</text></inputEntry>
        <outputEntry id="rule_3_c"><text>"SIGNER"</text></outputEntry>
      </rule>
      <rule id="rule_4">
        <inputEntry id="rule_4_a"><text>False</text></inputEntry>
        <inputEntry id="rule_4_b"><text>&gt;= 15</text></inputEntry>
        <outputEntry id="rule_4_c"><text>"DEPUTY"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""

FORMS: Mapping[str, object] = {
    "start": {
        "title": "登记",
        "fields": [
            {"name": "urgent", "label": "紧急", "type": "yes_no", "steers": True},
            {"name": "days", "label": "天数", "type": "number", "steers": True},
        ],
    },
    "user_draft": {"title": "起草"},
    "user_x": {
        "title": "甲",
        "fields": [
            {"name": "ready", "label": "就绪", "type": "yes_no", "steers": True}
        ],
    },
    "user_y": {"title": "乙"},
    "user_sign": {
        "title": "签发",
        "fields": [
            {
                "name": "signed",
                "label": "是否签发",
                "type": "choice",
                "choices": {"YES": "签发", "NO": "退回"},
                "steers": True,
            }
        ],
    },
}

WALKS: Mapping[str, object] = {
    "一次签发": {
        "start": {"urgent": "yes", "days": 3},
        "steps": [
            {"user_draft": {}},
            {"user_y": {}},
            {"user_x": {"ready": "yes"}},
            {"user_sign": {"signed": "YES"}},
        ],
        "effects": ["opinion.sign"],
        "ends": "end_issued",
    }
}


def sound_files() -> dict[str, bytes]:
    """Return the files of the kind; nothing is wrong with them."""
    return files_of(
        DIAGRAM,
        shared={"block": BLOCK},
        tables={"who": TABLE},
        forms=FORMS,
        walks=WALKS,
    )


def broken_files(file: str, old: str, new: str) -> tuple[dict[str, bytes], int]:
    """Return the files with one text replaced, and the line where it begins."""
    files = sound_files()
    text = files[file].decode()
    place = text.index(old)
    files[file] = (text[:place] + new + text[place + len(old) :]).encode()
    return files, text.count("\n", 0, place) + 1
