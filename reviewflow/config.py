"""What can be set from outside; the one place that reads the environment."""

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewflow.errors import Unavailable, cause_of
from reviewflow.signing import read_seed

MODES = ("demo", "production")
SHORTEST_SECRET = 32
LARGEST = 1_000_000
MOST_EXPORTED, DAYS_KEPT, MOST_TRIED = 50_000, 7, 200_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one installation, read once when a program starts."""

    data_dir: Path
    database_url: str
    secret_key: str
    env: str
    profile: str = "等保三级"
    proxy: str = ""
    """Address of the web server in front, whose word for a caller's is taken."""
    signing_key: str = ""
    """What bulletins are signed with; kept in the data folder if it is not given."""
    most_exported: int = MOST_EXPORTED
    """Rows of a register that are given at once; more are made beside the pages."""
    most_tried: int = MOST_TRIED
    """Filings over which a page works out a trial: some six seconds."""
    days_kept: int = DAYS_KEPT
    """How many days after its making a file made beside the pages can be fetched."""

    @property
    def is_demo(self) -> bool:
        """Sample people may sign in with one click, and every page says so."""
        return self.env == "demo"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read `REVIEWFLOW_*`; make the data folder and a key where allowed.

        Raises:
            Unavailable: A setting is missing or wrong; the sentence says which.
        """
        env = environ.get("REVIEWFLOW_ENV", "demo")
        if env not in MODES:
            raise Unavailable(
                f"REVIEWFLOW_ENV 只能是 demo 或 production，现为“{env}”。"
            )
        data_dir = Path(environ.get("REVIEWFLOW_DATA_DIR", "data")).resolve()
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(
                f"不能建立数据目录 {data_dir}：{cause_of(error)}。"
            ) from error
        default_url = f"sqlite:///{data_dir / 'reviewflow.db'}"
        return cls(
            data_dir=data_dir,
            database_url=environ.get("REVIEWFLOW_DATABASE_URL", default_url),
            secret_key=environ.get("REVIEWFLOW_SECRET_KEY") or _kept_key(data_dir, env),
            env=env,
            profile=environ.get("REVIEWFLOW_PROFILE", "等保三级"),
            proxy=_address(environ.get("REVIEWFLOW_PROXY", "")),
            signing_key=_seed(environ.get("REVIEWFLOW_SIGNING_KEY", "")),
            most_exported=_number(environ, "REVIEWFLOW_EXPORT_ROWS", MOST_EXPORTED),
            most_tried=_number(environ, "REVIEWFLOW_TRIAL_FILINGS", MOST_TRIED),
            days_kept=_number(environ, "REVIEWFLOW_EXPORT_DAYS", DAYS_KEPT),
        )


def _seed(said: str) -> str:
    if said:
        read_seed(said)
    return said


def _number(environ: Mapping[str, str], name: str, usual: int) -> int:
    said = environ.get(name) or str(usual)
    if not (said.isascii() and said.isdigit() and 0 < int(said) <= LARGEST):
        raise Unavailable(f"{name} 应是 1 至 {LARGEST} 的整数，现为“{said}”。")
    return int(said)


def _address(said: str) -> str:
    try:
        return str(ipaddress.ip_address(said)) if said else ""
    except ValueError as error:
        raise Unavailable(
            f"REVIEWFLOW_PROXY 应是前置网页服务器的 IP 地址，现为“{said}”。"
        ) from error


def _kept_key(data_dir: Path, env: str) -> str:
    if env == "production":
        raise Unavailable(
            "正式环境必须设置 REVIEWFLOW_SECRET_KEY（不少于 32 个随机字符）。"
        )
    path = data_dir / "secret.key"
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(SHORTEST_SECRET))
    except FileExistsError:
        pass
    except OSError as error:
        raise Unavailable(f"不能写入 {path}：{cause_of(error)}。") from error
    return path.read_text(encoding="ascii")
