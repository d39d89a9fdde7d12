"""An installation whose cases have letters of every sort; for reading only."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow import runtime as runtimes
from reviewflow.config import Settings
from reviewflow.letters.letter import Letter
from reviewflow.model.case import TaskAnswers
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.model.publication import Publication
from reviewflow.usecases.cases import submit_case
from reviewflow.work import Runtime, Work
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As, settings_in
from tests.steps import START, bring_to, do_next, new_case

HOSTILE = "六安市{{ 7*7 }}<script>alert(1)</script>管理办法"
LACKING = "一、缺少条文依据对照表。\n二、起草说明不完整。"
COLUMNS = ("clause", "quote", "problem", "basis", "suggestion", "nature")
FINDINGS = (
    ("第八条第二款", "可以限制其进入", "减损权益", "《民法典》", "删除该款。", "MUST"),
    ("第十五条", "", "上位法抵触", "《物业管理条例》", "与上位法一致", "SHOULD"),
    ("第二条", "以及等", "文字", "", "改为“等”", "TEXT"),
)
REVISE: dict[str, Any] = {
    "conclusion": "REVISE",
    "grounds-0-point": "是否违反规范性文件制定程序",
    "grounds-0-verdict": "PROBLEM",
    "grounds-0-note": "没有集体讨论记录。",
    "grounds-1-point": "制定主体是否合法",
    "grounds-1-verdict": "LAWFUL",
} | {
    f"findings-{place}-{name}": value
    for place, row in enumerate(FINDINGS)
    for name, value in zip(COLUMNS, row, strict=True)
}
ADOPTIONS: dict[str, Any] = {"material_change": "no"} | {
    f"adoptions-{place}-{name}": value
    for place, adoption in enumerate(("FULL", "NONE", "FULL"))
    for name, value in (
        ("finding_id", place + 1),
        ("adoption", adoption),
        ("reason", "上位法已有规定。" if adoption == "NONE" else ""),
    )
}
TUESDAY = NOON_MONDAY + timedelta(days=1)
WEDNESDAY = NOON_MONDAY + timedelta(days=2)


@dataclass
class Lettered:
    """Cases by what their letters are, in an installation of their own."""

    runtime: Runtime
    settings: Settings
    cast: Cast
    draft: int = 0
    """Supplemented twice; its opinion was written twice and waits for the signer."""
    signed: int = 0
    hostile: int = 0
    revise: int = 0
    filing: int = 0
    """Corrected, returned, sent again and registered."""
    unsent: int = 0

    def begin(
        self, user_id: int | None, at: datetime = NOON_MONDAY
    ) -> AbstractContextManager[Work]:
        """Open writing work."""
        return self.runtime.begin(user_id, at)


@pytest.fixture(scope="module")
def there(
    prepared: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lettered]:
    """Bring cases to their letters, in a copy of the prepared installation."""
    folder = tmp_path_factory.mktemp("lettered")
    shutil.copytree(prepared[0], folder, dirs_exist_ok=True)
    settings = settings_in(folder)
    there = Lettered(runtimes.open_runtime(settings), settings, prepared[1])
    as_, cast = there.begin, there.cast
    there.draft = _draft(as_, cast)
    there.signed = signed_opinion(as_, cast, new_case(as_, cast))
    there.revise = signed_opinion(as_, cast, new_case(as_, cast), **REVISE)
    there.hostile = signed_opinion(as_, cast, _hostile(as_, cast))
    bring_to(as_, cast, there.signed, "never")
    there.filing, there.unsent = _filings(as_)
    _file(as_, cast, there.filing)
    yield there
    there.runtime.engine.dispose()


def signed_opinion(as_: As, cast: Cast, case_id: int, **answers: object) -> int:
    """Bring a case to where its opinion is signed."""
    bring_to(as_, cast, case_id, "sign_opinion", draft_opinion=answers)
    do_next(as_, cast, case_id, "sign_opinion")
    return case_id


@contextmanager
def nothing_in(there: Lettered, column: str) -> Iterator[None]:
    """Let something be lacking in what is known of the publication."""
    with there.begin(None) as work:
        row = work.session.scalars(sa.select(Publication)).one()
        kept = getattr(row, column)
        setattr(row, column, None)
    yield
    with there.begin(None) as work:
        setattr(work.session.scalars(sa.select(Publication)).one(), column, kept)


def full_text(shown: Letter) -> str:
    """Return what stands between the title of a letter and its signature."""
    return "\n".join(one.heading + one.text for one in shown.body.paragraphs)


def forget(as_: As, case_id: int, step: str, *names: str) -> None:
    """Take answers away that were last given at a step."""
    with as_(None) as work:
        of_step = TaskAnswers.case_id == case_id, TaskAnswers.step == step
        rows = sa.select(TaskAnswers).where(*of_step).order_by(TaskAnswers.id)
        row = work.session.scalars(rows).all()[-1]
        row.answers = {**row.answers, **dict.fromkeys(names, "")}


def _draft(as_: As, cast: Cast) -> int:
    case_id = new_case(as_, cast)
    lacking: dict[str, Any] = {"outcome": "SUPPLEMENT", "reason": LACKING}
    for at in (TUESDAY, WEDNESDAY):
        bring_to(as_, cast, case_id, "accept_submission")
        do_next(as_, cast, case_id, "accept_submission", at, **lacking)
        do_next(as_, cast, case_id, "supplement_materials", at, note="已补交。")
    bring_to(as_, cast, case_id, "check_opinion")
    again: dict[str, Any] = {"outcome": "RETURN", "reason": "理由不充分。"}
    do_next(as_, cast, case_id, "check_opinion", **again)
    bring_to(as_, cast, case_id, "sign_opinion")
    return case_id


def _hostile(as_: As, cast: Cast) -> int:
    with as_(cast.drafter) as work:
        unit_id = cast.units["housing"]
        return submit_case(work, "normative_document", HOSTILE, unit_id, START).id


def _filings(as_: As) -> tuple[int, int]:
    with as_(None) as work:
        duties = work.session.scalars(sa.select(FilingObligation)).all()
        cases = {duty.chain: duty.case_id for duty in duties}
    return cases[Chain.GOV], cases[Chain.NPC]


def _file(as_: As, cast: Cast, case_id: int) -> None:
    examine = "examine_filing"
    missing: dict[str, Any] = {"decision": "SUPPLEMENT", "reason": "缺少对照表。"}
    wrong: dict[str, Any] = {"decision": "WRONG_ROUTE", "reason": "应当报其他机关。"}
    do_next(as_, cast, case_id, "prepare_filing")
    do_next(as_, cast, case_id, examine, **missing)
    do_next(as_, cast, case_id, "correct_filing")
    do_next(as_, cast, case_id, examine, **wrong)
    do_next(as_, cast, case_id, "prepare_filing", TUESDAY)
    do_next(as_, cast, case_id, examine, TUESDAY)
