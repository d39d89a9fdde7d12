"""A submission is in order at once, or not."""

from reviewflow.queries.definitions import book
from reviewflow.queries.rates import Tally, rate
from reviewflow.queries.review_counts import SubmissionFact, submission_names
from tests.queries.oracle import AS_OF


def test_a_submission_accepted_first_is_in_order_at_once() -> None:
    facts = [
        SubmissionFact(n, 1, "", AS_OF, kind)
        for n, kind in enumerate(
            ["case.accepted", "case.supplement_requested", "case.returned"]
        )
    ]
    tally: Tally[SubmissionFact] = Tally()
    for fact in facts:
        tally.add(submission_names(fact), fact)

    definition = book().rate("I-18")
    assert definition is not None
    assert rate(definition, tally).value == "33.33"
    assert tally.ids("submissions_again") == [1, 2]
