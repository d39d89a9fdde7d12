"""What programs send about hearings, meetings, catalogues, library and clean-ups."""

import io
from typing import Any

from tests.cast import Cast
from tests.steps import TEXT, word_file

DAY = "2026-03-02"
HEARING = "POST /api/v1/cases/<case_id>/hearing"
MEETING = "POST /api/v1/meetings/<meeting_id>"
CATALOGUE = "POST /api/v1/catalogues"
CLEANUP = "POST /api/v1/cleanups"
ASSESSMENT = "POST /api/v1/post-assessments"
REPORT = "POST /api/v1/reports/<year>"
LISTS = "POST /api/v1/reconciliations"
LIST = "文件名称,发文字号,发文日期\n试探,六政〔2026〕901号,2026-02-01\n"
FOUR = ("administrative", "external", "binding", "repeated")


def sent_about_nouns(missing: int) -> dict[str, dict[str, Any]]:
    """Return a body for each operation: well formed, and never carried out."""
    return {
        route: {"json": body}
        for group in (*(_hearings(missing), _meetings(missing)), *_texts(missing))
        for route, body in group.items()
    } | {
        f"{ASSESSMENT}/<assessment_id>/result": {"data": _result()},
        f"{REPORT}/sendings": {"data": _sending(missing)},
    }


def sent_about_lists(cast: Cast) -> dict[str, dict[str, Any]]:
    """Return what is sent about lists of issued documents, by pages and programs."""
    keeper = cast.units["province_justice"]
    said = {**dict.fromkeys(FOUR, False), "reason": TEXT}
    days = {"published_on": DAY, "effective_on": DAY}
    whole = {"keeper_id": keeper, "source": "REGISTER", "name": TEXT}
    sheet = (io.BytesIO(LIST.encode()), "清单.csv")
    return {
        "POST /filings/reconcile": {"data": {"sheet": sheet, "whose": f"{keeper}-0"}},
        LISTS: {"json": {**whole, "rows": [{"title": "", "issued_on": DAY}]}},
        f"{LISTS}/rows/<row_id>/match": {"json": {"is_same": True}},
        f"{LISTS}/rows/<row_id>/exclusion": {"json": said},
        f"{LISTS}/rows/<row_id>/omission": {
            "json": {"doc_number": TEXT, **days, "reason": TEXT}
        },
    }


def _hearings(missing: int) -> dict[str, dict[str, Any]]:
    plan = {"planned_on": DAY, "starts_at": "9:00", "place": TEXT, "contact": TEXT}
    person = {"of_group": missing, "person": TEXT, "interest": TEXT}
    sent = {"participant_ids": [missing], "delivered_on": DAY, "delivery": TEXT}
    named = {"name": TEXT, "contact": "13900000000", "represents": TEXT}
    return {
        f"{HEARING}/plan": plan,
        f"{HEARING}/groups": {"group_name": TEXT, "quota": 1, "how": "INVITED"},
        f"{HEARING}/postponement": {"new_day": DAY, "why": TEXT},
        f"{HEARING}/applicants": {"group_id": missing, **named},
        f"{HEARING}/lists": {"seed_source": TEXT},
        f"{HEARING}/draw": {"seed": TEXT},
        f"{HEARING}/participants": person,
        f"{HEARING}/participants/<participant_id>/excuse": {"excuse": TEXT},
        f"{HEARING}/deliveries": sent,
        f"{HEARING}/turns": {"turns": []},
        f"{HEARING}/presence": {"marks": []},
        f"{HEARING}/opinions": {"speaker_id": missing, "text": TEXT},
        f"{HEARING}/opinions/<opinion_id>/adoption": {"adoption": "FULL"},
    }


def _meetings(missing: int) -> dict[str, dict[str, Any]]:
    item = {"item_id": missing}
    planned = {"sort": "EXECUTIVE", "name": TEXT, "planned_on": DAY, "chair": TEXT}
    return {
        "POST /api/v1/meetings": {"organ_id": missing, **planned},
        f"{MEETING}/move": {"new_day": DAY, "why": TEXT},
        f"{MEETING}/agenda": {"case_id": missing},
        f"{MEETING}/agenda/removal": item,
        f"{MEETING}/attendance": {"held_on": DAY, "people": []},
        f"{MEETING}/statements": {**item, "statements": []},
        f"{MEETING}/decisions": {**item, "decision": "PASSED"},
        f"{MEETING}/supplements": {**item, "text": TEXT},
    }


def _texts(missing: int) -> tuple[dict[str, dict[str, Any]], ...]:
    return _documents(missing), _library(), _bulletins(missing)


def _documents(missing: int) -> dict[str, dict[str, Any]]:
    matter = {"sort": "DECISIONS", "year": 2026, "category": "PLAN", "title": TEXT}
    told = {"schedule": TEXT, "grounds": TEXT}
    said = {"proposal": "KEEP", "reason": ""}
    campaign = {"title": TEXT, "basis": TEXT, "reference_on": DAY, "due_on": DAY}
    published = {"published_on": "2999-01-01", "channel": TEXT}
    item = f"{CATALOGUE}/items/<item_id>"
    return {
        f"{CATALOGUE}/proposals": {"unit_id": missing, **matter, **told},
        f"{item}/argument": {"outcome": "DECLINED"},
        f"{item}/removal": {"reason": TEXT},
        f"{item}/link": {"number": TEXT},
        f"{CATALOGUE}/<catalogue_id>/consent": {
            "consent_on": DAY,
            "consent_reference": TEXT,
        },
        f"{CATALOGUE}/<catalogue_id>/publication": published,
        CLEANUP: {"organ_id": missing, **campaign},
        f"{CLEANUP}/items/<cleanup_item_id>/answer": said,
        f"{CLEANUP}/items/<cleanup_item_id>/confirmation": said,
        f"{CLEANUP}/<cleanup_id>/publication": {**published, "decision": TEXT},
        f"{REPORT}/passages": {
            "report": "review",
            "organ_id": missing,
            "passage": "cases",
            "text": TEXT,
        },
        ASSESSMENT: {"year": 2026, "number": TEXT, "reason": TEXT, "due_on": DAY},
    }


def _bulletins(missing: int) -> dict[str, dict[str, Any]]:
    """Return what asks for the figures of a period that is not over."""
    sent = {"organ_id": missing, "period": "2199", "as_of": "TODAY"}
    return {"POST /api/v1/bulletins": sent}


def _library() -> dict[str, dict[str, Any]]:
    return {
        "POST /api/v1/library/<library_id>/changes": {
            "sort": "REPEALS",
            "effective_on": DAY,
            "basis": "",
        },
        "POST /api/v1/rule-lists": {
            "organ_id": 1,
            "year": 2025,
            "receiver": TEXT,
            "sent_on": DAY,
        },
        "POST /api/v1/library/<library_id>/errata": {
            "wrong": TEXT,
            "corrected": TEXT,
            "announced_on": DAY,
            "channel": TEXT,
            "keeps_rights": True,
        },
    }


def _result() -> dict[str, Any]:
    return {
        "conclusion": "KEEP",
        "summary": "",
        "next_steps": "",
        "done_on": DAY,
        "report": (io.BytesIO(word_file("试探")), "试探.docx"),
    }


def _sending(missing: int) -> dict[str, Any]:
    scan = (io.BytesIO(word_file("试探")), "试探.docx")
    return {"report": "review", "organ_id": str(missing), "file": scan}
