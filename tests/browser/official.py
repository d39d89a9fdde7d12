"""An official at the screen: finds things by links, labels and buttons only."""

import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser, Error, FilePayload, Page, expect

from tests.steps import word_file

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 780}
NUMBERS = count(1)
PATIENCE, MOMENT = 30_000, 500  # milliseconds
TRIES = 3


def photograph(page: Page, path: Path) -> None:
    """Keep a picture; right after a change of size the browser may need a moment."""
    for left in reversed(range(TRIES)):
        try:
            page.screenshot(path=path)
        except Error:
            if not left:
                raise
            page.wait_for_timeout(MOMENT)
        else:
            return


class Official:
    """Somebody with a browser of their own."""

    def __init__(self, browser: Browser, address: str, name: str, shots: Path) -> None:
        """Open the browser and sign in with one click, as in a demo."""
        self.name = name
        self.shots = shots
        self.wrong: list[str] = []
        self.page = self._open(browser)
        self.page.goto(f"{address}/signin")
        self.page.get_by_role("button", name=re.compile(f"^{name}")).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("工作台")

    def take(self, title: str, step: str, note: str = "") -> None:
        """Go to 待办 and open the task of a matter; a note tells alike rows apart."""
        page = self.page
        page.get_by_role("navigation").get_by_role("link", name="待办").first.click()
        row = page.get_by_role("row").filter(has_text=title).filter(has_text=step)
        row = row.filter(has_text=note)
        row.get_by_role("link", name=title, exact=True).click()
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        self.look(step)

    def answer(self, said: Mapping[str, str], files: tuple[str, ...] = ()) -> None:
        """Fill the form by its labels; choose a file where one is asked for."""
        for label, value in said.items():
            self._say(label, value)
        for label in files:
            upload = FilePayload(
                name=f"{label}.docx",
                mimeType="application/octet-stream",
                buffer=word_file(label),
            )
            field = self.page.get_by_label(re.compile(f"^{label}(（选填）)?$"))
            chooser = field.and_(self.page.locator("input[type=file]"))
            chooser.set_input_files(upload)

    def press(self, button: str) -> None:
        """Press the one primary button, named by its act."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()
        assert self.page.locator(".error-summary").all_inner_texts() == []

    def look(self, what: str) -> None:
        """Keep a picture of the page at a desk and on a phone."""
        name = f"{next(NUMBERS):03d}-{self.name}-{what}"
        for size, sort in ((DESK, "1366"), (PHONE, "360")):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            photograph(self.page, self.shots / f"{name}-{sort}.png")
            width = self.page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], f"{name} scrolls sideways at {sort}"
        self.page.set_viewport_size(DESK)  # type: ignore[arg-type]

    def leave(self) -> None:
        """Close the browser; nothing may have gone wrong in it meanwhile."""
        self.page.context.close()
        assert self.wrong == []

    def _say(self, label: str, value: str) -> None:
        page = self.page
        group = page.get_by_role("group", name=re.compile(f"^{label}(（选填）)?"))
        field = page.get_by_label(re.compile(f"^{label}(（选填）)?$")).first
        group.or_(field).first.wait_for()  # the page may still be on its way
        if group.count():
            group.first.get_by_label(value, exact=True).check()
            return
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)

    def _open(self, browser: Browser) -> Page:
        context = browser.new_context(viewport=DESK, locale="zh-CN")  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on(
            "console",
            lambda said: self.wrong.append(said.text) if said.type == "error" else None,
        )
        return page
