"""The sample city's people at work: each step by whoever holds the post."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

import docx
import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import notices, permissions
from reviewflow.demo.roster import Roster, read_data, read_text
from reviewflow.errors import Unavailable
from reviewflow.kinds.fields import FieldType
from reviewflow.kinds.forms import DocumentNeed, Form
from reviewflow.kinds.shelf import START
from reviewflow.meeting_rows import known_of_meeting
from reviewflow.model.case import Case, Task
from reviewflow.model.document import Document
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.model.people import Role
from reviewflow.queries.people import people_in_post
from reviewflow.usecases.cases import submit_case
from reviewflow.usecases.documents import attach_document, receive_upload
from reviewflow.usecases.tasks import complete_task
from reviewflow.work import Runtime, Work

USUAL: Mapping[str, Mapping[str, Any]] = read_data("answers.yaml")
ARTICLES = read_text("draft.txt").splitlines()
WORDS, NAME = "word/document.xml", "〔事项名称〕"
TEXTS = {"文件草案", "送审稿", "正式文本"}


@dataclass(frozen=True, slots=True)
class Matter:
    """What is known of a sample matter from its beginning."""

    kind: str
    title: str
    code: str
    unit: str
    maker: str
    days: Mapping[str, Any]
    facts: Mapping[str, str]
    answers: Mapping[str, Mapping[str, Any]]


class Player:
    """Does steps of sample matters through the use cases, at their instants."""

    def __init__(self, runtime: Runtime, roster: Roster) -> None:
        """Take the installation and who lives there."""
        self.runtime = runtime
        self.roster = roster

    def begin(self, matter: Matter, at: datetime) -> int:
        """Register a matter as a drafter of its unit; return its id."""
        unit_id = self.roster.units[matter.unit]
        with self.runtime.read(None, at) as work:
            drafter = notices.holders(work, Role.DRAFTER, unit_id)[0]
            form = work.processes.latest(work.session, matter.kind).kind.forms[START]
        asked = (q.name for q in form.fields if q.type is FieldType.YES_NO)
        maker = self.roster.units[matter.maker]
        fields = {
            **dict.fromkeys(asked, "no"),
            "kind_code": matter.code,
            "maker": maker,
            **matter.facts,
        }
        with self.runtime.begin(drafter, at) as work:
            return submit_case(work, matter.kind, matter.title, unit_id, fields).id

    def drafter_of(self, case_id: int) -> int:
        """Return who drafts a matter."""
        with self.runtime.read(None) as work:
            return work.get(Case, case_id).drafter_id

    def filing_of(self, case_id: int, to: str, at: datetime) -> int:
        """Return a filing case of a published matter, by chain or by authority."""
        with self.runtime.read(None, at) as work:
            return work.session.scalars(
                sa.select(Case.id)
                .join(FilingObligation, FilingObligation.case_id == Case.id)
                .where(Case.parent_id == case_id, self._with(to))
            ).one()

    def _with(self, to: str) -> sa.ColumnElement[bool]:
        """Return which filing is meant: that of a chain, or with an authority."""
        if to in list(Chain):
            return FilingObligation.chain == Chain(to)
        return FilingObligation.authority_id == self.roster.units[to]

    def do(
        self,
        case_id: int,
        step: str,
        at: datetime,
        matter: Matter,
        special: Mapping[str, Any],
    ) -> None:
        """Do one step as somebody who may, with the usual answers but for some."""
        with self.runtime.read(None, at) as work:
            task = _waiting(work, case_id, step)
            actor_id = _doer(work, task)
            form = work.process(work.get(Case, case_id)).kind.forms[step]
            answers = self._answers(work, task, form, matter, special)
            missing = _missing(work, case_id, form, answers)
        uploads = [
            (need.role, receive_upload(self.runtime.files, *_file(matter.title, need)))
            for need in missing
        ]
        with self.runtime.begin(actor_id, at) as work:
            for role, upload in uploads:
                attach_document(work, case_id, role, upload)
            complete_task(work, task.id, answers)

    def _answers(
        self,
        work: Work,
        task: Task,
        form: Form,
        matter: Matter,
        special: Mapping[str, Any],
    ) -> dict[str, Any]:
        given = {**USUAL[task.step], **matter.answers.get(task.step, {}), **special}
        today = work.today.isoformat()
        facts = {
            "published_on": today,
            **matter.days,
            "today": today,
            "unit": task.case.unit.name,
        }
        answers: dict[str, Any] = filled(given, facts)
        for question in form.fields:
            if question.type is FieldType.UNITS and question.name in answers:
                named = [self.roster.units[key] for key in answers[question.name]]
                answers[question.name] = named
            elif question.role and question.name not in answers:
                role = Role(question.role)
                unit_ids = _units_with(task.case, question.part)
                person = people_in_post(work, role, unit_ids)[0]
                answers[question.name] = person.id
        return answers | known_of_meeting(work, task)


def filled(value: Any, facts: Mapping[str, object]) -> Any:
    """Return what the data says, with the matter's own dates and numbers in {…}."""
    if isinstance(value, Mapping):
        return {name: filled(inner, facts) for name, inner in value.items()}
    if isinstance(value, str) and value.startswith("{"):
        return str(facts.get(value.strip("{}"), ""))
    return value


def _waiting(work: Work, case_id: int, step: str) -> Task:
    task = work.session.scalar(
        sa.select(Task)
        .where(Task.case_id == case_id, Task.step == step, Task.closed_at.is_(None))
        .options(joinedload(Task.case))
    )
    if task is None:
        raise Unavailable(f"示例数据有误：事项 {case_id} 不在“{step}”环节。")
    return task


def _doer(work: Work, task: Task) -> int:
    for user_id in sorted(notices.doers(work, task)):
        acted = work.session.scalars(
            sa.select(Task.role).where(
                Task.case_id == task.case_id, Task.done_by_id == user_id
            )
        )
        if not permissions.conflicting(task.role, acted):
            return user_id
    raise Unavailable(f"示例数据有误：“{task.title}”没有可以办理的人员。")


def _units_with(case: Case, part: str) -> list[int]:
    return [party.unit_id for party in case.parties if party.part == part]


def _missing(
    work: Work, case_id: int, form: Form, answers: Mapping[str, Any]
) -> list[DocumentNeed]:
    there = set(
        work.session.scalars(
            sa.select(Document.role).where(Document.case_id == case_id)
        )
    )
    needed = form.needed(form.parse(answers))
    return [need for need in needed if need.role not in there]


def _file(title: str, need: DocumentNeed) -> tuple[str, io.BytesIO]:
    return f"{need.label}.docx", io.BytesIO(_word(title, need.label))


@lru_cache(maxsize=8)
def _word(title: str, label: str) -> bytes:
    """Return a document; only the words of a copy are written anew, which is fast."""
    stream, copy = io.BytesIO(_blank(label)), io.BytesIO()
    with (
        zipfile.ZipFile(stream) as parts,
        zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written,
    ):
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == WORDS:
                content = content.replace(NAME.encode(), escape(title).encode())
            written.writestr(part.filename, content)
    return copy.getvalue()


@lru_cache
def _blank(label: str) -> bytes:
    """Return a document of a sort in which the matter is not named yet."""
    document = docx.Document()
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]  # styles a second time, for Word of 2007
    document.add_heading(f"{NAME}（{label}）", level=1)
    lines = ARTICLES if label in TEXTS else [f"《{NAME}》{label}（示例数据）。"]
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
