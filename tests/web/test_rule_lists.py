"""The page of the yearly list of rules: owed, late, sent, received."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask

from tests.cast import Cast
from tests.conftest import As
from tests.papers import at
from tests.rules import ORDER, bring_rule_to, settle_above
from tests.web.desk import Desk, file
from tests.web.program import Programs, body, fields

PAGE = "/rule-lists"


@pytest.fixture(autouse=True)
def february(as_: As, cast: Cast) -> Iterator[None]:
    """Let it be the day after the last; the city made a rule the year before."""
    bring_rule_to(as_, settle_above(as_, cast), "archive_file")
    with time_machine.travel(at(date(2027, 2, 1)), tick=False):
        yield


def test_what_is_late_says_so_until_it_is_sent(app: Flask, cast: Cast) -> None:
    filer, drafter = Desk(app, "filer"), Desk(app, "drafter")
    assert PAGE in filer.links("/library")
    assert "2026年规章目录逾期未报送" in filer.page("/filings")
    assert "规章目录" not in drafter.page("/filings")
    assert "逾期未报送：市政府" in drafter.page(PAGE)
    assert "不顺延" in drafter.page(PAGE)

    sent = {"organ_id": str(cast.units["city"]), "year": "2026", "receiver": "司法部"}
    wrong = filer.send(PAGE, {**sent, "sent_on": "明天"})
    assert wrong.status_code == 422
    assert "司法部" in wrong.text
    assert filer.send(PAGE, {**sent, "sent_on": "2027-02-01"}).status_code == 303
    page = filer.page(PAGE)
    assert "逾期报送" in page
    assert ORDER in page
    (receipt,) = [link for link in filer.links(PAGE) if link.endswith("/receipt")]
    empty = filer.send(PAGE, {"received_on": ""}, receipt)
    assert empty.status_code == 422
    assert "请上传回执" in empty.text
    said = {"received_on": "2027-02-01", "receipt": file("回执.docx")}
    assert filer.send(PAGE, said, receipt).status_code == 303
    assert drafter.status(receipt) == 200
    assert drafter.status(f"{PAGE}/units/{cast.units['city']}.xlsx?year=2026") == 200


def test_programs_send_it_too(programs: Programs, cast: Cast) -> None:
    program = programs(cast.filer)
    (owed,) = body(program.get(PAGE))["items"]
    assert (owed["state"], owed["rules"][0]["doc_number"]) == ("LATE", ORDER)
    sent = {"organ_id": cast.units["city"], "year": 2026, "receiver": "司法部"}
    late = {**sent, "sent_on": "2027-02-02"}
    assert fields(program.post(PAGE, late)).keys() == {"sent_on"}
    row = body(program.post(PAGE, {**sent, "sent_on": "2027-02-01"}), 201)
    assert row["is_late"]
    place = f"{PAGE}/{row['id']}/receipt"
    kept = program.send(place, received_on="2027-02-01", receipt=file("回执.docx"))
    assert body(kept)["received_on"] == "2027-02-01"
