"""The object a server imports, and the runtime it stands on."""

import gc

from reviewflow.config import Settings
from reviewflow.runtime import open_runtime
from web import create_app

settings = Settings.from_environ()
runtime = open_runtime(settings)
application = create_app(settings, runtime)

gc.collect()
gc.freeze()  # what is loaded by now stays, and need not be looked through again
