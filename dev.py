"""The two commands of a fresh clone, with nothing but Python's standard library.

python3 dev.py run [--port N] [--data DIR] [--no-demo]   the program, sample city
python3 dev.py test [what pytest understands]            every test, on all cores
python3 dev.py setup [--test]                            only the environment
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("ReviewFlow needs Python 3.11 or newer, this is " + sys.version.split()[0])

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from requirements.install import (
    BIN,
    PYTHON,
    ROOT,
    apt_install,
    call,
    is_root_on_debian,
    runs,
    set_up,
    stop,
)

REVIEWFLOW = str(BIN / "reviewflow")
HOST = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8000, 8019
START_SECONDS = 60
PATIENCE = 10
ON_EVERY_CORE = ("--numprocesses", "auto", "--dist", "loadfile")
MEMORY = "/dev/shm"  # noqa: S108 - pytest makes a private folder in it
ROOM = 4 * 1024**3
"""Bytes that must be free there, many more than all tests take at one time."""
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def run(port: int | None, data: Path, *, with_demo: bool) -> None:
    """Prepare the data folder, load the sample city if it is empty, and serve."""
    set_up()
    env = {**os.environ, "REVIEWFLOW_DATA_DIR": str(data), "REVIEWFLOW_ENV": "demo"}
    if env.pop("REVIEWFLOW_DATABASE_URL", None):
        print("dev.py uses SQLite; `reviewflow serve` heeds REVIEWFLOW_DATABASE_URL.")
    if with_demo and is_empty(data):
        load_demo(data, env)
    else:
        call(REVIEWFLOW, "init", env=env)
    serve(free_port(port), data / "sign-ins.txt", env)


def serve(port: int, sign_ins: Path, env: dict[str, str]) -> None:
    """Serve until Ctrl+C or SIGTERM; say where, and who may sign in."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    command = [REVIEWFLOW, "serve", "--host", HOST, "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=env) as server:
        try:
            wait_for(port, server)
            if sign_ins.exists():
                print(sign_ins.read_text(encoding="utf-8"))
            print(f"ReviewFlow: http://{HOST}:{port}/   (Ctrl+C ends it)", flush=True)
            sys.exit(server.wait())
        except KeyboardInterrupt:
            pass
        finally:
            server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(PATIENCE)
            server.kill()


def is_empty(data: Path) -> bool:
    """Whether the sample city may be loaded; clears away a loading that broke off."""
    mark = data / "loading"
    if mark.exists():
        if os.name == "posix" and runs("kill", "-0", mark.read_text(encoding="ascii")):
            stop(f"The sample city is being loaded. If it is not, delete {mark}.")
        print("The last start broke off; loading begins again.", flush=True)
        for path in sorted(data.iterdir(), key=lambda path: path == mark):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    if (data / "reviewflow.db").exists():
        return False
    data.mkdir(parents=True, exist_ok=True)
    if any(data.iterdir()):
        stop(f"{data} holds other files. Name an empty folder with --data.")
    return True


def load_demo(data: Path, env: dict[str, str]) -> None:
    """Load the sample city; a mark stays in the folder until it is complete."""
    mark = data / "loading"
    mark.write_text(str(os.getpid()), encoding="ascii")
    print("Loading the sample city …", flush=True)
    call(REVIEWFLOW, "init", env=env)
    command = [REVIEWFLOW, "demo"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE) as demo:
        mark.write_text(str(demo.pid), encoding="ascii")
        sign_ins = demo.communicate()[0]
    if demo.returncode:
        stop("The sample city could not be loaded; the next start begins again.")
    (data / "sign-ins.txt").write_bytes(sign_ins)
    mark.unlink()


def free_port(wanted: int | None) -> int:
    """The wanted port, or else the first free one."""
    ports = [wanted] if wanted else range(FIRST_PORT, LAST_PORT + 1)
    port = next(filter(is_free, ports), None)
    if port is None:
        taken = f"Port {wanted}" if wanted else f"Every port from {FIRST_PORT} on"
        stop(f"{taken} is in use. Name another with --port.")
    return port


def is_free(port: int) -> bool:
    """Whether nobody listens on a port of this machine."""
    with contextlib.suppress(OSError):
        socket.create_connection((HOST, port), timeout=1).close()
        return False
    return True


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; stop if it ended or stays silent."""
    for _ in range(START_SECONDS * 10):
        if server.poll() is not None:
            stop("The server did not start; its own words are above.")
        with contextlib.suppress(OSError):
            socket.create_connection((HOST, port), timeout=1).close()
            return
        time.sleep(0.1)
    stop(f"The server did not answer within {START_SECONDS} s.")


def test(arguments: list[str]) -> None:
    """Run the tests, those in the browser too if there is one."""
    set_up(for_tests=True)
    browser = find_browser()
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    env.pop("CHROMIUM", None)
    if browser:
        env["CHROMIUM"] = browser
    elif os.environ.get("REQUIRE_BROWSER") == "1":
        stop("REQUIRE_BROWSER=1, but no Chromium was found.")
    command = [PYTHON, "-m", "pytest", *(arguments or ON_EVERY_CORE)]
    if has_room(MEMORY):
        env.setdefault("TMPDIR", MEMORY)
    code = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    if not browser:
        print("No Chromium found: browser tests were skipped. CHROMIUM may name one.")
    sys.exit(code)


def has_room(folder: str) -> bool:
    """Whether tests may keep their thousands of databases in that folder in memory.

    On a disk every commit waits until it is written, which no test asks about.
    """
    with contextlib.suppress(OSError):
        is_open = os.access(folder, os.W_OK | os.X_OK)
        return is_open and shutil.disk_usage(folder).free >= ROOM
    return False


def find_browser() -> str | None:
    """The path of a Chromium that starts; root on Debian gets one installed."""
    named = os.environ.get("CHROMIUM")
    if named and not runs(named, "--version"):
        stop(f"CHROMIUM names {named}, which does not start.")
    found = named or first_browser()
    if is_root_on_debian():
        has_fonts = runs("sh", "-c", "fc-list :lang=zh | grep -q .")
        missing = [] if found else ["chromium"]
        missing += [] if has_fonts else ["fontconfig", "fonts-noto-cjk"]
        if missing:
            apt_install(*missing)
    return found or first_browser()


def first_browser() -> str | None:
    """The first of the usual browsers that starts."""
    paths = (shutil.which(name) for name in BROWSERS)
    return next((path for path in paths if path and runs(path, "--version")), None)


def main() -> None:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(description="Run and test ReviewFlow.")
    commands = parser.add_subparsers(dest="command", required=True)
    setup = commands.add_parser("setup", help="make .venv and nothing else")
    setup.add_argument("--test", action="store_true", help="with the test tools")
    start = commands.add_parser("run", help="start the program with the sample city")
    start.add_argument("--port", type=int)
    start.add_argument("--data", type=Path, default=ROOT / "data")
    start.add_argument("--no-demo", action="store_true", help="start with no data")
    commands.add_parser("test", help="run every test; more words go to pytest")
    options, rest = parser.parse_known_args()
    if options.command == "test":
        test(rest)
    if rest:
        parser.error(f"unknown: {' '.join(rest)}")
    if options.command == "setup":
        set_up(for_tests=options.test)
    else:
        run(options.port, options.data.resolve(), with_demo=not options.no_demo)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        stop(f"This could not be done: {error}")
