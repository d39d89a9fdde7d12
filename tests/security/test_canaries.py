"""A word in everything a unit writes: others never read it, its own people do."""

import hashlib
import re

import pytest
import sqlalchemy as sa
from flask import Flask

from reviewflow.work import Runtime
from tests.security.aftercare import REASONED
from tests.security.conftest import SignIn
from tests.security.crawler import crawl, read_lists
from tests.security.world import KEPT, SEEN, TITLES, World

MAY_CHANGE = {"session", "audit_record", "login_attempt"}
BOTH = {"housing", "streets"}
DRAFTS = "/public/consultations"
"""Where everybody reads a draft whole."""
OPEN = ("/public/", "/library", "/cleanups", "/post-assessments", "/items/14")
PUBLISHED = (*OPEN, *(f"/api/v1{place}" for place in OPEN))
"""Where everybody reads the title of what a unit has published, and no more of it."""
REASONS = ("/cleanups", "/api/v1/cleanups")
"""Where officials, but nobody else, read the reasons for what became of a document."""
SIGHTS: dict[str, tuple[set[str], int]] = {
    # who: whose words are read (the others' never), how many addresses at least
    "drafter": ({"housing"}, 60),
    "other_drafter": ({"streets"}, 40),
    "department_filer": ({"housing"}, 20),
    "handler": (BOTH, 60),  # has reviewed for the one and files for both
    "auditor": (BOTH, 60),
    "admin": (set(), 15),
}


@pytest.mark.parametrize("who", SIGHTS)
def test_everybody_reads_what_is_theirs_and_changes_nothing(
    signed_in: SignIn, world: World, world_runtime: Runtime, who: str
) -> None:
    own, least = SIGHTS[who]
    client = signed_in(who)
    before = tables(world_runtime)

    found = crawl(client) | read_lists(client, world.tokens[who])

    assert tables(world_runtime) == before
    assert len(found) >= least
    assert [a for a, text in found.items() if "系统出现问题" in text] == []
    for unit in BOTH - own:
        assert [a for a, text in found.items() if betrays(a, text, unit)] == []
    reasoned = [a for a, text in found.items() if REASONED in text]
    assert reasoned
    assert any(KEPT in text for text in found.values()) == (who == "auditor")
    assert [a for a in reasoned if not a.startswith(REASONS)] == []
    for unit in own:
        read = [a for a, text in found.items() if SEEN[unit] in text]
        assert [a for a in read if a.startswith("/api/v1/cases")]
        assert [a for a in read if re.fullmatch(r"/cases/\d+/materials/.+", a)]


def test_nobody_signed_in_reads_nothing(world_app: Flask) -> None:
    found = crawl(world_app.test_client())
    assert [a for a in found if re.fullmatch(r"/public/cleanups/\d+", a)]
    assert [a for a in found if re.fullmatch(r"/public/cleanups/\d+/table.xlsx", a)]
    for unit in BOTH:
        assert [a for a, text in found.items() if betrays(a, text, unit)] == []
    assert [a for a, text in found.items() if REASONED in text] == []


def betrays(address: str, text: str, unit: str) -> bool:
    """What is read there holds more of a unit's words than everybody may read."""
    if address.startswith(DRAFTS):
        return False
    if address.startswith(PUBLISHED):
        text = text.replace(TITLES[unit], "")
    return SEEN[unit] in text


def tables(runtime: Runtime) -> dict[str, str]:
    """Return a digest of every table but those that note who read."""
    with runtime.engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        return {
            name: hashlib.sha256(
                repr(
                    connection.execute(sa.select("*").select_from(sa.table(name))).all()
                ).encode()
            ).hexdigest()
            for name in names
            if name not in MAY_CHANGE
        }
