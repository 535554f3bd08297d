"""Small cells are not shown: two constants and one function.

Belongs here: which counts may be shown to people. Does not: how a hidden count looks (the charts and `texts.yaml` say that).
What is counted are items, not patients; still, one to four items of one facility can point to one visit. The rule governs
denominators and listed codings. A cell that is large enough shows its own failures, however few.
"""

SMALLEST_SHOWN = 5
HIDDEN = "<5"


def suppress(count: int) -> int | None:
    """The count itself, or None where 1 to 4 were counted. Nothing (0) hides nobody and stays 0."""
    if count < 0:
        raise ValueError("a count is never negative")
    return None if 0 < count < SMALLEST_SHOWN else int(count)
