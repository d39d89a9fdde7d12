"""Process kinds: read, and deployed from a zip file."""

from http import HTTPStatus
from typing import BinaryIO, cast

import flask
from flask import Response
from werkzeug.datastructures import FileStorage

from reviewflow.errors import Invalid, Missing
from reviewflow.kinds.packed import unpack
from reviewflow.model.process_version import ProcessVersion
from reviewflow.runtime import SHIPPED
from reviewflow.usecases.deployment import (
    deploy,
    deployed_kinds,
    pack,
    require_deployer,
)
from reviewflow.work import Work
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import KindPath
from web.api.shapes.kinds import Kind, Kinds, Package, Version, kind_shape

bp = noun("kinds", files=True)


@bp.get("/kinds", responses={200: Kinds})
def find() -> Response:
    """List the kinds in their newest versions."""
    with tokens.begin_reading() as work:
        items = [_shape(work, row) for row in deployed_kinds(work)]
        return tokens.show(Kinds(items=items, total=len(items), next=None))


@bp.get(f"/kinds/{KindPath.RULE}", responses={200: Kind})
def show(path: KindPath) -> Response:
    """Show one kind in its newest version."""
    with tokens.begin_reading() as work:
        rows = {row.key: row for row in deployed_kinds(work)}
        if path.key not in rows:
            raise Missing
        return tokens.show(_shape(work, rows[path.key]))


@bp.post("/kinds", responses={201: Version})
def add(form: Package) -> Response:
    """Check the folder of a kind and make it a version; the same again is the same."""
    with tokens.begin_reading() as work:
        require_deployer(work)
    if not isinstance(form.file, FileStorage):
        raise Invalid({"file": "“file”应为流程文件夹的 zip 压缩包。"})
    files = unpack(cast("BinaryIO", form.file.stream), SHIPPED / "shared")
    with tokens.begin_reading() as work:
        package = pack(work, files)
    with tokens.begin_work() as work:
        version = deploy(work, package)
        place = flask.url_for("api.kinds.show", key=version.key)
        shape = Version.model_validate(version)
        return tokens.reply(work, shape, HTTPStatus.CREATED, place)


def _shape(work: Work, row: ProcessVersion) -> Kind:
    kind = work.processes.get(work.session, row.id).kind
    return kind_shape(kind, row, work.law, work.today)
