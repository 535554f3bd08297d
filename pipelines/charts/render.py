"""Charts as SVG and PNG, drawn in this process with the font of the project; no browser, no network.

Belongs here: fonts and files. Does not: the charts. A family that vl-convert does not find makes text vanish without a
word, so a test compares the ink of one word with the fallback's. Fonts: Vazirmatn 33.0.3 (npm), SIL Open Font Licence.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).with_name("fonts")


@cache
def register_fonts() -> None:
    """Makes Vazirmatn known to vl-convert, once a process."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))


@cache
def webfont() -> str:
    """The variable WOFF2 as a data URI, for pages that must stand alone."""
    return "data:font/woff2;base64," + base64.b64encode((FONTS / "Vazirmatn.woff2").read_bytes()).decode("ascii")


def to_svg(chart: Any, label: str | None = None) -> str:
    """Inline SVG that shrinks with its box, with `role="img"` and the label read aloud. Wrap it in an element with `direction: ltr`."""
    import vl_convert
    from markupsafe import escape

    register_fonts()
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    svg = re.sub(r'\sxmlns(:xlink)?="[^"]*"', "", svg)  # needless inside HTML, and "http" in no file of ours
    svg = re.sub(r' (role="graphics-[a-z]+"|aria-[a-z]+="[^"]*")', "", svg)  # one name for the whole picture instead
    svg = re.sub(r"(\d\.\d\d)\d+", r"\1", svg)
    svg = _own_clips(svg)
    name = f' role="img" aria-label="{escape(label)}"' if label else ' aria-hidden="true"'
    return svg.replace("<svg", f"<svg{name}", 1)


def _own_clips(svg: str) -> str:
    """Clip paths numbered anew under a name of this picture: Vega counts them up by process, and a page holds many pictures."""
    ids = list(dict.fromkeys(re.findall(r'id="(clip[0-9]+)"', svg)))
    bare = re.sub(r"clip[0-9]+", "clip", svg)
    mark = hashlib.sha256(bare.encode("utf-8")).hexdigest()[:8]
    for place, name in enumerate(ids):
        svg = re.sub(rf'(id="|url\(#){name}(?=["\)])', rf"\g<1>c{mark}-{place}", svg)
    return svg


def to_png(chart: Any, scale: float = 2) -> bytes:
    """PNG bytes, sharp at twice the size by default."""
    import vl_convert

    register_fonts()
    return vl_convert.vegalite_to_png(chart.to_dict(), scale=scale)
