"""One message has one id and one reading, whatever its bytes are wrapped in."""

import messages as m
import pytest

from pipelines.landed.content import LARGEST, content
from pipelines.landed.message import Broken
from pipelines.landed.readers import read

PLAIN = m.xml_a(m.bill(3))
ARABIC = m.xml_a(m.Sent("PatientBillMessageVO", "", {"MsgID": {}, "Composition": {"Type": m.Coded("بخش قلب", "T", "1")}}))


def decl(name: str, text: str = PLAIN) -> str:
    return f'<?xml version="1.0" encoding="{name}"?>\n{text}'


@pytest.mark.parametrize(
    "payload",
    [
        PLAIN, PLAIN.encode(), b"\xef\xbb\xbf" + PLAIN.encode(), PLAIN.encode() + b"\0" * 7, b"\r\n " + PLAIN.encode() + b"\n\0", decl("utf-8").encode(),
        decl("UTF-8") + "\0\0", decl("windows-1256"), decl("utf-16").encode(), decl("utf-16").encode("utf-16"), decl("utf-16").encode("utf-16-le"), decl("utf-16").encode("utf-16-be"),
        PLAIN.encode("utf-16") + b"\0\0\0", b"\xfe\xff" + PLAIN.encode("utf-16-be"), "<!-- c --><?pi x?>" + decl("utf-8").partition("\n")[2],
        b"\xef\xbb\xbf" + decl("utf-8").encode() + b"\0",
    ],
)  # fmt: skip
def test_wrapping_does_not_change_the_id(payload):
    body = content(payload)
    assert body.data == PLAIN.encode() and body.digest() == content(PLAIN).digest()
    assert read(body).items == read(content(PLAIN)).items


@pytest.mark.parametrize("name", ["windows-1256", "Windows-1256", "cp1256", "iso-8859-6"])
def test_declared_code_pages(name):
    text = ARABIC if name.lower() != "iso-8859-6" else ARABIC.replace("بخش قلب", "قلب")
    body = content(decl(name, text).encode(name))
    assert body.digest() == content(text).digest()


def test_json_id_is_of_the_compact_object():
    pretty, compact = m.json_pascal(m.bill()), m.plain(m.bill().tree)
    same = {content(x).digest() for x in (pretty, "\ufeff" + pretty, pretty.encode() + b"\0", pretty.encode("utf-16"), f"[{pretty}]", {"xmlns": None, **compact})}
    assert len(same) == 1 and content({"xmlns": None, **compact}).data.startswith(b'{"xmlns":null,"Person":{')


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "empty"), (b"\0\0\0", "empty"), ("\ufeff \r\n", "empty"), (b"not a message", "not_a_message"), ("<" * (LARGEST + 1), "too_large"), (b"[]", "not_a_message"), (b"[1]", "not_a_message"),
        (b"[{},{}]", "not_a_message"), (b"{", "not_json"), (b'{"a":NaN}', "not_json"), (b'{"a":1}{"a":2}', "not_json"), (b'{"a":"\\ud800"}', "not_json"), (b'{"a":"\xff"}', "not_utf8"),
        (PLAIN.encode() + b"\xff", "not_utf8"), (PLAIN.encode("windows-1256", "ignore"), "not_utf8"), ("<a>\udcff</a>", "not_utf8"), (decl("no-such-code").encode(), "unknown_encoding"),
        (decl("utf-7").encode(), "unknown_encoding"), (decl("base64").encode(), "unknown_encoding"), (PLAIN.encode("utf-16")[:-1], "not_utf8"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + PLAIN, "forbidden_markup"), ("<!doctype a>" + PLAIN, "forbidden_markup"), ("<!DocType a>" + PLAIN, "forbidden_markup"),
        (PLAIN.replace("<MsgID", '<!ENTITY x SYSTEM "file:///etc/passwd"><MsgID'), "forbidden_markup"), (('<!DOCTYPE a>' + PLAIN).encode("utf-16"), "forbidden_markup"),
    ],
)  # fmt: skip
def test_what_is_no_content(payload, reason):
    with pytest.raises(Broken) as broken:
        content(payload)
    assert broken.value.reason == reason


def test_a_struct_that_json_cannot_hold_is_still_a_message():
    import decimal

    body = content({"MsgID": {}, "Composition": {"A": {"Coded_string": "1", "Value": decimal.Decimal("1.50")}}})
    assert read(body).items[0].title == "1.50"
