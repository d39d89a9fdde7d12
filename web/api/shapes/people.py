"""How people and units look."""

from reviewflow.model.people import Level, Role, UnitSort
from web.api.wire import Answer


class Person(Answer):
    """Somebody, as others see them."""

    id: int
    name: str
    display_name: str


class Organ(Answer):
    """A unit, as it is named."""

    id: int
    name: str
    short_name: str


class OwnOrgan(Organ):
    """A unit in which one holds a post."""

    level: Level
    sort: UnitSort


class Post(Answer):
    """A role in a unit."""

    role: Role
    unit_id: int


class Me(Person):
    """Who the token stands for, with the posts of today."""

    units: list[OwnOrgan]
    roles: list[Role]
    posts: list[Post]
