"""Two units with cases of their own, and people who may see one, both or neither."""

import io
from dataclasses import dataclass, field
from typing import Any

import docx
import sqlalchemy as sa

from reviewflow import passwords
from reviewflow.basis_rows import DRAFT
from reviewflow.model.case import Task
from reviewflow.model.consultation import Consultation
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.document import Document
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import Role
from reviewflow.queries.bases import latest_draft
from reviewflow.usecases.bases import add_basis
from reviewflow.usecases.cases import submit_case
from reviewflow.usecases.catalogue_items import propose_item, settle_item
from reviewflow.usecases.catalogues import consent_catalogue, publish_catalogue
from reviewflow.usecases.documents import attach_document, receive_upload
from reviewflow.usecases.jobs import ask_for
from reviewflow.usecases.law_changes import drop_change, propose_limit
from reviewflow.usecases.people import add_user, disable_user
from reviewflow.usecases.signins import make_token
from reviewflow.work import Work
from tests.bases import ARTICLES, draft_file
from tests.cast import PASSWORD, Cast
from tests.conftest import As
from tests.laws import TL13
from tests.meetings import planned
from tests.reconciliations import bring_in, rows_of
from tests.security.aftercare import look_after, publish_result
from tests.steps import ANSWERS, START, bring_to, do_next, waiting

MATERIAL = "drafting_note"
FORMER = "former"
SEEN = {"housing": "金丝雀甲", "streets": "金丝雀乙"}
"""A word that stands in everything a unit writes."""
KEPT = "金丝雀丙"
"""A word that stands in a list of issued documents, for the desk that keeps it."""
DRAFTERS = {"housing": "drafter", "streets": "other_drafter"}
TITLES = {unit: f"六安市{word}管理办法" for unit, word in SEEN.items()}
"""What everybody may read of it once it is published."""

Ids = dict[str, int]


@dataclass
class World:
    """Ids of what there is: `housing` runs, `streets` drafts, both have filed."""

    ids: dict[str, Ids] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)


def make_world(as_: As, cast: Cast) -> World:
    """Make cases of both units: one in review, one in drafting, one each published."""
    world = World()
    _engage(as_, cast)
    with as_(None) as work:
        for who in (*cast.people, FORMER):
            world.tokens[who] = make_token(work, who.replace("_", "."))
    with as_(cast.admin) as work:
        disable_user(work, cast.people[FORMER])
    common = _catalogue(as_, cast) | _reconciled(as_, cast)
    common |= {
        "meeting_id": planned(as_, cast),
        "change_id": _given_up(as_, cast),
        "user_id": cast.secretary,
        "post_id": 1,
        "counsel_id": cast.counsel,
    }
    for unit in SEEN:
        world.ids[unit] = common | _of_unit(as_, cast, unit)
    for unit in SEEN:
        world.ids[unit] |= look_after(as_, cast, cast.units[unit])
    publish_result(as_, cast)
    return world


def _of_unit(as_: As, cast: Cast, unit: str) -> Ids:
    """Make the cases of a unit; return the ids of what is in them."""
    published = _begin(as_, cast, unit)
    _through(as_, cast, published, unit, "never")
    running = _begin(as_, cast, unit)
    until = "draft_opinion" if unit == "housing" else "draft_text"
    _through(as_, cast, running, unit, "draft_text")
    basis_id = _rest(as_, cast, running, unit)
    _through(as_, cast, running, unit, until)
    return (
        _ids(as_, running, until)
        | _filing(as_, published)
        | {"registering_id": _begin(as_, cast, unit), "basis_id": basis_id}
        | {"job_id": _job(as_, cast, unit, running), "unit_id": cast.units[unit]}
    )


def _engage(as_: As, cast: Cast) -> None:
    """Let the second unit have everybody it needs, and let somebody leave."""
    password = passwords.accepted(PASSWORD, "")
    with as_(cast.admin) as work:
        streets = cast.units["streets"]
        for role in (Role.UNIT_LEGAL, Role.UNIT_HEAD):
            name = f"streets.{role.value}"
            add_user(work, name, f"城管{role.value}", password, [(role, streets)])
        post = (Role.DRAFTER, cast.units["housing"])
        former = add_user(work, FORMER, "原起草人", password, [post])
        cast.people[FORMER] = former.id


def _begin(as_: As, cast: Cast, unit: str) -> int:
    with as_(cast.people[DRAFTERS[unit]]) as work:
        fields = {**START, "is_emergency": "yes", "emergency_reason": SEEN[unit]}
        title = TITLES[unit]
        kind = "normative_document"
        case_id = submit_case(work, kind, title, cast.units[unit], fields).id
        _attach(work, case_id, MATERIAL, SEEN[unit])
    return case_id


def _reconciled(as_: As, cast: Cast) -> Ids:
    """Return a list of the city's documents, at the desk of the province."""
    whose = f"{cast.units['province_justice']}-{cast.units['city']}"
    issued = (f"{KEPT}管理办法", "六政〔2026〕900号", "2026-02-02")
    list_id, _ = bring_in(as_, cast.filing_reviewer, whose, issued)
    return {"reconciliation_id": list_id, "row_id": rows_of(as_, list_id)[0].id}


def _given_up(as_: As, cast: Cast) -> int:
    """Return a change of a limit that was proposed and dropped."""
    with as_(cast.admin) as work:
        change = propose_limit(work, "TL-13", TL13)
        return drop_change(work, change.id).id


def _job(as_: As, cast: Cast, unit: str, case_id: int) -> int:
    with as_(cast.people[DRAFTERS[unit]]) as work:
        return ask_for(work, "group_comments", f"case:{case_id}", case_id).id


def _attach(work: Work, case_id: int, role: str, word: str) -> None:
    document = docx.Document()
    document.add_paragraph(f"正文{word}")
    stream = io.BytesIO()
    document.save(stream)
    attach_document(
        work, case_id, role, receive_upload(work.files, f"材料{word}.docx", stream)
    )


def _rest(as_: As, cast: Cast, case_id: int, unit: str) -> int:
    """Upload a draft with one provision, and say what it rests on."""
    drafter = cast.people["drafter" if unit == "housing" else "other_drafter"]
    with as_(drafter) as work:
        content = io.BytesIO(draft_file(ARTICLES[:1]))
        received = receive_upload(work.files, "草案.docx", content)
        attach_document(work, case_id, DRAFT, received)
    said = {"clause": "第一条", "nature": "OWN", "note": f"为了{SEEN[unit]}。"}
    with as_(drafter) as work:
        row = add_basis(work, case_id, said, latest_draft(work, case_id))
        work.session.flush()
        return row.id


def _through(as_: As, cast: Cast, case_id: int, unit: str, until: str) -> None:
    said = f"经研究，{SEEN[unit]}属实。"
    answers: dict[str, dict[str, Any]] = {
        "classify": {"reason": said},
        "endorse_emergency": {"outcome": "REFUSE", "reason": said},
        "draft_text": {"assessment": said},
        "consult_units": {"units_consulted": said},
        "draft_opinion": {"reasons": said},
        "register_number": {"doc_number": f"六政〔2026〕{case_id}号"},
    }
    bring_to(as_, cast, case_id, until, **answers)


def _catalogue(as_: As, cast: Cast) -> Ids:
    """Return a published catalogue, and what is proposed for it since."""
    proposal = {
        "sort": "DECISIONS",
        "year": "2026",
        "category": "PLAN",
        "title": "学校布局规划",
        "schedule": "9月",
        "grounds": "学位不足。",
        "unit_id": str(cast.units["housing"]),
    }
    with as_(cast.drafter) as work:
        first = propose_item(work, proposal)
        ids = {"catalogue_id": first.catalogue_id}
    with as_(cast.office_intake) as work:
        settle_item(work, first.id, is_listed=True, reason="")
        consent_catalogue(work, ids["catalogue_id"], work.today, "市委常委会")
        publish_catalogue(work, ids["catalogue_id"], work.today, "门户网站")
    with as_(cast.drafter) as work:
        return ids | {"item_id": propose_item(work, proposal).id}


def _ids(as_: As, case_id: int, step: str) -> Ids:
    task_id = waiting(as_, case_id, step)
    with as_(None) as work:
        one = work.session.scalars
        document = sa.select(Document.id).where(Document.case_id == case_id)
        asked = sa.select(Consultation.id).where(Consultation.case_id == case_id)
        clocks = sa.select(CaseDeadline.id).where(CaseDeadline.case_id == case_id)
        return {
            "case_id": case_id,
            "task_id": task_id,
            "document_id": one(document.where(Document.role == MATERIAL)).one(),
            "consultation_id": one(asked.order_by(Consultation.id)).first() or 0,
            "deadline_id": one(clocks.order_by(CaseDeadline.id.desc())).first() or 0,
            "number": 1,
        }


def _filing(as_: As, case_id: int) -> Ids:
    """Return the duties that arose from a published case, one of each chain."""
    with as_(None) as work:
        duties = work.session.scalars(
            sa.select(FilingObligation)
            .join(FilingObligation.case)
            .where(FilingObligation.publication.has(case_id=case_id))
        )
        found = {duty.chain: duty for duty in duties}
        gov, npc = found[Chain.GOV], found[Chain.NPC]
        tasks = sa.select(Task.id).where(Task.case_id == gov.case_id)
        library = sa.select(LibraryDocument.id).where(
            LibraryDocument.case_id == case_id
        )
        return {
            "published_id": case_id,
            "library_id": work.session.scalars(library).one(),
            "filing_id": gov.id,
            "npc_filing_id": npc.id,
            "filing_task_id": work.session.scalars(tasks).first() or 0,
        }


def file_it(as_: As, cast: Cast, filing_case_id: int) -> None:
    """Send a filing, so that it waits to be examined."""
    do_next(as_, cast, filing_case_id, "prepare_filing", **ANSWERS["prepare_filing"])
