"""Towns and street offices: the same records and gates with fewer people."""

import pytest
import sqlalchemy as sa

from reviewflow.effects.meetings import request_meeting
from reviewflow.errors import Invalid, Refused
from reviewflow.integrity.verify import verify
from reviewflow.letters.letter import Letter
from reviewflow.model.case import Case, CaseParty, CaseStatus, Part, Task
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.filing import FilingObligation
from reviewflow.model.opinion import Opinion
from reviewflow.queries.groups import read_roster
from reviewflow.queries.letters import letter
from reviewflow.usecases.tasks import complete_task
from tests.cast import Cast
from tests.conftest import As
from tests.steps import bring_to, do_next, new_case, open_steps, waiting
from tests.town import (
    DISTRICT,
    PACKET,
    authorities,
    finish,
    reviewers,
    settle,
    town_case,
)

DOCUMENT, DECISION = "township_document", "township_decision"
OF_DECISION = {"kind_code": "ZDJC", "is_normative": "no"}
STATION = {"handler_id": "town_handler", "signer_id": "town_signer"}


@pytest.fixture
def town(cast: Cast, as_: As) -> Cast:
    """The cast with a town whose texts the district's bureau reviews."""
    return settle(as_, cast)


def parties(as_: As, case_id: int) -> dict[Part, str]:
    with as_(None) as work:
        rows = work.session.scalars(
            sa.select(CaseParty).where(CaseParty.case_id == case_id)
        )
        return {row.part: row.unit.name for row in rows}


def opinion_letter(as_: As, cast: Cast, case_id: int) -> Letter:
    with as_(cast.town_drafter) as work:
        return letter(work, case_id, "review_opinion")


def test_a_township_document_goes_from_drafting_to_its_registered_filing(
    as_: As, town: Cast
) -> None:
    case_id = town_case(as_, town, DOCUMENT)

    finish(as_, town, case_id, DISTRICT)

    with as_(None) as work:
        case = work.get(Case, case_id)
        assert (case.status, case.ending) == (CaseStatus.FINISHED, "已公布并归档")
        assert case.conclusion == "LEGAL"
        (filing,) = work.session.scalars(sa.select(FilingObligation.case_id))
    assert authorities(as_) == [("金安区人民政府", "TL-13", "2026-03-17")]
    bring_to(as_, town, filing, "never")
    assert open_steps(as_, filing) == []
    with as_(None) as work:
        assert verify(work) == []


def test_a_street_office_files_with_the_government_that_set_it_up(
    as_: As, town: Cast
) -> None:
    case_id = town_case(as_, town, DOCUMENT, "street")

    finish(as_, town, case_id, DISTRICT)

    assert parties(as_, case_id)[Part.OFFICE] == "中市街道办事处"
    assert authorities(as_) == [("金安区人民政府", "TL-13", "2026-03-17")]


@pytest.mark.parametrize(
    ("station", "by", "office"),
    [("", DISTRICT, "金安区司法局"), ("its own", STATION, "三十铺司法所")],
)
def test_the_nearest_body_reviews_and_two_people_do_it(
    as_: As, cast: Cast, station: str, by: dict[str, str], office: str
) -> None:
    town = settle(as_, cast, has_station=bool(station))
    case_id = town_case(as_, town, DOCUMENT)

    finish(as_, town, case_id, by)

    of_case = parties(as_, case_id)
    assert of_case[Part.REVIEW_OFFICE] == office
    assert of_case[Part.OFFICE] == "三十铺镇党政办公室"
    with as_(None) as work:
        opinion = work.session.scalars(sa.select(Opinion)).one()
        signed = (opinion.written_by_id, opinion.checked_by_id, opinion.signed_by_id)
    assert signed == (town.people[by["handler_id"]], None, town.people[by["signer_id"]])


def test_the_opinion_letter_names_no_checker(as_: As, town: Cast) -> None:
    case_id = town_case(as_, town, DOCUMENT)
    finish(as_, town, case_id, DISTRICT)

    signed = opinion_letter(as_, town, case_id)

    assert signed.body.foot == ("承办：金承　签发：金签",)
    assert signed.number == "金司审〔2026〕1号"
    text = "\n".join(one.heading + one.text for one in signed.body.paragraphs)
    assert "你单位2026年3月2日送审的" in text


def test_whoever_writes_the_opinion_does_not_sign_it(as_: As, town: Cast) -> None:
    case_id = town_case(as_, town, DOCUMENT)
    bring_to(as_, town, case_id, "office_check", send_packet=PACKET)
    one = town.people["district_handler"]

    with pytest.raises(Invalid) as failure:
        do_next(as_, town, case_id, "office_check", handler_id=one, signer_id=one)

    sentence = "承办人、签发人不能由同一人担任，请另选人员。"
    assert failure.value.errors == {"signer_id": sentence}
    assert open_steps(as_, case_id) == ["office_check"]


def test_the_drafter_does_not_review(as_: As, town: Cast) -> None:
    case_id = town_case(as_, town, DOCUMENT)
    bring_to(as_, town, case_id, "office_check", send_packet=PACKET)
    chosen = {"handler_id": town.town_drafter, "signer_id": town.district_signer}

    with pytest.raises(Invalid) as failure:
        do_next(as_, town, case_id, "office_check", **chosen)

    assert list(failure.value.errors) == ["handler_id"]


def test_the_clock_of_a_document_is_that_of_documents_of_a_decision_the_local_one(
    as_: As, town: Cast
) -> None:
    for kind, fields, limit in (
        (DOCUMENT, {}, "TL-08"),
        (DECISION, OF_DECISION, "TL-09"),
    ):
        case_id = town_case(as_, town, kind, **fields)
        bring_to(as_, town, case_id, "appoint_counsel", **reviewers(town, DISTRICT))
        with as_(None) as work:
            running = work.session.scalars(
                sa.select(CaseDeadline.limit_id).where(
                    CaseDeadline.case_id == case_id, CaseDeadline.task_id.is_(None)
                )
            )
            assert list(running) == [limit]


@pytest.mark.parametrize("kind", [DOCUMENT, DECISION])
def test_nothing_is_deliberated_without_a_signed_opinion(
    as_: As, town: Cast, kind: str
) -> None:
    fields = OF_DECISION if kind == DECISION else {}
    case_id = town_case(as_, town, kind, **fields)
    bring_to(as_, town, case_id, "sign_opinion", **reviewers(town, DISTRICT))

    with as_(None) as work, pytest.raises(Invalid, match="已签发的合法性审查意见书"):
        request_meeting(work, work.get(Case, case_id), {})


def test_an_illegal_text_never_reaches_the_meeting(as_: As, town: Cast) -> None:
    case_id = town_case(as_, town, DOCUMENT)

    finish(as_, town, case_id, DISTRICT, draft_opinion={"conclusion": "ILLEGAL"})

    with as_(None) as work:
        case = work.get(Case, case_id)
        assert (case.status, case.ending) == (CaseStatus.TERMINATED, "不合法，终止")
        steps = set(work.session.scalars(sa.select(Task.step)))
    assert steps.isdisjoint({"request_agenda", "hold_meeting", "publish"})


@pytest.mark.parametrize("kind", [DOCUMENT, DECISION])
def test_only_towns_and_street_offices_go_the_light_way(
    as_: As, town: Cast, kind: str
) -> None:
    fields = OF_DECISION if kind == DECISION else {}
    with pytest.raises(Invalid) as failure:
        new_case(as_, town, kind, **fields)  # for the government of the city

    sentence = "制定机关与文件类别不一致，请从列表中重新选择。"
    assert failure.value.errors == {"maker": sentence}


def test_a_stranger_does_not_check_the_packet(as_: As, town: Cast) -> None:
    case_id = town_case(as_, town, DOCUMENT)
    bring_to(as_, town, case_id, "office_check", send_packet=PACKET)
    task_id = waiting(as_, case_id, "office_check")

    with as_(town.town_drafter) as work, pytest.raises(Refused):
        complete_task(work, task_id, {"outcome": "RETURN", "reason": "退回。"})


def test_a_code_keeps_its_first_name_in_the_figures(as_: As) -> None:
    with as_(None) as work:
        assert read_roster(work).kinds["ZFGFXWJ"] == "政府规范性文件"
