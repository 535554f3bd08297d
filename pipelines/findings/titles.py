"""How well a title sent agrees with the titles its code has in the list: 100 exactly the same, -1 nothing to compare.

Belongs here: similarity of titles. A title is held against titles in its own script only.
rapidfuzz does the matching: token sets, so that a missing «(procedure)» or another order of words costs nothing.
"""

import re

from pipelines.persian import clean, match_key

_PERSIAN = re.compile("[\u0600-\u06ff]")
SHORTEST_PREFIX = 12


def is_persian(text: str) -> bool:
    return bool(_PERSIAN.search(text))


def score(sent: str, *titles: str | None) -> int:
    """Agreement of a title as sent with the best of its code's titles, 0 to 100; -1 if the list has none in its script."""
    persian = is_persian(sent)
    return max((_similarity(sent, title) for title in titles if title and is_persian(title) == persian), default=-1)


def _similarity(sent: str, official: str) -> int:
    from rapidfuzz import fuzz

    key, official_key = match_key(sent), match_key(official)
    if not key or not official_key:
        return -1
    if key == official_key:
        return 100
    if len(key) >= SHORTEST_PREFIX and official_key.startswith(key):
        return 99
    words = fuzz.token_set_ratio(clean(sent).casefold(), clean(official).casefold())
    return min(99, round(max(words, fuzz.ratio(key, official_key))))
