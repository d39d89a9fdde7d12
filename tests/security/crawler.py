"""Somebody who follows every link, and reads everything that comes."""

import io
import re
import zipfile
from collections import Counter, deque
from html import unescape
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.wrappers import Response

LINK = re.compile(r'\s(?:href|src|action|data-[a-z-]*url|data-diagram)="([^"]+)"')
ENOUGH = 600
VARIANTS = 4
"""How many questions are tried behind the same address."""

API_LISTS = (
    *("cases", "tasks", "tasks?scope=group", "tasks?scope=done", "filings"),
    *("library", "cleanups", "catalogues", "post-assessments", "rule-lists"),
    *("meetings", "meetings/waiting", "counsels", "reconciliations"),
    *("bulletins", "items"),
)
API_PARTS = ("", "/events", "/deadlines", "/hearing", "/deliberation", "/bases")


def crawl(client: FlaskClient) -> dict[str, str]:
    """Return the text of every page and file that links lead to, from the start."""
    found: dict[str, str] = {}
    tried: Counter[str] = Counter()
    waiting = deque(["/"])
    while waiting and len(found) < ENOUGH:
        address = waiting.popleft()
        path = urlsplit(address).path
        if address in found or tried[path] == VARIANTS:
            continue
        tried[path] += 1
        with client.get(address) as answer:
            found[address] = said(answer)
            here = answer.headers.get("Location", "")
        for link in [here, *LINK.findall(found[address])]:
            waiting.extend(_own(address, unescape(link)))
    return found


def read_lists(client: FlaskClient, bearer: str) -> dict[str, str]:
    """Return what the lists of the API give, part by part, and what hangs on them."""
    found: dict[str, str] = {}
    waiting = deque(f"/api/v1/{name}" for name in API_LISTS)
    waiting.extend(["/api/v1/me", "/api/v1/indicators?group=unit"])
    waiting.append("/api/v1/reports/2026")
    headers = {"Authorization": f"Bearer {bearer}"}
    while waiting:
        address = waiting.popleft()
        with client.get(address, headers=headers) as answer:
            found[address] = said(answer)
            body = answer.get_json(silent=True) if answer.status_code == 200 else None
        listed = isinstance(body, dict) and urlsplit(address).path.count("/") == 3
        if isinstance(body, dict) and listed and "items" in body:
            waiting.extend([body["next"]] if body["next"] else [])
            waiting.extend(_parts(urlsplit(address).path, body["items"]))
    return found


def said(answer: Response) -> str:
    """Return everything an answer says: its text, its headers, a file's parts."""
    content = answer.get_data()
    texts = [str(answer.headers), content.decode(errors="replace")]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts += [
                archive.read(name).decode(errors="replace")
                for name in archive.namelist()
            ]
    return "\n".join(texts)


def _own(base: str, link: str) -> list[str]:
    whole = urlsplit(urljoin(f"http://localhost{base}", link))
    if whole.netloc != "localhost" or whole.path.startswith("/static/"):
        return []
    return [whole.path + (f"?{whole.query}" if whole.query else "")]


def _parts(path: str, items: list[dict[str, int]]) -> list[str]:
    if path.endswith("/cases"):
        return [f"{path}/{item['id']}{part}" for item in items for part in API_PARTS]
    return [f"{path}/{item['id']}" for item in items]
