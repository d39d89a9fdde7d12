"""Documents published and filed: short ways to duties to file at any day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from reviewflow.model.case import Case, Task
from reviewflow.model.filing import FilingObligation
from reviewflow.model.people import Membership, Role
from reviewflow.passwords import Hash
from reviewflow.usecases.cases import submit_case
from reviewflow.usecases.filing_reviews import begin_filing_review
from reviewflow.usecases.people import add_user, give_post
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.steps import START, TEXT, As, do_next

CLASSES = {
    **dict.fromkeys(("administrative", "external", "binding", "repeated"), "yes"),
    "is_normative": "yes",
    "reason": TEXT,
}
FOUND = {
    "outcome": "PROBLEM",
    "reason": "第九条应当修改。",
    "findings": [
        {
            "clause": "第九条",
            "quote": "由指定单位维护",
            "problem": "公平竞争",
            "basis": "《公平竞争审查条例》第八条",
            "suggestion": "删除",
            "nature": "MUST",
        }
    ],
}
MENDED = {
    "decision": "AMEND",
    "note": "第九条已经删除。",
    "published_on": "2026-07-18",
    "channel": "市住建局网站",
    "others_checked": "检查了现行文件，没有同类问题。",
}
NAMES = iter(range(1, 1000))


def at(day: date, hour: int = 10) -> datetime:
    """Return an hour of a day in Beijing."""
    return datetime.combine(day, time(hour - 8), UTC)


def day(text: str) -> date:
    """Return a day of 2026: `05-11`."""
    return date.fromisoformat(f"2026-{text}")


@dataclass
class Press:
    """Publishes documents of any maker, and works off what follows."""

    runtime: Runtime
    as_: As
    cast: Cast

    def publish(
        self,
        on: date,
        unit: str = "housing",
        kind_code: str = "BMGFXWJ",
        maker: str = "",
        **told: object,
    ) -> list[int]:
        """Register a document that was published; return its duties to file."""
        drafter = self.staff(unit, Role.DRAFTER)
        self.staff(unit, Role.UNIT_LEGAL)
        fields = {**START, "kind_code": kind_code}
        if maker:
            fields["maker"] = str(self.cast.units[maker])
        number = next(NAMES)
        with self.as_(drafter, at(on)) as work:
            unit_id = self.cast.units[unit]
            title = f"第{number}号文件"
            case = submit_case(work, "published_document", title, unit_id, fields)
            case_id = case.id
        self._walk(case_id, f"六规〔2026〕{number}号", on, told)
        with self.as_(None) as work:
            select = sa.select(FilingObligation.id).join(FilingObligation.case)
            of_case = select.where(Case.parent_id == case_id)
            return list(work.session.scalars(of_case.order_by(FilingObligation.id)))

    def _walk(
        self, case_id: int, doc_number: str, on: date, told: Mapping[str, object]
    ) -> None:
        answers = {
            "doc_number": doc_number,
            "published_on": str(on),
            "effective_on": str(on + timedelta(days=40)),
            **told,
        }
        do_next(self.as_, self.cast, case_id, "register_document", at(on), **answers)
        do_next(
            self.as_, self.cast, case_id, "confirm_classification", at(on), **CLASSES
        )

    def do(self, filing_id: int, step: str, on: date, **answers: object) -> None:
        """Do one step of a filing, after whatever fell due before."""
        fire_due_timers(self.runtime, at(on, 9))
        do_next(self.as_, self.cast, self.case_of(filing_id), step, at(on), **answers)

    def submit(self, filing_id: int, on: date) -> None:
        """Send the filing."""
        self.do(filing_id, "prepare_filing", on)

    def both_hands(self) -> int:
        """Let who files for the housing bureau also examine filings; return who."""
        filer = self.cast.department_filer
        with self.as_(None, at(date(2025, 12, 1))) as work:
            justice = self.cast.units["justice"]
            give_post(work, filer, Role.FILING_REVIEWER, justice)
        return filer

    def register(self, filing_id: int, on: date, **answers: object) -> None:
        """Register the filing."""
        self.do(filing_id, "examine_filing", on, **answers)

    def request_correction(self, filing_id: int, on: date) -> None:
        """Ask to supplement the filing."""
        sent = {"decision": "SUPPLEMENT", "reason": "缺少条文依据对照表。"}
        self.do(filing_id, "examine_filing", on, **sent)

    def send_back(self, filing_id: int, on: date) -> None:
        """Return what was sent to the wrong organ."""
        sent = {"decision": "WRONG_ROUTE", "reason": "应当报送市人民政府。"}
        self.do(filing_id, "examine_filing", on, **sent)

    def correct(self, filing_id: int, on: date) -> None:
        """Supplement the filing."""
        self.do(filing_id, "correct_filing", on)

    def reviewer(self, filing_id: int) -> int:
        """Return who registered a filing, and so may review it."""
        case_id = self.case_of(filing_id)
        with self.as_(None) as work:
            done = sa.select(Task.done_by_id).where(
                Task.case_id == case_id, Task.step == "examine_filing"
            )
            return work.session.scalars(done).first() or 0

    def review(self, filing_id: int, on: str = "06-10") -> int:
        """Begin to review a filing; return the case of the review."""
        with self.as_(self.reviewer(filing_id), at(day(on))) as work:
            return begin_filing_review(work, filing_id).case_id

    def object_to(self) -> int:
        """Publish, file, register and object to a document; return that case."""
        (filing,) = self.publish(day("05-20"))
        self.submit(filing, day("05-29"))
        self.register(filing, day("06-02"))
        case_id = self.review(filing)
        said = (self.as_, self.cast, case_id, "review_filing", at(day("06-11")))
        do_next(*said, **FOUND)
        return case_id

    def case_of(self, filing_id: int) -> int:
        """Return the case a duty is worked off by."""
        with self.as_(None) as work:
            return work.get(FilingObligation, filing_id).case_id

    def staff(self, unit: str, role: Role) -> int:
        """Return somebody who holds a post in a unit, added if there is nobody."""
        unit_id = self.cast.units[unit]
        with self.as_(None, at(date(2025, 12, 1))) as work:
            held = work.session.scalar(
                sa.select(Membership.user_id).where(
                    Membership.unit_id == unit_id, Membership.role == role
                )
            )
            if held is not None:
                return held
            name = f"{role.value[:8].replace('_', '.')}{next(NAMES)}"
            return add_user(work, name, name, Hash(""), [(role, unit_id)]).id
