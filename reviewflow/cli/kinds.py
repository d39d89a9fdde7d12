"""deploy and walk: process kinds checked, tried and put to use."""

import argparse
from pathlib import Path

from reviewflow import runtime
from reviewflow.cli.saying import Commands, add_json, print_json, say
from reviewflow.config import Settings
from reviewflow.engine.walks import WalkResult, play
from reviewflow.errors import Invalid
from reviewflow.kinds.findings import Finding
from reviewflow.kinds.gathering import gather
from reviewflow.kinds.shelf import read_files
from reviewflow.law.lawbook import load_law
from reviewflow.usecases.deployment import check, deploy, pack


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    put = commands.add_parser("deploy", help="检查并部署流程文件夹")
    put.add_argument("folder", type=Path)
    put.add_argument("--check", action="store_true", help="只检查，不部署")
    add_json(put)
    put.set_defaults(run=run_deploy)

    walk = commands.add_parser("walk", help="试走流程的全部路径")
    walk.add_argument("folder", type=Path)
    add_json(walk)
    walk.set_defaults(run=run_walk)


def run_deploy(chosen: argparse.Namespace) -> int:
    """Check one kind, or every kind below a folder; deploy if not only checking."""
    law, found = load_law(), {}
    for folder in _folders(chosen.folder):
        findings = check(gather(folder), law)
        found[folder.name] = findings
        for finding in findings:
            say(f"{folder.name}/{finding}")
    clean = not any(found.values())
    versions = [] if chosen.check or not clean else _deploy(chosen.folder)
    if chosen.json:
        print_json(_document(found, versions))
    elif clean:
        say("检查通过，没有发现问题。")
    return 0 if clean else 1


def run_walk(chosen: argparse.Namespace) -> int:
    """Play the walks of a kind, or of every kind below a folder."""
    results = {f.name: play(read_files(gather(f))) for f in _folders(chosen.folder)}
    for name, walks in results.items():
        for walk in walks:
            outcome = "走通" if walk.passed else f"未走通：{walk.fault}"
            say(f"{name}　{walk.walk}：{outcome}")
    if chosen.json:
        print_json(
            {name: [_plain(w) for w in walks] for name, walks in results.items()}
        )
    return 0 if all(w.passed for walks in results.values() for w in walks) else 1


def _folders(folder: Path) -> list[Path]:
    if (folder / "kind.yaml").is_file():
        return [folder]
    folders = sorted(path.parent for path in folder.glob("*/kind.yaml"))
    if not folders:
        raise Invalid(message=f"“{folder}”中没有流程（缺少 kind.yaml）。")
    return folders


def _deploy(folder: Path) -> list[dict[str, object]]:
    ready = runtime.open_runtime(Settings.from_environ())
    versions: list[dict[str, object]] = []
    for kind in _folders(folder):
        with ready.read(None) as work:
            package = pack(work, gather(kind))
        with ready.begin(None) as work:
            version = deploy(work, package)
            versions.append({"key": version.key, "version": version.number})
        say(f"流程“{version.title}”第 {version.number} 版已部署。")
    return versions


def _document(
    found: dict[str, list[Finding]], versions: list[dict[str, object]]
) -> dict[str, object]:
    findings = [
        {"kind": name, **finding.plain()}
        for name, findings in found.items()
        for finding in findings
    ]
    return {"findings": findings, "deployed": versions}


def _plain(walk: WalkResult) -> dict[str, object]:
    return {
        "walk": walk.walk,
        "passed": walk.passed,
        "ended_at": walk.ended_at,
        "effects": list(walk.effects),
        "fault": walk.fault,
    }
