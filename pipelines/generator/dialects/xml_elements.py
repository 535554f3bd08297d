"""XML-C: root `root`, no namespace, every part an element, empty elements for nulls, lists repeated without wrapper.

Belongs here: writing of this form. Does not: attribute XML (`xml_attributes`).
"""

from typing import Any

from pipelines.generator.dialects.xml_attributes import XSI, escape, scalar
from pipelines.generator.nodes import NIL, Coded, Obj, Rows


def document(top: list[tuple[str, Obj]]) -> str:
    """The whole message. The type of an abstract row stands in `xsi:type`, as elsewhere."""
    out = [f'<root xmlns:xsi="{XSI}">\n']
    for name, child in top:
        out.append(f"<{name}>\n{_inside(child)}</{name}>\n")
    out.append("</root>")
    return "".join(out)


def _inside(value: Obj) -> str:
    if value.shared:
        found: str | None = value.cache.get("xml_c")
        if found is not None:
            return found
    out: list[str] = []
    for name, part in value.fields:
        _part(name, part, out)
    for name, text in value.attributes:
        _text(name, text, out)
    result = "".join(out)
    if value.shared:
        value.cache["xml_c"] = result
    return result


def _part(name: str, value: Any, out: list[str]) -> None:
    kind = type(value)
    if value is None or value is NIL:
        out.append(f"<{name} />\n")
    elif kind is Coded:
        out.append(f"<{name}>")
        _text("Value", value.title, out)
        _text("Terminology_id", value.terminology, out)
        _text("Coded_string", value.code, out)
        out.append(f"</{name}>\n")
    elif kind is Obj:
        out.append(f"<{name}>\n{_inside(value)}</{name}>\n")
    elif kind is Rows:
        for xsi_type, row in value.rows:
            extra = "" if xsi_type is None else f' xsi:type="{xsi_type}"'
            out.append(f"<{name}{extra}>\n{_inside(row)}</{name}>\n")
    else:
        out.append(f"<{name}>{scalar(value)}</{name}>\n")


def _text(name: str, text: str | None, out: list[str]) -> None:
    out.append(f"<{name}>{escape(text)}</{name}>\n" if text else f"<{name} />\n")
