"""Flask pages; knows nothing of SQL or BPMN."""

import pkgutil
from importlib import import_module

from flask import Flask

from reviewflow.config import Settings
from reviewflow.work import Runtime
from web import (
    addresses,
    api,
    assets,
    errors,
    filters,
    frame,
    guard,
    labels,
    questions,
    sessions,
    signin,
    strangers,
    views,
)


def create_app(settings: Settings, runtime: Runtime) -> Flask:
    """Return the application: the guard in front, the frame around, the pages in it.

    Args:
        settings: Of this installation.
        runtime: What opens pieces of work.
    """
    app = api.new_app(__name__)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    addresses.install(app)
    sessions.install(app, runtime)
    signin.install(app)
    guard.install(app, settings)
    errors.install(app)
    assets.install(app)
    frame.install(app, settings)
    filters.install(app)
    labels.install(app)
    questions.install(app)
    strangers.install(app)
    api.install(app)
    for found in pkgutil.iter_modules(views.__path__, "web.views."):
        app.register_blueprint(import_module(found.name).bp)
    return app
