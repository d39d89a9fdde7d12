"""What looks for letters in a case, in the order the case lists them."""

from collections.abc import Callable, Iterator, Mapping

from reviewflow.letters.adoption_fields import adoption_occasions
from reviewflow.letters.advice_fields import advice_occasions
from reviewflow.letters.assessment_fields import assessment_occasions
from reviewflow.letters.competition_fields import competition_occasions
from reviewflow.letters.correction_report_fields import correction_report_occasions
from reviewflow.letters.drafting_fields import agenda_occasions, drafting_occasions
from reviewflow.letters.drafting_note_fields import drafting_note_occasions
from reviewflow.letters.ending_fields import ending_occasions
from reviewflow.letters.erratum_fields import erratum_occasions
from reviewflow.letters.filing_fields import filing_occasions
from reviewflow.letters.filing_review_fields import filing_review_occasions
from reviewflow.letters.government_order_fields import order_occasions
from reviewflow.letters.hearing_fields import hearing_occasions
from reviewflow.letters.hearing_record_fields import hearing_record_occasions
from reviewflow.letters.intake_fields import intake_occasions
from reviewflow.letters.internal_opinion_fields import internal_opinion_occasions
from reviewflow.letters.interpretation_fields import interpretation_occasions
from reviewflow.letters.issuing_fields import issuing_occasions
from reviewflow.letters.meeting_fields import meeting_occasions
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.register_form_fields import register_form_occasions
from reviewflow.letters.review_fields import review_occasions
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case
from reviewflow.work import Work

GATHER: Mapping[Callable[[Work, Case], Iterator[Occasion]], tuple[str, ...]] = {
    drafting_occasions: ("consultation_notice", "submission_letter"),
    hearing_occasions: ("hearing_notice", "hearing_report"),
    hearing_record_occasions: ("hearing_record",),
    assessment_occasions: ("expert_report", "risk_report"),
    competition_occasions: ("competition_conclusion",),
    drafting_note_occasions: ("drafting_note",),
    internal_opinion_occasions: ("internal_opinion",),
    intake_occasions: (
        "acceptance_notice",
        "supplement_notice",
        "case_return_notice",
        "extension_notice",
    ),
    review_occasions: ("review_opinion",),
    advice_occasions: ("legal_advice",),
    adoption_occasions: ("adoption_feedback",),
    agenda_occasions: ("agenda_request",),
    meeting_occasions: ("meeting_minutes",),
    issuing_occasions: ("issuing_notice",),
    order_occasions: ("government_order",),
    interpretation_occasions: ("interpretation",),
    filing_occasions: (
        "filing_report",
        "correction_notice",
        "return_notice",
        "registration_notice",
    ),
    register_form_occasions: ("register_form",),
    filing_review_occasions: ("filing_objection",),
    correction_report_occasions: ("correction_report",),
    ending_occasions: ("ending_notice",),
    erratum_occasions: ("erratum_notice",),
}
"""Each with the sorts of letters it may find."""


def all_occasions(work: Work, case: Case, files: frozenset[str]) -> Iterator[Occasion]:
    """Return what calls for letters; what the kind has no wording for is not sought.

    Args:
        work: Who asks.
        case: Whose letters.
        files: The names of the wordings its kind has.
    """
    for gather, sorts in GATHER.items():
        if any(SORTS[sort].file in files for sort in sorts):
            found = gather(work, case)
            yield from (one for one in found if one.sort.file in files)
