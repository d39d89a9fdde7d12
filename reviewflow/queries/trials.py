"""How much a trial of another law has to work out one by one, and how much is too much.

What is kept with a duty to file holds under the law as it is. Under another one every
duty of the period is looked at anew, which takes a second for some thirty thousand.
"""

import sqlalchemy as sa

from reviewflow.config import MOST_TRIED
from reviewflow.errors import Invalid
from reviewflow.model.filing import FilingObligation
from reviewflow.queries.filing_facts import wanted_filings
from reviewflow.queries.question import Question
from reviewflow.work import Work


def is_too_long(work: Work, question: Question, most: int = MOST_TRIED) -> bool:
    """It is a trial over more duties to file than somebody waits for."""
    return _tried(work, question) > most


def require_short(work: Work, question: Question, most: int = MOST_TRIED) -> None:
    """Insist that nobody waits long for a trial; other questions are never long.

    Args:
        work: Actor, instant and transaction.
        question: What is asked.
        most: How many duties to file a trial may be over.

    Raises:
        Invalid: It is over more; the sentence says how many, and what to do.
    """
    count = _tried(work, question)
    if count > most:
        raise Invalid(
            {
                "limit": f"试算要逐件重新推算，这个时段有 {count} 件报备，"
                f"超过 {most} 件。请缩短统计时段后再试算，例如一次试算一个季度。"
            }
        )


def _tried(work: Work, question: Question) -> int:
    """Return how many duties are looked at anew; none where nothing is tried."""
    if not question.is_trial:
        return 0
    found = sa.select(sa.func.count(FilingObligation.id))
    return work.session.scalar(found.where(*wanted_filings(question))) or 0
