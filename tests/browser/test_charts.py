"""Charts, the big screen and registers as they are seen, with script and without."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from reviewflow.work import Runtime
from tests.browser.official import DESK, PHONE, Official, photograph
from tests.cast import Cast
from tests.queries.reviews_world import Reviews, enter_reviews

ASKED = "from=2026-01-01&to=2026-11-23&as_of=2026-11-23"
PAGES = {
    "审查分析": f"/statistics/reviews?{ASKED}",
    "审查分析清单": f"/statistics/reviews/list?{ASKED}&of=late",
    "大屏": "/screen?still=1",
    "台账": "/registers/reviews",
    "空台账": "/registers/hearings",
}
WALL = {"width": 1920, "height": 1080}


@pytest.fixture
def world(runtime: Runtime, cast: Cast) -> Reviews:
    return enter_reviews(runtime, cast)


@pytest.fixture
def auditor(browser: Browser, address: str, world: Reviews, shots: Path) -> Official:
    assert world.ids
    return Official(browser, address, "监督员", shots)


def test_nothing_keeps_anybody_from_reading_them(
    auditor: Official, address: str
) -> None:
    page = auditor.page
    for name, path in PAGES.items():
        for size in (DESK, PHONE, *([WALL] if name == "大屏" else [])):
            page.set_viewport_size(size)  # type: ignore[arg-type] # two numbers
            page.goto(address + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size["width"], (name, size)
            found = Axe().run(page).response["violations"]
            assert [one["id"] for one in found] == [], (name, size)
            photograph(page, auditor.shots / f"{name}-{size['width']}.png")
    assert auditor.wrong == []


def test_charts_are_drawn_with_script_and_without(
    auditor: Official, browser: Browser, address: str
) -> None:
    page = auditor.page
    page.goto(address + PAGES["审查分析"])
    expect(page.locator(".plot.is-drawn .drawn svg")).to_have_count(4)
    expect(page.locator(".plot.trend > .drawing")).to_be_hidden()
    assert auditor.wrong == []

    state = page.context.storage_state()
    plain = browser.new_context(java_script_enabled=False, storage_state=state)
    bare = plain.new_page()
    bare.goto(address + PAGES["审查分析"])
    expect(bare.locator(".plot.trend > .drawing")).to_be_visible()
    bare.locator("#trend summary").click()
    expect(bare.locator("#trend table")).to_be_visible()
    plain.close()
