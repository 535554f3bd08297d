"""thritaEHR.WardType and thritaEHR.otherCost: the few codes the public has seen, filled up with invented ones.

Belongs here: those two lists. The facts stand in `data/`; every invented row has the status SYNTHETIC.
"""

from pipelines.terminologies.standins import StandIn, facts
from pipelines.terminologies.standins.draw import FIRST, STATUS, Draw, Row, as_columns, two_releases

CURRENCY_SUBSIDY = "24"  # rule 1 of the directive; valid from its own day
CURRENCY_SUBSIDY_FROM = "2023-01-30"  # 1401/11/10

_WARDS = {
    "001": "اورژانس", "003": "تریاژ", "024": "مراقبت‌های ویژه کودکان (PICU)", "026": "مراقبت‌های ویژه نوزادان (NICU)",
    "030": "ICU جراحی اعصاب", "034": "CCU", "038": "POST CCU", "040": "سوختگی", "202": "ریکاوری", "208": "زایشگاه",
    "302": "ارتوپدی", "306": "جراحی اعصاب", "310": "زنان و زایمان", "314": "پیوند", "318": "چشم", "322": "گوش و حلق و بینی",
    "402": "اطفال", "406": "نوزادان", "410": "روانپزشکی", "414": "قلب", "418": "عفونی بزرگسالان", "422": "نورولوژی",
    "426": "دیالیز", "430": "شیمی‌درمانی", "434": "پوست", "502": "درمانگاه اطفال", "510": "درمانگاه جراحی",
}  # fmt: skip
_ONLY_FIRST, _ONLY_SECOND = "003", "434"


def ward_types() -> list[StandIn]:
    """15 real codes and 27 invented ones, all of three digits; one invented ward ends and one begins with the second release."""
    real = [(code, title, None, "active") for code, title in facts("ward_types.csv")]
    invented = [(code, title, f"SYNTHETIC ward {code}", STATUS) for code, title in _WARDS.items()]
    first, second = two_releases([*real, *invented], Draw("WardType"), {row[0] for row in [*real, *invented]})
    for release, gone in ((first, _ONLY_SECOND), (second, _ONLY_FIRST)):
        place = release.columns["code"].index(gone)
        for column in release.columns.values():
            del column[place]
    return [first, second]


def other_costs() -> list[StandIn]:
    """1 to 24: eleven real ones, of which 24 begins on the letter's day, and invented ones between."""
    import datetime as dt

    rows: dict[str, Row] = {code: (code, title, None, "active") for code, title in facts("other_costs.csv")}
    for number in range(1, 25):
        code = str(number)
        rows.setdefault(code, (code, f"سایر هزینه‌ها، ردیف {code}", f"SYNTHETIC other cost {code}", STATUS))
    columns = as_columns(list(rows.values()))
    start = dt.date.fromisoformat(CURRENCY_SUBSIDY_FROM)
    columns["valid_from"] = [start if code == CURRENCY_SUBSIDY else None for code in columns["code"]]
    return [StandIn("SYNTHETIC", FIRST[1], columns)]
