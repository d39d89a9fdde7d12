import sqlalchemy as sa

from reviewflow.integrity.verify import verify
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.filing import Chain, FilingObligation
from tests.cast import Cast
from tests.conftest import As
from tests.steps import bring_to, new_case, open_steps


def test_a_document_goes_from_drafting_to_registered_filings(
    as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)

    bring_to(as_, cast, case_id, "never")

    with as_(None) as work:
        case = work.get(Case, case_id)
        assert (case.status, case.ending) == (CaseStatus.FINISHED, "已公布并归档")
        assert case.conclusion == "LEGAL"
        duties = work.session.scalars(
            sa.select(FilingObligation).order_by(FilingObligation.chain)
        ).all()
        assert [(d.chain, d.authority.name) for d in duties] == [
            (Chain.GOV, "安徽省人民政府"),
            (Chain.NPC, "六安市人民代表大会常务委员会"),
        ]
        filings = [d.case_id for d in duties]
    for filing in filings:
        bring_to(as_, cast, filing, "never")
        assert open_steps(as_, filing) == []
    with as_(None) as work:
        assert verify(work) == []
