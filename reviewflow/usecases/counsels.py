"""The register of counsel: who is entered, with which field and for which term."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from reviewflow import organs
from reviewflow.days import read_day
from reviewflow.errors import Invalid, Missing, Refused
from reviewflow.model.counsel import Counsel, CounselSort
from reviewflow.model.people import User
from reviewflow.usecases.people import audit
from reviewflow.work import LARGEST_ID, Work

LONGEST = 200
TEXTS = {
    "fields": "请填写专业领域，例如：行政法、房地产。",
    "licence": "请填写执业证号；公职律师填写公职律师证号。",
    "firm": "请填写所在的律师事务所、院校或者单位。",
}


def enter_counsel(work: Work, user_id: int, typed: Mapping[str, str]) -> Counsel:
    """Enter somebody in the register, or change the entry; a later one replaces it.

    Raises:
        Missing: Nobody with that id holds the post of counsel.
        Refused: The actor does not keep this register.
        Invalid: With a sentence for each answer that breaks a rule.
    """
    user = _counsel_user(work, user_id)
    if not organs.actor_keeps_counsel(work, organs.counsel_pools(work, user)):
        raise Refused("顾问名册由本级审查机构的收件人、签发人或者系统管理员登记。")
    said = {name: typed.get(name, "").strip() for name in TEXTS}
    errors = {name: TEXTS[name] for name, text in said.items() if not text}
    for name, text in said.items():
        if len(text) > LONGEST:
            errors[name] = f"不超过 {LONGEST} 字，请精简。"
    if typed.get("sort", "") not in set(CounselSort):
        errors["sort"] = "请选择法律顾问或者公职律师。"
    first, last = _term(typed, errors)
    if errors or first is None:
        raise Invalid(errors)

    row = work.session.scalar(sa.select(Counsel).where(Counsel.user_id == user.id))
    if row is None:
        row = Counsel(user_id=user.id)
        work.session.add(row)
    row.sort, row.term_from, row.term_to = CounselSort(typed["sort"]), first, last
    row.fields, row.licence, row.firm = said["fields"], said["licence"], said["firm"]
    work.session.flush()

    until = last.isoformat() if last else ""
    audit(work, "counsel.entered", f"user:{user.id}", sort=row.sort, term_to=until)
    return row


def _counsel_user(work: Work, user_id: int) -> User:
    user = work.session.get(User, user_id) if 0 < user_id <= LARGEST_ID else None
    if user is None or not organs.counsel_pools(work, user):
        raise Missing
    return user


def _term(
    typed: Mapping[str, str], errors: dict[str, str]
) -> tuple[date | None, date | None]:
    first = read_day(typed, "term_from", errors)
    last = read_day(typed, "term_to", errors)
    if first is None:
        errors.setdefault("term_from", "请填写聘期开始日期，例如：2026-01-01。")
    elif last is not None and last < first:
        errors["term_to"] = "聘期届满日不能早于开始日期，请核对。"
    return first, last
