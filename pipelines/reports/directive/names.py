"""What the pages of the directive are called, and where they stand seen from a report.

Belongs here: file names and relative links. Does not: contents. Links are relative, so that the folder of reports can be copied.
"""

from functools import cache

from expectations.catalogue import every_rule
from expectations.letters import letters

FOLDER = "directive"


def rule_page(rule_id: str, lang: str) -> str:
    """`rule-patientbill-service-irc.fa.html`."""
    return f"rule-{rule_id}.{lang}.html"


def letter_page(number: str, lang: str) -> str:
    """`letter-1927-110.fa.html` for letter 1927/110/د."""
    return f"letter-{letters()[number].slug}.{lang}.html"


def index_page(lang: str) -> str:
    return f"index.{lang}.html"


def ahead_page(lang: str) -> str:
    return f"what-starts-when.{lang}.html"


@cache
def _rules() -> frozenset[str]:
    return frozenset(rule.id for rule in every_rule())


def rule_link(rule_id: str, lang: str) -> str | None:
    """The rule's page seen from `reports/<quarter>/`; None for a rule that has no file any more."""
    return f"../{FOLDER}/{rule_page(rule_id, lang)}" if rule_id in _rules() else None


def letter_link(number: str, lang: str) -> str | None:
    """The letter's page seen from `reports/<quarter>/`; None for a letter that has no file."""
    known = number_of(number)
    return f"../{FOLDER}/{letter_page(known, lang)}" if known else None


def number_of(number: str) -> str | None:
    """The number under which a letter has its file, also if it is written in another way; None for a letter without a file."""
    return next((letter.letter for letter in letters().values() if number in (letter.letter, *letter.also_written)), None)
