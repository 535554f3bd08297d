"""Charts as pictures: the font is really there, and SVG is fit for a page of its own."""

import struct
import zlib
from pathlib import Path

import altair as alt
import pandas as pd

from pipelines.charts import rate_by_month, to_png, to_svg
from pipelines.charts.render import FONTS


def ink(png: bytes) -> bytes:
    """The dark pixels of an 8-bit RGBA PNG, one byte each."""
    width, height = struct.unpack(">II", png[16:24])
    at, data = 8, b""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    raw, bpp, before, out = zlib.decompress(data), 4, bytearray(width * 4), bytearray()
    for row in range(height):
        line = bytearray(raw[row * (width * bpp + 1) + 1 : (row + 1) * (width * bpp + 1)])
        method = raw[row * (width * bpp + 1)]
        for i in range(len(line)):
            a, b, c = (line[i - bpp] if i >= bpp else 0), before[i], (before[i - bpp] if i >= bpp else 0)
            p = a + b - c
            paeth = min((a, b, c), key=lambda v, p=p: abs(p - v))
            line[i] = (line[i] + (0, a, b, (a + b) // 2, paeth)[method]) & 255
        before = line
        out += bytes(int(line[i] < 128) for i in range(0, len(line), bpp))
    return bytes(out)


def word(font: str) -> bytes:
    chart = alt.Chart(alt.InlineData(values=[{}])).mark_text(font=font, fontSize=24).encode(text=alt.value("\u2067سلامت\u2069"))
    return ink(to_png(chart.properties(width=100, height=40).configure_view(stroke=None), scale=1))


def test_vazirmatn_is_registered_and_draws():
    ours, fallback = word("Vazirmatn"), word("DejaVu Sans")
    assert sum(ours) > 50, "the word vanished: Vazirmatn is not registered"
    assert ours != fallback


def test_font_files_are_small_and_come_with_their_licence():
    assert {p.name for p in FONTS.iterdir()} == {"OFL.txt", "Vazirmatn-Bold.ttf", "Vazirmatn-Regular.ttf", "Vazirmatn.woff2"}
    assert all(p.stat().st_size < 400_000 for p in FONTS.iterdir())
    assert "Reserved Font Name" in (FONTS / "OFL.txt").read_text(encoding="utf-8") or "SIL OPEN FONT LICENSE" in Path(FONTS / "OFL.txt").read_text().upper()


def test_svg_is_self_contained_and_has_a_name():
    frame = pd.DataFrame({"jalali_month": ["1401-11", "1401-12"], "items_judged": [100, 200], "items_failed": [30, 20]})
    svg = to_svg(rate_by_month(frame), 'روند <ماهانه> "۱"')
    assert svg.startswith('<svg role="img" aria-label="روند &lt;ماهانه&gt; &#34;۱&#34;"')
    assert "http" not in svg and "<image" not in svg and "Vazirmatn" in svg
    assert "بهمن" in svg and "۳۰" in svg
