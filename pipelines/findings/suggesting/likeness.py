"""How alike two titles, or two codes, are: 0 to 1. rapidfuzz does the matching.

Belongs here: measuring one pair. Does not: what likeness is worth (`weigh.py`).
"""

import re
from functools import lru_cache

from pipelines.persian import clean, match_key

_NUMBER = re.compile("[0-9]+(?:[.][0-9]+)?")
_WORD = re.compile(r"[0-9]+(?:[.][0-9]+)?|[^\W\d_]+")
PERSIAN = re.compile("[\u0600-\u06ff]")
SHORTEST_BEGINNING = 6


@lru_cache(maxsize=200_000)
def parts(title: str) -> tuple[str, str, tuple[str, ...], bool]:
    """(compared form, words in one string, numbers, whether it is in Persian script) of a title."""
    text = clean(title).replace("\u200c", " ").casefold()
    return match_key(title), " ".join(_WORD.findall(text)), tuple(sorted(_NUMBER.findall(text))), bool(PERSIAN.search(text))


def title_likeness(sent: str, official: str) -> float | None:
    """1 for the same title after normalisation, less for misspelt, shortened or reordered ones; None across scripts.

    The best of: edits on the compared form (Indel), words in any order, and at a discount words of the shorter in the longer, cut
    short or not (TAB for TABLET).
    Titles whose numbers differ (strength, size, count) are held to be less alike than their letters say.
    """
    from rapidfuzz import fuzz

    key, words, numbers, persian = parts(sent)
    other, other_words, other_numbers, other_persian = parts(official)
    if not key or not other or persian != other_persian:
        return None
    if key == other:
        return 1.0
    likeness = max(fuzz.ratio(key, other), fuzz.token_sort_ratio(words, other_words), 0.9 * fuzz.token_set_ratio(words, other_words)) / 100
    if len(key) >= SHORTEST_BEGINNING and other.startswith(key):
        likeness = max(likeness, 0.9 + 0.07 * len(key) / len(other))
    elif numbers != other_numbers:
        likeness *= 0.9 if set(numbers) <= set(other_numbers) or set(other_numbers) <= set(numbers) else 0.8
    return min(max(likeness, 0.88 * _covered(words, other_words)), 0.99)


def _covered(words: str, official: str) -> float:
    """Share of the sent words, by their letters, that stand in the official title or begin a word of it; 0 for a single word."""
    sent, there = words.split(), official.split()
    if len(sent) < 2:
        return 0.0
    exact = set(there)
    found = sum(len(word) for word in sent if word in exact or (len(word) >= 3 and word.isalpha() and any(one.startswith(word) for one in there)))
    return found / sum(map(len, sent))


def edits(sent: str, listed: str) -> int:
    """Edits between two tight codes: put in, left out, changed, two neighbours exchanged (OSA); 3 stands for more than two."""
    from rapidfuzz.distance import OSA

    return OSA.distance(sent, listed, score_cutoff=2)
