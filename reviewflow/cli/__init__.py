"""The commands: each does one thing, says it in one sentence, and ends."""

import logging
import sys
from collections.abc import Sequence

from reviewflow.cli import figures, imports, kinds, operations, people, records, units
from reviewflow.cli.parsing import Parser
from reviewflow.errors import ReviewflowError
from reviewflow.kinds.findings import BadKind

CLEAN, FINDINGS, FAILED = range(3)
LOG_FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 clean, 1 findings, 2 could not do it.
    """
    logging.basicConfig(level=logging.WARNING, format=LOG_FORM)
    chosen = _parser().parse_args(arguments)
    try:
        code: int = chosen.run(chosen)
    except BadKind as error:
        for finding in error.findings:
            print(finding, file=sys.stderr)
        return FAILED
    except ReviewflowError as error:
        print(error.message, file=sys.stderr)
        return FAILED
    return code


def _parser() -> Parser:
    parser = Parser(prog="reviewflow", description="合法性审查与备案平台")
    commands = parser.add_subparsers(required=True, metavar="命令")
    for part in (operations, kinds, figures, imports, records, units, people):
        part.add_commands(commands)
    return parser
