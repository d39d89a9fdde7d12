"""Applications for tests: each is new, their templates are compiled once."""

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from reviewflow.config import Settings
from reviewflow.work import Runtime
from web import create_app


class Compiled(BytecodeCache):
    """Templates as the first application of the session compiled them."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def new_app(settings: Settings, runtime: Runtime) -> Flask:
    """Return the pages on an installation."""
    app = create_app(settings, runtime)
    app.jinja_env.bytecode_cache = COMPILED
    return app
