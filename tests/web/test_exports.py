"""台账文件: a long register is made beside the pages for whoever asked, for a while."""

import io
import shutil
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from reviewflow import clock
from reviewflow.config import Settings
from reviewflow.errors import Unavailable
from reviewflow.job_kinds import KINDS, run_waiting_jobs
from reviewflow.model.export import Export
from reviewflow.model.job import Job
from reviewflow.model.outbox import OutboxMessage
from reviewflow.usecases.exports import clear_exports
from reviewflow.usecases.job_runs import BROKEN, MOST_TRIES, Finish, Tell
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.pages import new_app
from tests.queries.reviews_world import Review, Reviews, enter_reviews
from tests.web.desk import Desk, place

REGISTER, FILES = "/registers/reviews", "/registers/files"
CHOSEN = {"register": "reviews", "columns": "title,net"}
MARCH = {"from": "2026-03-01", "to": "2026-03-31"}
MOST = 5


@pytest.fixture
def world(runtime: Runtime, cast: Cast) -> Reviews:
    return enter_reviews(runtime, cast)


@pytest.fixture
def pages(settings: Settings, world: Reviews) -> Flask:
    """An installation that gives five rows at once."""
    return new_app(replace(settings, most_exported=MOST), world.runtime)


@pytest.fixture
def auditor(pages: Flask) -> Desk:
    return Desk(pages, "auditor")


def ask(desk: Desk, **more: str) -> str:
    """Press 导出 on the page; return where its job is."""
    return place(desk.send(REGISTER, CHOSEN | more, to=FILES))


def address(desk: Desk) -> str:
    """Return where the one file there is can be fetched."""
    (link,) = [one for one in desk.links(FILES) if one.startswith(f"{FILES}/")]
    return link


def titles(content: bytes) -> list[object]:
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [row[0].value for row in page.iter_rows(min_row=2)]


def test_a_long_register_is_made_beside_the_pages(
    pages: Flask, auditor: Desk, runtime: Runtime
) -> None:
    assert "超过 5 行，导出转为后台生成" in auditor.page(REGISTER)
    assert f"{REGISTER}/table.xlsx" not in auditor.links(REGISTER)
    refused = auditor.get(f"{REGISTER}/table.xlsx")
    assert (refused.status_code, "共 11 行" in refused.text) == (422, True)
    assert auditor.content(f"{REGISTER}/table.xlsx?from=2026-05-15")

    job = ask(auditor, **MARCH)
    assert "正在生成台账" in (waiting := auditor.page(job))
    assert "已转为后台生成，完成后通知您。" in waiting
    assert "查看进度" in auditor.page(FILES)
    assert run_waiting_jobs(runtime) == 1

    assert place(auditor.get(job)) == FILES
    until = clock.beijing_date(clock.now()) + timedelta(days=7)
    last = f"{until.year}年{until.month}月{until.day}日"
    sentence = f"“审查台账”已经生成，共 6 行，请在{last}前（含当日）下载。"
    assert sentence in (page := auditor.page(FILES))
    assert "2026年3月1日起，至2026年3月31日" in page
    assert len(titles(auditor.content(address(auditor)))) == 6
    assert f"生成台账：{sentence}" in auditor.page("/")
    assert job in auditor.links("/")
    assert FILES in auditor.links(REGISTER)
    stranger = Desk(pages, "handler")
    assert stranger.status(address(auditor)) == 404
    assert address(auditor) not in stranger.links(FILES)


def test_it_has_what_its_owner_may_see_when_it_is_made(
    pages: Flask, world: Reviews, cast: Cast
) -> None:
    other = Desk(pages, "other.drafter")
    ask(other)
    seen = Review("streets", "06-01", "06-03", title="城管的办法")
    case_id = world.enter(seen)
    with world.runtime.begin(None) as work:
        change = sa.text('UPDATE "case" SET drafter_id = :who WHERE id = :id')
        work.session.execute(change, {"who": cast.other_drafter, "id": case_id})
    run_waiting_jobs(world.runtime)
    assert titles(other.content(address(other))) == ["城管的办法"]


def test_one_is_made_at_a_time_for_each_person(
    pages: Flask, auditor: Desk, runtime: Runtime
) -> None:
    job = ask(auditor)
    assert ask(auditor) == job
    busy = auditor.send(REGISTER, CHOSEN | MARCH, to=FILES)
    assert busy.status_code == 409
    assert "请等它完成后再导出另一份" in busy.text
    assert ask(Desk(pages, "handler")) != job
    assert run_waiting_jobs(runtime) == 2
    assert ask(auditor, **MARCH) != job


def test_others_go_on_working_while_it_is_made(
    auditor: Desk, world: Reviews, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, seen = KINDS["register"], []

    def looked_at(opened: Runtime, job: Job, tell: Tell) -> Finish:
        def tell_and_work(done: int, total: int) -> None:
            tell(done, total)
            world.enter(Review("housing", "06-01"))  # a writing transaction
            seen.append(auditor.page(page))

        return kind.prepare(opened, job, tell_and_work)

    monkeypatch.setitem(KINDS, "register", replace(kind, prepare=looked_at))
    page = ask(auditor)
    assert run_waiting_jobs(world.runtime) == 1
    assert ["各行都已写入，正在压缩文件" in one for one in seen] == [True]
    assert len(titles(auditor.content(address(auditor)))) == 11


def test_what_could_not_be_made_is_told_and_can_be_asked_again(
    auditor: Desk, runtime: Runtime
) -> None:
    aside = runtime.files.root / "tmp"
    shutil.rmtree(aside)
    job = ask(auditor, **MARCH)
    for _ in range(MOST_TRIES + 1):
        run_waiting_jobs(runtime)
    assert place(auditor.get(job)) == FILES
    assert BROKEN in (page := auditor.page(FILES))
    assert f"生成台账：{BROKEN}" in auditor.page("/")

    aside.mkdir()
    assert "重新生成" in page
    again = {"register": "reviews", "columns": "title,net", **MARCH}
    auditor.send(FILES, again)
    assert run_waiting_jobs(runtime) == 1
    assert len(titles(auditor.content(address(auditor)))) == 6


def test_files_are_done_away_with_when_their_days_are_over(
    auditor: Desk, runtime: Runtime, cast: Cast
) -> None:
    ask(auditor)
    made = runtime.files.made
    (made.folder / "999-1").write_bytes(b"of no job")
    (made.folder / "readme").write_bytes(b"not ours")
    with runtime.read(None) as work:
        opened = work.session.scalars(sa.select(Job.id)).one()
    (made.folder / f"{opened}-0").write_bytes(b"of a job that runs")
    assert clear_exports(runtime) == 1
    run_waiting_jobs(runtime)
    assert clear_exports(runtime) == 1
    assert made.names() == {f"{opened}-1", "readme"}

    link, last = address(auditor), clock.now() + timedelta(days=7)
    assert clear_exports(runtime, last) == 0
    with runtime.begin(cast.auditor) as work:
        row = work.session.scalars(sa.select(Export)).one()
        row.kept_until = work.today - timedelta(days=1)
    assert "已过保存期" in auditor.page(FILES)
    assert "已过保存期" in auditor.get(link).text
    assert clear_exports(runtime) == 1
    assert made.names() == {"readme"}
    assert auditor.status(link) == 404
    assert "已过保存期" not in auditor.page(FILES)


def test_a_notice_is_about_one_thing(runtime: Runtime, cast: Cast) -> None:
    told = {"template": "x", "text": "x", "dedupe_key": "x", "created_at": clock.now()}
    about_nothing = OutboxMessage(user_id=cast.auditor, **told)
    with pytest.raises(sa.exc.IntegrityError), runtime.begin(None) as work:
        work.session.add(about_nothing)


@pytest.mark.parametrize("name", ["REVIEWFLOW_EXPORT_ROWS", "REVIEWFLOW_EXPORT_DAYS"])
def test_what_is_set_has_to_be_a_number(settings: Settings, name: str) -> None:
    known = {
        "REVIEWFLOW_DATA_DIR": str(settings.data_dir),
        "REVIEWFLOW_SECRET_KEY": "k",
    }
    given = Settings.from_environ({**known, name: "12"})
    assert 12 in (given.most_exported, given.days_kept)
    for wrong in ("0", "-1", "七", "²", "1e9", "99999999"):
        with pytest.raises(Unavailable, match=f"{name} 应是 1 至"):
            Settings.from_environ({**known, name: wrong})
