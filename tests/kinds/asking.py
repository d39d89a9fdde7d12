"""A form with a question of every type."""

import pytest

from reviewflow.errors import Invalid
from reviewflow.kinds.entries import Sheet
from reviewflow.kinds.form_reading import read_forms
from reviewflow.kinds.forms import Form

YAML = """
ask:
  title: 起草合法性审查意见
  help: 逐条写明意见。
  primary: 提交复核
  fields:
    - name: conclusion
      label: 审查结论
      type: choice
      choices: {LEGAL: 合法, REVISE: 应当予以修改, ILLEGAL: 不合法}
      steers: true
    - {name: approved, label: 是否同意, type: yes_no, steers: true, optional: true}
    - {name: title, label: 标题, type: text, optional: true, max: 10}
    - name: reasons
      label: 理由和依据
      type: long_text
      required_if: {conclusion: [REVISE, ILLEGAL]}
    - {name: held_on, label: 会议日期, type: date, optional: true}
    - {name: days, label: 天数, type: number, optional: true, min: 1, max: 60}
    - name: handler_id
      label: 承办人
      type: person
      role: review_handler
      optional: true
    - {name: maker, label: 制定机关, type: unit, optional: true, steers: true}
    - name: means
      label: 方式
      type: choices
      optional: true
      choices: {WEB: 网站, PAPER: 报纸}
    - {name: findings, label: 具体意见, type: findings, optional: true}
    - {name: adoptions, label: 采纳情况, type: adoptions, optional: true}
    - {name: grounds, label: 审查要点, type: grounds, optional: true}
  documents:
    - {role: submission_draft, label: 送审稿}
    - {role: minutes, label: 会议纪要, required_if: {approved: "yes"}}
    - {role: annex, label: 附件, optional: true}
  verbs:
    return: {sets: {conclusion: REVISE}, reason: reasons}
"""
FINDING = {
    "clause": "第三条",
    "problem": "权限",
    "suggestion": "删去",
    "nature": "TEXT",
}


def read(text: str) -> tuple[dict[str, Form], list[str]]:
    sheet = Sheet("forms.yaml", text.encode())
    forms = read_forms(sheet)
    return forms, [str(finding) for finding in sheet.findings]


def form_of_all_types() -> Form:
    forms, findings = read(YAML)
    assert not findings
    return forms["ask"]


def refusal(form: Form, **sent: object) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        form.parse({"conclusion": "LEGAL", **sent})
    return caught.value.errors
