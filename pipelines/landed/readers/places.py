"""Where an element stands, worked out once for each path and shared by all messages: the walk only looks tags up.

Belongs here: paths, which of them are private, which names mean something to the walk. Does not: elements.
"""

from pipelines.landed.message import Broken
from pipelines.landed.readers.names import is_wrapper, local_name

DEEPEST = 200
LONGEST_PATH = 1_000
_MOST = 100_000  # paths kept; real traffic has a few hundred
_MOST_ATTRIBUTES = 60  # of an element whose names are worth remembering
_PARTS = frozenset(("Value", "Terminology_id", "Coded_string"))
PRIVATE = frozenset(("Person", "PersonVO", "PersonInfo", "PersonInfoVO", "Patient", "PatientVO", "PatientInfo", "PatientInfoVO"))


class Place(dict[str, "Place"]):
    """A path with the places below it, by tag. `part` is the name if it is one of a coded item's parts; `typed` marks a service and its type."""

    __slots__ = ("depth", "name", "part", "path", "private", "typed")

    def __init__(self, name: str = "", path: str = "", depth: int = 0, private: bool = False) -> None:
        super().__init__()
        self.name, self.path, self.depth, self.private = name, path, depth, private
        self.part = name if name in _PARTS else None
        self.typed = name in ("Service", "ServiceType")

    def __missing__(self, tag: str) -> "Place":
        if self.depth >= DEEPEST:
            raise Broken("too_deep", f"more than {DEEPEST} levels")
        name = local_name(tag)
        path = self.path if is_wrapper(name) else f"{self.path}/{name}" if self.path else name
        if len(path) > LONGEST_PATH:
            raise Broken("too_deep", f"a path of more than {LONGEST_PATH} characters")
        place = self[tag] = Place(name, path, self.depth + 1, self.private or name in PRIVATE)
        _made.append(place)
        return place


_made: list[Place] = []
_root = Place()


def below_root() -> Place:
    """The place of a message's root, begun anew where strange messages have filled it with paths."""
    if len(_made) > _MOST:
        _root.clear()
        _made.clear()
    return _root


# How a coded item's parts are written as attributes, by the names of all attributes of an element.
Shape = tuple[str | None, str | None, str | None]
_shapes: dict[tuple[str, ...], Shape | None] = {}


def shape(names: tuple[str, ...]) -> Shape | None:
    """(attribute of terminology, of code, of title), or None if the element is no coded item by its attributes.

    One with nothing but a title must have no other attribute, except those of XML Schema (`xsi:type`).
    """
    if names not in _shapes:
        if len(_shapes) > _MOST:
            _shapes.clear()
        by_part = {local_name(name): name for name in names}
        terminology, code, title = (by_part.get(part) for part in ("Terminology_id", "Coded_string", "Value"))
        only_title = title is not None and all(name == title or name[:1] == "{" for name in names)
        found = (terminology, code, title) if terminology or code or only_title else None
        if len(names) > _MOST_ATTRIBUTES:
            return found
        _shapes[names] = found
    return _shapes[names]
