"""Everything put together: settings become a runtime."""

from functools import cache
from pathlib import Path

from reviewflow import effects
from reviewflow.config import Settings
from reviewflow.errors import Unavailable
from reviewflow.kinds.gathering import gather
from reviewflow.law.lawbook import Law, load_law
from reviewflow.signing import Signer
from reviewflow.storage import schema
from reviewflow.storage.database import open_database
from reviewflow.storage.files import FileStore
from reviewflow.usecases.deployment import deploy, pack
from reviewflow.work import Runtime

SHIPPED = Path(__file__).parents[1] / "bpmn"


def open_runtime(settings: Settings, *, prepared: bool = True) -> Runtime:
    """Return the runtime of an installation.

    Args:
        settings: Where its data are.
        prepared: Insist that `init` has been run with this program.

    Raises:
        Unavailable: The database or the file store is not ready; the sentence
            says what to do.
        Invalid: The city's own law data are wrong.
    """
    engine = open_database(settings.database_url)
    schema.require_not_newer(engine)
    if prepared and not schema.is_current(engine):
        raise Unavailable("数据库尚未建立或版本较旧，请先运行 reviewflow init。")
    files = FileStore(settings.data_dir / "files", settings.days_kept)
    signer = Signer(settings.data_dir, settings.signing_key)
    return Runtime(engine, law_of_files(settings), files, signer, effects.bind)


def law_of_files(settings: Settings) -> Law:
    """Return the law data of the program and of the city's own folder.

    Raises:
        Invalid: A file of the city is wrong.
    """
    overlay = settings.data_dir / "law"
    return load_law(overlay) if overlay.is_dir() else _shipped_law()


@cache
def _shipped_law() -> Law:
    """Return the law data of the program; they do not change while it runs."""
    return load_law()


def law_in_force(settings: Settings) -> Law:
    """Return the law of an installation, or that of the files before there is one.

    Raises:
        Invalid: A file of the city is wrong.
        Unavailable: The database cannot be read.
    """
    ready = open_runtime(settings, prepared=False)
    if not schema.is_current(ready.engine):
        return law_of_files(settings)
    with ready.read(None) as work:
        return work.law


def prepare(settings: Settings) -> Runtime:
    """Create or upgrade tables, folders and key, deploy the shipped kinds; repeatable.

    Raises:
        Unavailable: As `open_runtime`, or the disk cannot be written.
    """
    runtime = open_runtime(settings, prepared=False)
    schema.upgrade(runtime.engine)
    runtime.files.prepare()
    _ = runtime.signer.public_key  # made now, so that no act has to wait for it
    for folder in shipped_kinds():
        with runtime.read(None) as work:
            package = pack(work, gather(folder))
        with runtime.begin(None) as work:
            deploy(work, package)
    return runtime


def shipped_kinds() -> list[Path]:
    """Return the folders of the kinds that come with the program."""
    return sorted(path.parent for path in SHIPPED.glob("*/kind.yaml"))
