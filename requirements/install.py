"""Makes `.venv` hold what a lock file names; standard library only."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "requirements"
WHEELS = ROOT / "wheels"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / "python")
STAMP = VENV / "installed.json"


def set_up(*, for_tests: bool = False) -> None:
    """Bring the environment to what the lock files say, if it is not there yet."""
    wanted = {"run": digest("run.txt")}
    if for_tests:
        wanted["test"] = digest("test.txt")
    if wanted.items() <= stamps().items():
        return
    started = time.monotonic()
    print("Preparing .venv; the first time this takes a minute …", flush=True)
    STAMP.unlink(missing_ok=True)
    install = make_environment()
    source = ["--no-index", "--find-links", str(WHEELS)] if WHEELS.is_dir() else []
    lock = str(LOCKS / ("test.txt" if for_tests else "run.txt"))
    call(*install, *source, "--require-hashes", "-r", lock)
    call(*install, "--no-index", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")
    print(f".venv is ready after {time.monotonic() - started:.0f} s.", flush=True)


def digest(lock: str) -> str:
    """What an environment depends on: its libraries, its Python, its place."""
    place = f"{ROOT} {sys.version_info[:2]}".encode()
    files = (LOCKS / lock, ROOT / "pyproject.toml")
    return hashlib.sha256(place + b"".join(f.read_bytes() for f in files)).hexdigest()


def stamps() -> dict[str, str]:
    """What earlier runs finished putting into the environment, by digest."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(found) if runs(PYTHON, "--version") else {}


def make_environment() -> list[str]:
    """Make `.venv` unless it is there and sound; answer with its installer."""
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    by_pip = [*pip, "install", "--quiet"]
    uv = shutil.which("uv")
    by_uv = [uv or "uv", "pip", "install", "--quiet", "--python", PYTHON]
    version = "import sys; sys.exit(sys.version_info[:2] != (%d, %d))"
    if runs(PYTHON, "-c", version % sys.version_info[:2]):
        if runs(str(BIN / "pip"), "--version"):  # a moved folder's scripts do not run
            return by_pip
        if uv:
            return by_uv
    if VENV.exists():
        shutil.rmtree(VENV)
    package = "python%d.%d-venv" % sys.version_info[:2]
    if not importlib.util.find_spec("ensurepip"):
        if is_root_on_debian():
            apt_install(package)
        elif uv:
            call(uv, "venv", "--quiet", "--python", sys.executable, str(VENV))
            return by_uv
        else:
            stop(
                "This Python cannot make environments. On Debian or Ubuntu run "
                f"`sudo apt install {package}`, elsewhere install uv; then start again."
            )
    call(sys.executable, "-m", "venv", str(VENV))
    return by_pip


def is_root_on_debian() -> bool:
    """Whether missing system packages may be installed without asking."""
    return os.name == "posix" and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_install(*packages: str) -> None:
    """Try to install Debian packages; only for root."""
    print(f"Installing {' '.join(packages)} …", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = ("-qq", "-o", "Dpkg::Use-Pty=0")
    install = ("apt-get", "install", "-y", "--no-install-recommends", *quiet, *packages)
    for command in (("apt-get", "update", *quiet), install):
        subprocess.run(command, env=env, check=False)


def runs(*command: str) -> bool:
    """Whether a program is there and ends well."""
    try:
        answer = subprocess.run(command, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def call(*command: str, env: dict[str, str] | None = None) -> None:
    """Run a program in the project's folder; stop if it fails."""
    code = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    if code:
        stop(f"This failed with code {code}: {' '.join(command)}")


def stop(sentence: str) -> NoReturn:
    """Say why it could not be done, and end with the code for that."""
    print(sentence, file=sys.stderr)
    sys.exit(2)
