"""The notice that issues a document (印发通知): from its number to its publication."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.letters.letter import Letter
from reviewflow.model.publication import Publication
from reviewflow.queries.letters import letter
from tests.cast import Cast
from tests.conftest import As
from tests.papers import number_of, published
from tests.steps import bring_to, do_next, new_case

TITLE = "六安市农村自建房屋安全管理办法"
PASSED = f"《{TITLE}》已经2026年3月2日市政府第80次常务会议审议通过"


def get(as_: As, case_id: int) -> Letter:
    with as_(None) as work:
        return letter(work, case_id, "issuing_notice")


def said(shown: Letter) -> str:
    return "\n".join(paragraph.text for paragraph in shown.body.paragraphs)


def test_a_document_is_issued_by_a_notice(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "publish")
    draft = get(as_, case_id)
    assert (draft.state, draft.body.date) == ("未公布", "（未公布）")
    assert PASSED in said(draft)
    assert "起施行" not in said(draft)

    old = [number_of(as_, published(as_, cast)) for _ in range(2)]
    do_next(as_, cast, case_id, "publish", repeals="\n".join(old))

    shown = get(as_, case_id)
    assert (shown.state, shown.body.date) == ("已公布", "2026年3月2日")
    assert (shown.title, shown.number) == (
        f"关于印发《{TITLE}》的通知",
        "六政〔2026〕8号",
    )
    assert (shown.masthead, shown.body.signature) == (
        "六安市人民政府文件",
        "六安市人民政府",
    )
    assert PASSED in said(shown)
    assert (
        f"自2026年5月1日起施行，有效期至2031年4月30日。{old[0]}、{old[1]}同时废止。"
    ) in said(shown)
    with as_(None) as work:
        chosen = sa.select(Publication).where(Publication.case_id == case_id)
        work.session.scalars(chosen).one().effective_on = None
    with pytest.raises(Invalid, match="缺少“施行日期”，请补充后生成。"):
        get(as_, case_id)
