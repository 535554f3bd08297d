"""XML-A and XML-B: coded items, identifiers and names as attributes, lists in class wrappers; B prefixes every name with `VM:`.

Belongs here: writing of this form. Does not: XML of elements (`xml_elements`).
"""

from typing import Any, NamedTuple

from pipelines.generator.nodes import NIL, Coded, Obj, Rows

VM = "http://thrita.behdasht.gov.ir/VM/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XSD = "http://www.w3.org/2001/XMLSchema"


class Style(NamedTuple):
    """A vendor's manner. `empties`: absent parts are written as empty elements; `code_first`: order of attributes."""

    prefix: str = ""
    empties: bool = False
    code_first: bool = False


def escape(text: str) -> str:
    """Text for an element or a double-quoted attribute."""
    if "&" in text or "<" in text or ">" in text or '"' in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text


def document(root: str, top: list[tuple[str, Obj]], style: Style) -> str:
    """The whole message, from the root element's `<` to its last `>`."""
    if style.prefix:
        out = [f'<{root} xmlns:VM="{VM}" xmlns:xsi="{XSI}" xmlns:a="http://thrita.behdasht.gov.ir/ClinicalClass/">']
    elif style.code_first:
        out = [f'<{root} xmlns:xsd="{XSD}" xmlns:xsi="{XSI}">']
    else:
        out = [f'<{root} xmlns:xsi="{XSI}" xmlns:xsd="{XSD}">']
    out.append(body(top, style))
    out.append(f"</{root}>")
    return "".join(out)


def body(top: list[tuple[str, Obj]], style: Style) -> str:
    """The three children of a message, each declaring the namespace again where there is no prefix."""
    out: list[str] = []
    for name, child in top:
        _element(f"{style.prefix}{name}", child, "" if style.prefix else f' xmlns="{VM}"', style, out)
    return "".join(out)


def _element(tag: str, value: Obj, extra: str, style: Style, out: list[str]) -> None:
    attributes, inner = _inside(value, style)
    if inner:
        out.append(f"<{tag}{extra}{attributes}>{inner}</{tag}>")
    else:
        out.append(f"<{tag}{extra}{attributes} />")


def _inside(value: Obj, style: Style) -> tuple[str, str]:
    """Attributes and content of an object; kept if the object is shared."""
    if value.shared:
        found: tuple[str, str] | None = value.cache.get(style)
        if found is not None:
            return found
    attributes = "".join([f' {name}="{escape(text)}"' for name, text in value.attributes])
    out: list[str] = []
    for name, part in value.fields:
        _part(name, part, style, out)
    result = attributes, "".join(out)
    if value.shared:
        value.cache[style] = result
    return result


def _part(name: str, value: Any, style: Style, out: list[str]) -> None:
    tag = f"{style.prefix}{name}"
    kind = type(value)
    if value is None:
        if style.empties:
            out.append(f"<{tag} />")
    elif kind is Coded:
        out.append(f"<{tag}{_coded(value, style)} />")
    elif kind is Obj:
        _element(tag, value, "", style, out)
    elif kind is Rows:
        out.append(f"<{tag}>")
        for xsi_type, row in value.rows:
            extra = "" if xsi_type is None else f' xsi:type="{style.prefix}{xsi_type}"'
            _element(f"{style.prefix}{value.wrapper}", row, extra, style, out)
        out.append(f"</{tag}>")
    elif value is NIL:
        out.append(f'<{tag} xsi:nil="true" />')
    else:
        out.append(f"<{tag}>{scalar(value)}</{tag}>")


def _coded(item: Coded, style: Style) -> str:
    parts = [("Value", item.title), ("Terminology_id", item.terminology), ("Coded_string", item.code)]
    if style.code_first:
        parts = [parts[2], parts[1], parts[0]]
    return "".join([f' {name}="{escape(text)}"' for name, text in parts if text is not None])


def scalar(value: object) -> str:
    """Text of a plain value in XML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(value) if isinstance(value, str) else str(value)
