"""Invented IRC and eRx lists in the shape and density of the real ones: no name in them is a drug's.

Belongs here: words and rules for them. Codes: IRC sixteen digits without structure; eRx five digits, dense, so that a typing
error usually hits another code; a brand-level eRx title is the generic one with `[BRAND]` behind it.
"""

from functools import cache

from pipelines.terminologies.standins import StandIn
from pipelines.terminologies.standins.draw import STATUS, Draw, Row, two_releases, words

IRC_CODES, ERX_CODES, ERX_FIRST, ERX_LAST, GENERIC_SHARE = 30_000, 12_600, 60_000, 73_800, 0.29

_STARTS = words(
    "BEL CAR DOV FEN GAL HEM JAX KOL LUM MEV NAR OLT PEX QUI RAV SEL TOR UVI VAL WEX XIM YOR ZEL BRO CLI DRE FLO GRI PLA TRU"
)
_MIDDLES = words("A E I O U ADI EBO IKU OLA UMI AVE ETI ISO ONU")
_ENDS = words("VEXIL DRENE MOTAN KARIN LOFEN ZUDOL TRAVINE NEXATE FARONE BISTAL CARMIDE LDANE PRUDAL SOVINE")
_BRAND_ENDS = words("X IA ON EX AL UM IS OR YL ET")
_FORMS = [
    ("TABLET", "ORAL", ("5 mg", "10 mg", "25 mg", "50 mg", "100 mg", "250 mg", "500 mg")),
    ("TABLET, EXTENDED RELEASE", "ORAL", ("30 mg", "60 mg", "75 mg", "150 mg")),
    ("CAPSULE", "ORAL", ("20 mg", "40 mg", "100 mg", "300 mg")),
    ("SYRUP", "ORAL", ("2 mg/5mL 60 mL", "5 mg/5mL 120 mL", "125 mg/5mL 100 mL")),
    ("SOLUTION, DROPS", "ORAL", ("10 mg/1mL 15 mL", "100 mg/1mL 15 mL")),
    ("INJECTION, SOLUTION", "PARENTERAL", ("1 mg/1mL 2 mL", "10 mg/1mL 5 mL", "50 mg/1mL 10 mL")),
    ("INJECTION, POWDER, FOR SOLUTION", "PARENTERAL", ("250 mg", "500 mg", "1 g")),
    ("CREAM", "TOPICAL", ("1% 15 g", "2% 30 g")),
    ("OINTMENT", "OPHTHALMIC", ("0.5% 5 g", "1% 5 g")),
    ("SPRAY, METERED", "NASAL", ("50 ug/1dose 120 dose", "100 ug/1dose 120 dose")),
    ("SUPPOSITORY", "RECTAL", ("100 mg", "325 mg")),
]


@cache
def _words() -> tuple[list[str], list[str]]:
    """(INN-like names, brand names)."""
    inns = [start + middle + end for start in _STARTS for middle in _MIDDLES for end in _ENDS]
    brands = [start + middle + end for start in reversed(_STARTS) for middle in _MIDDLES for end in _BRAND_ENDS]
    return inns, brands


def irc() -> list[StandIn]:
    """30,000 codes of sixteen digits (2.3 % begin with 0) with English titles: brand, form, route, strength."""
    draw = Draw("IRC")
    brands = _words()[1]
    codes: set[str] = set()
    titles: set[str] = set()

    def half(zeros: float) -> str:
        """Eight digits, of which a share begins with 0."""
        return f"{draw.below(10**7):08d}" if draw.random() < zeros else str(10**7 + draw.below(9 * 10**7))

    def code() -> str:
        return half(0.023) + half(0.020)

    def title() -> str:
        form, route, strengths = draw.one(_FORMS)
        return f"{draw.one(brands)} {form} {route} {draw.one(strengths)}"

    rows: list[Row] = [(draw.fresh(codes, code), None, draw.fresh(titles, title), STATUS) for _ in range(IRC_CODES)]
    return two_releases(rows, draw, facts=_prescribed(rows))


def _prescribed(products: list[Row]) -> dict[str, dict[str, list[str]]]:
    """For each product a prescription code of the same form, route and strength, and the generic code of both."""
    draw = Draw("IRC maps")
    rows, generics, _ = _erx()
    fitting: dict[str, list[str]] = {}
    for code, _, sent_as, _ in rows:
        fitting.setdefault(str(sent_as).split(" ", 1)[1].split(" [")[0], []).append(code)
    as_prescribed = {f"{form} {route} {one}": f"{one} {form} {route}" for form, route, strengths in _FORMS for one in strengths}
    said = {}
    for code, _, title, _ in products:
        prescribed = draw.one(fitting[as_prescribed[str(title).split(" ", 1)[1]]])
        said[code] = {"map.eRx": [prescribed], "map.GenericCode": [generics[prescribed]]}
    return said


def erx() -> list[StandIn]:
    """12,600 codes from 60000 to 73800, each generic one followed by its brands; all of them share a generic code."""
    rows, generics, draw = _erx()
    return two_releases(rows, draw, facts={code: {"map.GenericCode": [generic]} for code, generic in generics.items()})


def _erx() -> tuple[list[Row], dict[str, str], Draw]:
    """(rows, code → generic code, what goes on drawing)."""
    draw = Draw("eRx")
    inns, brands = _words()
    seen: set[str] = set()

    def title() -> str:
        form, route, strengths = draw.one(_FORMS)
        return f"{draw.one(inns)} {draw.one(strengths)} {form} {route}"

    rows: list[Row] = []
    generic = ""
    for number in draw.some(range(ERX_FIRST, ERX_LAST + 1), ERX_CODES):
        if not generic or draw.random() < GENERIC_SHARE:
            generic = draw.fresh(seen, title)
            rows.append((str(number), None, generic, STATUS))
        else:
            rows.append((str(number), None, draw.fresh(seen, lambda: f"{generic} [{draw.one(brands)}]"), STATUS))  # noqa: B023
    numbers: dict[str, str] = {}
    for _, _, name, _ in rows:
        numbers.setdefault(str(name).split(" [")[0], str(len(numbers) + 1))
    return rows, {code: numbers[str(name).split(" [")[0]] for code, _, name, _ in rows}, draw
