"""JSON: PascalCase with nulls written out, or camelCase without nulls; lists are flat, an abstract row says its class in `$type`.

Belongs here: writing of both forms, compactly. Does not: envelopes.
"""

from functools import lru_cache
from json.encoder import encode_basestring as quote
from typing import Any

from pipelines.generator.nodes import NIL, Coded, Obj, Rows


@lru_cache(maxsize=2000)
def camel(name: str) -> str:
    """`MsgID` → `msgID`, `IS_Queriable` → `iS_Queriable`, `SHEBAD` → `shebad`: the way of the common .NET serialiser."""
    letters = list(name)
    for place, letter in enumerate(letters):
        if not letter.isupper() or (place and place + 1 < len(letters) and not letters[place + 1].isupper()):
            break
        letters[place] = letter.lower()
    return "".join(letters)


def document(top: list[tuple[str, Obj]], pascal: bool) -> str:
    """The whole message as one compact object."""
    parts = ['"xmlns":null'] if pascal else []
    parts += [f"{_key(name, pascal)}:{_object(child, pascal)}" for name, child in top]
    return "{" + ",".join(parts) + "}"


@lru_cache(maxsize=4000)
def _key(name: str, pascal: bool) -> str:
    return quote(name if pascal else camel(name))


def _object(value: Obj, pascal: bool, xsi_type: str | None = None) -> str:
    if value.shared:
        found: str | None = value.cache.get(pascal)
        if found is not None:
            return found
    parts = [] if xsi_type is None else [f'"$type":{quote(xsi_type)}']
    for name, part in value.fields:
        if (part is None or part is NIL) and not pascal:
            continue
        parts.append(f"{_key(name, pascal)}:{_value(part, pascal)}")
    parts += [f"{_key(name, pascal)}:{quote(text)}" for name, text in value.attributes]
    result = "{" + ",".join(parts) + "}"
    if value.shared:
        value.cache[pascal] = result
    return result


def _value(value: Any, pascal: bool) -> str:
    kind = type(value)
    if value is None or value is NIL:
        return "null"
    if kind is Coded:
        return _coded(value, pascal)
    if kind is Obj:
        return _object(value, pascal)
    if kind is Rows:
        return "[" + ",".join([_object(row, pascal, xsi_type) for xsi_type, row in value.rows]) + "]"
    if kind is bool:
        return "true" if value else "false"
    return quote(value) if kind is str else repr(value)


def _coded(item: Coded, pascal: bool) -> str:
    named = (("Value", item.title), ("Terminology_id", item.terminology), ("Coded_string", item.code))
    return (
        "{"
        + ",".join(
            [f"{_key(n, pascal)}:{'null' if t is None else quote(t)}" for n, t in named if pascal or t is not None]
        )
        + "}"
    )
