"""The form: one HTML file with its style and script inside, and the policy that lets nothing else run or load.

Belongs here: putting the three files together. The font is the only other thing the page asks for, from this service.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Page(NamedTuple):
    html: str
    policy: str


@cache
def page() -> Page:
    """The page and its Content-Security-Policy: only this script and this style, by their digests; connections to this service alone."""
    here = Path(__file__).parent
    html, style, script = ((here / f"form.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js"))
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; font-src 'self'; connect-src 'self'; img-src data:;"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return Page(html.replace("/*style*/", style).replace("/*script*/", script), policy)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
