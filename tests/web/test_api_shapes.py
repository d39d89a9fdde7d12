"""The shapes of the API, all of them at once."""

import importlib
import pkgutil
from collections import Counter
from typing import Any

from web.api import shapes
from web.api.wire import Answer, Body, Query


def test_every_shape_has_a_name_of_its_own() -> None:
    """The description knows shapes by name: of two of one name it shows one."""
    for module in pkgutil.iter_modules(shapes.__path__):
        importlib.import_module(f"{shapes.__name__}.{module.name}")
    ours = [
        one.__name__
        for kind in (Answer, Body, Query)
        for one in _below(kind)
        if one.__module__.startswith("web.api.")
    ]
    assert [name for name, times in Counter(ours).items() if times > 1] == []


def _below(kind: type[Any]) -> set[type[Any]]:
    found = set(kind.__subclasses__())
    return found.union(*(_below(one) for one in found))
