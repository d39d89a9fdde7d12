"""Clean-ups and post-assessments of what the units of the world have published."""

from reviewflow.model.cleanup import Cleanup
from reviewflow.usecases.cleanups import (
    answer_item,
    confirm_item,
    items_of,
    publish_cleanup,
    start_cleanup,
)
from reviewflow.usecases.post_assessments import plan_assessment
from reviewflow.work import Work
from tests.cast import Cast
from tests.conftest import As

REASONED = "金丝雀丁"
"""A word that stands in what units and office argue; never on a public page."""
DRAFTERS = {"housing": "drafter", "streets": "other_drafter"}


def look_after(as_: As, cast: Cast, unit_id: int) -> dict[str, int]:
    """Return a clean-up and a post-assessment of what a unit has drafted."""
    with as_(cast.review_intake) as work:
        cleanup = _begun(work, cast)
        items = items_of(work, cleanup)
        (item,) = (one for one in items if one.unit_id == unit_id)
        planned = {
            "number": item.document.publication.doc_number,
            "year": str(work.today.year),
            "reason": "涉及面广",
            "due_on": str(work.today),
        }
        return {
            "cleanup_id": cleanup.id,
            "cleanup_item_id": item.id,
            "assessment_id": plan_assessment(work, planned).id,
        }


def publish_result(as_: As, cast: Cast) -> None:
    """Publish the result of a clean-up in which everybody has given reasons."""
    with as_(cast.review_intake) as work:
        cleanup = _begun(work, cast)
        items = {one.unit_id: one.id for one in items_of(work, cleanup)}
        cleanup_id = cleanup.id
    for unit, who in DRAFTERS.items():
        item_id = items[cast.units[unit]]
        with as_(cast.people[who]) as work:
            answer_item(work, item_id, "KEEP", REASONED)
        with as_(cast.review_intake) as work:
            confirm_item(work, item_id, "AMEND", REASONED)
    with as_(cast.review_intake) as work:
        said = {"channel": "门户网站", "decision": "市政府常务会议"}
        publish_cleanup(work, cleanup_id, {**said, "published_on": str(work.today)})


def _begun(work: Work, cast: Cast) -> Cleanup:
    typed = {
        "organ_id": str(cast.units["city"]),
        "title": "清理",
        "basis": "通知",
        "reference_on": str(work.today),
        "due_on": str(work.today),
    }
    return start_cleanup(work, typed)
