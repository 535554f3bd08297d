"""From what is near to what was probably meant: evidence for each candidate, added up, and shares of it as scores.

Belongs here: what each piece of evidence is worth. Evidence is in natural units of log odds, so that pieces add up; a score is the
candidate's share among all candidates and `NONE`, the case that none of them was meant. The weights are our own choice, made on
invented faults over real lists and checked by `benchmarks/suggestions.py` (docs/suggestions.md); they are no measured frequencies.
"""

from dataclasses import dataclass
from math import exp

from pipelines.findings.repairs import candidates
from pipelines.findings.suggesting.case import Case
from pipelines.findings.suggesting.gather import Lists
from pipelines.findings.suggesting.likeness import edits, title_likeness

MOST = 5  # suggestions of one coding
LOWEST = 0.08  # a guess below this score is not shown, unless it bears the very title or is the very code of another list
NONE = 3.0
SAME_TITLE, SAME_CODE, ONE_EDIT, TWO_EDITS, BEGINNING, LINK, LINK_BY_TWO, TURNED = 9.0, 8.0, 5.0, 2.0, 4.5, 6.0, 4.0, 9.0
NOT_IN_FORCE = -3.0
FOREIGN = 0.3  # share of the code's evidence that is left where it was sent as a code of another terminology
OTHER_TITLE = -4.0  # a title that can be compared and says something else
BEST_OF_A_TITLE = 8  # codes taken of a title that many codes bear
GOOD_TITLE = 0.8
WHOLE = ("retired", "not_yet_in_force")  # the code was sent as it once stood in the list: nobody mistyped it
CERTAIN, CONTRADICTED = 0.98, 0.7  # a repair; a repair whose title says something else


@dataclass
class Suggestion:
    """A code that was probably meant. `score` is 0 to 1; `reason` a key of expectations/suggestions.yaml."""

    code: str
    score: float
    reason: str


@dataclass
class _Candidate:
    code: str
    title: float | None
    distance: int
    longer: bool
    link: int
    turned: str
    repair: str
    shared: bool
    evidence: float = 0.0

    @property
    def reason(self) -> str:
        if self.turned:
            return self.turned
        if self.repair:
            return f"repair_{self.repair}"
        titled = self.title is not None and self.title >= GOOD_TITLE
        if self.link:
            return "map"
        if self.longer or self.distance <= 1:
            return "title_and_code" if titled else "prefix" if self.longer else "near_code"
        return "title_similar" if self.title != 1 else "title_shared" if self.shared else "title"


def weigh(case: Case, lists: Lists) -> list[Suggestion]:
    """The best candidates, best first; the verdict's own suggestion before all others."""
    titles = lists.titles_of(case)
    found = [one for code in _pool(case, lists, titles) if (one := _candidate(case, lists, titles, code))]
    total = exp(NONE) + sum(exp(one.evidence) for one in found)
    certain = next((one for one in found if one.code == case.suggested), None)
    ranked = sorted(found, key=lambda one: (-one.evidence, one.distance, one.code))
    if case.suggested and certain is None:
        return [Suggestion(case.suggested, CERTAIN, "own_code")]
    if certain is None:
        return [Suggestion(one.code, exp(one.evidence) / total, one.reason) for one in ranked if _shown(one, found, total)][:MOST]
    ranked.remove(certain)
    first = CONTRADICTED if certain.title is not None and certain.title < 0.5 else CERTAIN
    left = (1 - first) / (exp(NONE) + sum(exp(one.evidence) for one in ranked))
    rest = [Suggestion(one.code, exp(one.evidence) * left, one.reason) for one in ranked if exp(one.evidence) * left >= LOWEST / 4]
    reason = "own_code" if certain.code == case.code else certain.reason
    return [Suggestion(certain.code, first, reason), *rest][:MOST]


def _shown(one: _Candidate, found: list[_Candidate], total: float) -> bool:
    """No mere guess; of a title that many codes bear, alone or nearly: that all of them together are none."""
    titled = one.title is not None and one.title >= GOOD_TITLE
    alike = sum(other.evidence == one.evidence for other in found) if titled else 1
    return alike * exp(one.evidence) / total >= LOWEST or ((one.title == 1 or one.link == 1) and one.evidence > NONE)


def _pool(case: Case, lists: Lists, titles: list[str]) -> dict[str, None]:
    """Codes worth weighing, each once, in a fixed order."""
    from pipelines.findings.suggesting.likeness import parts

    sent, tidy = (case.terminology, case.tight), (case.terminology, case.tidy)
    pool = dict.fromkeys([case.suggested] if case.suggested else [])
    pool |= dict.fromkeys(lists.turned.get(tidy, ()))
    pool |= dict.fromkeys(lists.linked.get(tidy, ()))
    if case.cause not in WHOLE:
        pool |= dict.fromkeys(code for code in lists.near.get(sent, ()) if edits(case.tight, _tight(code)) <= 1)
        pool |= dict.fromkeys(lists.longer.get(sent, ()))
    for title in titles:
        key = parts(title)[0]
        same = lists.bearers.get((case.terminology, key))
        for one in [key] if same else lists.alike.get((case.terminology, key), ()):
            codes = lists.bearers[case.terminology, one]
            if len(codes) > BEST_OF_A_TITLE:
                codes = sorted(codes, key=lambda code: (not lists.described[case.terminology, code].in_force(case.day), edits(case.tight, _tight(code)), code))
            pool |= dict.fromkeys(codes[:BEST_OF_A_TITLE])
    return pool


def _candidate(case: Case, lists: Lists, titles: list[str], code: str) -> _Candidate | None:
    """The evidence for one code; None for a code that is no suggestion (the very code sent, unless its title is the trouble)."""
    described = lists.described.get((case.terminology, code))
    if described is None or (code == case.code and case.cause not in ("mislabelled", "title_differs", "terminology_missing")):
        return None
    likeness = [alike for sent in titles for official in described.titles if (alike := title_likeness(sent, official)) is not None]
    title = max(likeness, default=None)
    link = lists.linked.get((case.terminology, case.tidy), {}).get(code, ("", 0))[1]
    one = _Candidate(
        code, title, edits(case.tight, _tight(code)) if case.tight and case.cause not in WHOLE else 3,
        _is_beginning(case.tight, _tight(code)) and case.cause not in WHOLE, link,
        lists.turned.get((case.terminology, case.tidy), {}).get(code, ""), _repair(case, code), False,
    )  # fmt: skip
    one.shared = title == 1 and any(len(lists.bearers.get((case.terminology, _key(sent)), ())) > 1 for sent in titles)
    one.evidence = _title_evidence(title) + _code_evidence(case, one) + (0 if described.in_force(case.day) else NOT_IN_FORCE)
    return one


def _title_evidence(title: float | None) -> float:
    if title is None:
        return 0.0
    return SAME_TITLE if title == 1 else max(OTHER_TITLE, 14 * (title - 0.55))


def _code_evidence(case: Case, one: _Candidate) -> float:
    if case.cause in WHOLE:
        return TURNED if one.turned else 0.0
    by_code = SAME_CODE if one.distance == 0 or one.repair else ONE_EDIT if one.distance == 1 else BEGINNING if one.longer else TWO_EDITS if one.distance == 2 else 0
    if case.cause == "local_terminology":
        by_code *= FOREIGN
    return max(by_code, LINK if one.link == 1 else LINK_BY_TWO if one.link else 0, TURNED if one.turned else 0)


def _repair(case: Case, code: str) -> str:
    return next((kind for kind, made in candidates(case.code, case.title) if made == code), "")


def _is_beginning(sent: str, listed: str) -> bool:
    return 3 <= len(sent) < len(listed) <= 2 * len(sent) and listed.startswith(sent)


def _tight(code: str) -> str:
    return code.replace(".", "").replace("-", "").replace(" ", "")


def _key(title: str) -> str:
    from pipelines.findings.suggesting.likeness import parts

    return parts(title)[0]
