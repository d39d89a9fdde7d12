"""The object a server imports, and the runtime it stands on."""

from reviewflow.config import Settings
from reviewflow.runtime import open_runtime
from web import create_app

settings = Settings.from_environ()
runtime = open_runtime(settings)
application = create_app(settings, runtime)
