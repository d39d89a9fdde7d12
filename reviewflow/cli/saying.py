"""How commands speak: sentences to people, one JSON document to programs."""

import argparse
import json
import sys
from typing import Any

Commands = Any
"""What `add_subparsers` returns; argparse has no public name for it."""


def say(sentence: str) -> None:
    """Tell the person at the terminal something."""
    print(sentence, file=sys.stderr, flush=True)


def print_json(value: object) -> None:
    """Print one JSON document and nothing else on the standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def add_json(parser: argparse.ArgumentParser) -> None:
    """Let a command answer in JSON."""
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
