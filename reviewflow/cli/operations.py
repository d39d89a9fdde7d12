"""init, serve, worker, demo, health: an installation set up and run."""

import argparse
import logging
import socket
import threading
from datetime import date
from importlib import import_module
from typing import Any

import waitress

from reviewflow import clock, demo, runtime
from reviewflow.channels import InsideChannel
from reviewflow.cli.saying import Commands, add_json, print_json, say
from reviewflow.config import Settings
from reviewflow.errors import Unavailable
from reviewflow.integrity.health import health, is_ready
from reviewflow.job_kinds import run_waiting_jobs
from reviewflow.usecases.delivery import deliver_outbox
from reviewflow.usecases.deployment import deployed_kinds
from reviewflow.usecases.exports import clear_exports
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.work import Runtime

log = logging.getLogger(__name__)

PORTS = range(1, 65536)
TICK_SECONDS = 5


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    init = commands.add_parser("init", help="建立或升级数据库、文件存储，部署随附流程")
    init.set_defaults(run=run_init)

    sample = commands.add_parser("demo", help="在空库中装入示例城市")
    sample.add_argument("--as-of", type=date.fromisoformat, default=None)
    sample.add_argument("--cases", type=int, default=None, help="在办事项的件数")
    sample.set_defaults(run=run_demo)

    serve = commands.add_parser("serve", help="启动网页和接口")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=8, help="线程数")
    serve.set_defaults(run=run_serve)

    worker = commands.add_parser("worker", help="处理到期提醒和消息")
    worker.add_argument("--drain", action="store_true", help="处理完即结束")
    worker.set_defaults(run=run_worker)

    check = commands.add_parser("health", help="检查系统是否正常")
    add_json(check)
    check.set_defaults(run=run_health)


def run_init(_chosen: argparse.Namespace) -> int:
    """Create or upgrade everything; repeatable."""
    ready = runtime.prepare(Settings.from_environ())
    with ready.read(None) as work:
        for kind in deployed_kinds(work):
            say(f"流程“{kind.title}”第 {kind.number} 版已就绪。")
    return 0


def run_demo(chosen: argparse.Namespace) -> int:
    """Load the sample city into an empty database."""
    ready = runtime.open_runtime(Settings.from_environ())
    as_of = chosen.as_of or clock.beijing_date(clock.now())
    for line in demo.load_sample_city(ready, as_of, chosen.cases, say):
        print(line)
    return 0


def run_serve(chosen: argparse.Namespace) -> int:
    """Serve pages and API; background work runs beside them.

    Raises:
        Unavailable: The address is taken, or is none.
    """
    wsgi = import_module("web.wsgi")
    listening = _listen(chosen.host, chosen.port)
    threading.Thread(target=_work_on, args=[wsgi.runtime], daemon=True).start()
    say(f"已启动：http://{chosen.host}:{chosen.port}/")
    waitress.serve(
        wsgi.application,
        sockets=[listening],
        threads=chosen.workers,
        ident=None,
        **trusted(wsgi.settings),
    )
    return 0


def _listen(host: str, port: int) -> socket.socket:
    cause = None
    try:
        if port in PORTS:
            return socket.create_server((host, port))
    except OSError as error:
        cause = error
    sentence = f"无法在 {host}:{port} 启动，请换一个地址或者端口。"
    raise Unavailable(sentence) from cause


def trusted(settings: Settings) -> dict[str, Any]:
    """Return whose word the server takes for where a request comes from.

    Behind a web server every caller would have that server's address, and all
    strangers of a city would share one hour's measure.
    """
    if not settings.proxy:
        return {}
    said_by = {"trusted_proxy": settings.proxy}
    return {**said_by, "trusted_proxy_headers": "x-forwarded-for"}


def run_worker(chosen: argparse.Namespace) -> int:
    """Work off what is due, once or for ever."""
    ready = runtime.open_runtime(Settings.from_environ())
    if not chosen.drain:
        _work_on(ready)
    fired, sent, jobs = _tick(ready)
    say(f"已处理到期事项 {fired} 件，送出消息 {sent} 条，完成后台工作 {jobs} 项。")
    return 0


def run_health(chosen: argparse.Namespace) -> int:
    """Say what is right and what is not."""
    checks = health(runtime.open_runtime(Settings.from_environ(), prepared=False))
    if chosen.json:
        rows = [
            {"name": c.name, "right": c.is_right, "sentence": c.sentence}
            for c in checks
        ]
        print_json({"ready": is_ready(checks), "checks": rows})
    else:
        for row in checks:
            say(f"{'正常' if row.is_right else '异常'}　{row.name}：{row.sentence}")
    return 0 if is_ready(checks) else 1


def _tick(ready: Runtime) -> tuple[int, int, int]:
    fired, sent = fire_due_timers(ready), deliver_outbox(ready, InsideChannel())
    clear_exports(ready)
    return fired, sent, run_waiting_jobs(ready)


def _work_on(ready: Runtime) -> None:
    while True:
        ready.bell.clear()
        try_tick(ready)
        ready.bell.wait(TICK_SECONDS)


def try_tick(ready: Runtime) -> bool:
    """Work off what is due; what goes wrong is logged, and the next round comes.

    A loop that ended would leave every reminder and every job lying.
    """
    try:
        _tick(ready)
    except Exception:  # a full disk, a busy database: they pass
        log.exception("background work failed")
        return False
    return True
