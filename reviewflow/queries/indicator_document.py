"""Figures as one JSON document: what the command and the API answer."""

from typing import Any

from reviewflow.queries.definitions import Definition, book
from reviewflow.queries.filing_counts import BACKFILLED
from reviewflow.queries.indicators import Figures, Indicators

Document = dict[str, Any]
REVIEWS = "reviews"


def document(answer: Indicators) -> Document:
    """Return the answer with its question, every number with its list of ids."""
    question = answer.question
    return {
        "from": _day(question.from_on),
        "to": _day(question.to_on),
        "as_of": _day(question.as_of),
        "chain": question.chain.value,
        "group": question.group.value if question.group else None,
        "limit": str(question.limit) if question.limit else None,
        "rule_version": answer.rule_version,
        "scope": "all" if answer.sees_all else "visible",
        "counts": answer.total.counts,
        "indicators": _rates(answer.total, answer.rule_version),
        "groups": [
            {
                "key": figures.key,
                "label": figures.label,
                "note": figures.note,
                "counts": figures.counts,
                "indicators": _rates(figures, answer.rule_version),
            }
            for figures in answer.groups
        ],
    }


def _rates(figures: Figures, rule_version: str) -> list[Document]:
    return [
        {
            **_rate(figures, definition, rule_version),
            **_lengths(figures, definition),
            "alternatives": [
                _rate(figures, other, rule_version) for other in definition.alternatives
            ],
        }
        for definition in book().indicators
    ]


def _rate(figures: Figures, definition: Definition, rule_version: str) -> Document:
    rate, tally = figures.rate(definition), figures.tally
    return {
        "id": definition.id,
        "title": definition.title,
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "value": rate.value,
        "reason": rate.reason,
        "numerator_ids": tally.ids(definition.numerator),
        "denominator_ids": tally.ids(definition.denominator),
        "not_due": rate.waiting,
        "not_due_ids": tally.ids(definition.waiting),
        "backfilled_ids": tally.ids_of_both(definition.denominator, BACKFILLED),
        "ids_of": book().ids[definition.of],
        "rule_version": rule_version,
        "definition": definition.definition,
        "source": definition.source,
    }


def _lengths(figures: Figures, definition: Definition) -> Document:
    if definition.of != REVIEWS:
        return {}
    return {
        "average_working_days": figures.mean_working_days,
        "p90_working_days": figures.ninetieth_working_days,
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)
