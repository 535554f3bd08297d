"""How often suggestions are right: `uv run python benchmarks/suggestions.py --lists ../shared/terminologies/real [--faults 200] [--seed 1]`.

Loads the lists of a folder into a temporary home as `terminology add` would (without `--lists`: the stand-ins), draws faults whose right
code and cause are known (`suggestion_faults.py`), judges them by the real rules, and prints, of those that fail, how often the right code
is first and among the first three, and which cause class was assigned to which. Denominator: faults that fail and whose right code is in
the list on the day. Faults that a rule lets pass (a typo that gives another code with a like title) are counted apart.
"""

import argparse
import csv
import datetime as dt
import random
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from suggestion_faults import REPAIRABLE, Entry, Fault, World, draw

from pipelines import terminologies
from pipelines.check import opened, suggestions_of
from pipelines.landed.tables import text_row
from pipelines.settings import Home

RULES = {
    "IRC": "patientbill-service-irc", "eRx": "medicationprescription-productcode-erx", "RVU3": "patientbill-service-rvu3", "LNC": "labresult-testname-lnc",
    "ICD10": "patientbill-diagnosis-icd10", "thritaEHR.WardType": "patientbill-wardtype-wardtype", "thritaEHR.otherCost": "patientbill-othercosts-othercost",
}  # fmt: skip
FILES = (
    ("all", "fda_chemical_drugs_official.xlsx"), ("IRC", "irc_medical_supplies.csv"), ("RVU3", "rvu3_clean.csv"), ("RVU3", "rvu3_visits_1404.csv"),
    ("LNC", "loinc_top2000_si.csv"), ("LNC", "loinc_universal_lab_orders.csv"), ("LNC", "loinc_core_codes.csv"),
)  # fmt: skip
STRANGERS = {"IRC": "ICD10", "eRx": "ICD10", "RVU3": "ICD10", "LNC": "ICD10", "ICD10": "RVU3", "thritaEHR.WardType": "ICD10", "thritaEHR.otherCost": "ICD10"}
DAY = dt.date(2023, 6, 1)
RETIRED = 300


def load(home: Home, folder: Path | None, rng: random.Random) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """The lists, and before them a release with codes that ended: (code with a named successor, code without) → current code, by terminology."""
    terminologies.ensure(home)
    if folder is None:
        return {}
    for terminology, file in FILES:
        if (folder / file).exists():
            terminologies.add_release(home, terminology, folder / file, "real", "1390/01/01", append=True)
    retired = {}
    for terminology in ("IRC", "eRx", "RVU3", "LNC"):
        retired[terminology] = _older(home, terminology, rng)
    return retired


def _older(home: Home, terminology: str, rng: random.Random) -> tuple[dict[str, str], dict[str, str]]:
    """Add an older release whose codes, invented, are no longer in the list; half of them name their successor."""
    entries = [e for e in listed(home, terminology) if e.title]
    there = {e.code for e in entries}
    named: dict[str, str] = {}
    silent: dict[str, str] = {}
    rows = []
    for number, e in enumerate(rng.sample(entries, min(2 * RETIRED, len(entries)))):
        old = _invented(e.code, there, rng)
        if old is None:
            continue
        there.add(old)
        (named if number % 2 else silent)[old] = e.code
        rows.append({"code": old, "title_fa" if any("\u0600" <= c <= "\u06ff" for c in e.title) else "title_en": e.title, "successor": e.code if number % 2 else ""})
    file = home.root / f"{terminology}-older.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["code", "title_fa", "title_en", "successor"], restval="")
        writer.writeheader()
        writer.writerows(rows)
    terminologies.add_release(home, terminology, file, "older", "1385/01/01")
    return named, silent


def _invented(code: str, there: set[str], rng: random.Random) -> str | None:
    for _ in range(50):
        made = "".join(rng.choice("123456789") if c.isdigit() else c for c in code)
        if "-" in made:
            made = made[:-1] + str(_luhn(made[:-2]))
        if made not in there:
            return made
    return None


def _luhn(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10


def listed(home: Home, terminology: str) -> list[Entry]:
    """Codes in force on the day, with a title."""
    import duckdb

    with duckdb.connect() as db:
        rows = db.execute(
            f"select code, coalesce(nullif(title_fa, ''), title_en, '') from '{terminologies.codes_path(home).as_posix()}'"
            " where terminology = ? and valid_from <= ? and (valid_to is null or valid_to > ?) order by code",
            [terminology, DAY, DAY],
        ).fetchall()
    return [Entry(*row) for row in rows]


def worlds(home: Home, retired: dict[str, tuple[dict[str, str], dict[str, str]]]) -> Iterable[World]:
    """One for each terminology that has a rule here."""
    import duckdb

    entries = {terminology: [e for e in listed(home, terminology) if e.title] for terminology in RULES}
    with duckdb.connect() as db:
        maps = db.execute(f"select distinct from_terminology, from_code, to_terminology, to_code from '{terminologies.maps_path(home).as_posix()}' order by all").fetchall()
    for terminology, own in entries.items():
        bearers = Counter(e.title for e in own)
        kin: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for from_terminology, from_code, to_terminology, to_code in maps:
            if to_terminology == terminology != from_terminology:
                kin[from_terminology].append((from_code, to_code))
            elif from_terminology == terminology != to_terminology:
                kin[to_terminology].append((to_code, from_code))
        named, silent = retired.get(terminology, ({}, {}))
        yield World(terminology, own, {e.code for e in own}, bearers, named, silent, kin, [e.code for e in entries[STRANGERS[terminology]]])


def assigned(home: Home, faults: list[Fault]) -> tuple[list[tuple[Fault, str, list[tuple]]], float]:
    """(fault, outcome, its suggestions: code, score, reason, class) of each, and the CPU seconds of judging and suggesting."""
    con = opened(home)
    rows = [(str(n), RULES[f.terminology], f.terminology, DAY, *text_row("", f.declared, f.code, f.title)) for n, f in enumerate(faults)]
    start = time.process_time()
    verdicts, found = suggestions_of(con, rows)
    cost = time.process_time() - start
    con.close()
    return [(fault, verdicts[str(n)][0], found.get(str(n), [])) for n, fault in enumerate(faults)], cost


def rates(rows: list[tuple[Fault, str, list[tuple]]]) -> tuple[int, float, float]:
    """(failing faults, share with the right code first, share with it among the first three)."""
    ranks = [next((rank for rank, one in enumerate(found, 1) if one[0] == fault.right), 99) for fault, _, found in rows]
    number = max(len(ranks), 1)
    return len(ranks), sum(rank == 1 for rank in ranks) / number, sum(rank <= 3 for rank in ranks) / number


def show(results: list[tuple[Fault, str, list[tuple]]]) -> None:
    """Tables: by terminology, by kind, repairable shapes, scores, confusion of classes."""
    failing = [row for row in results if row[1] not in ("passed", "error")]
    print(f"{len(results):,} faults drawn, {len(results) - len(failing):,} of them pass their rule, {len(failing):,} fail: the denominator (the right code is in the list)")
    told = [row for row in failing if row[0].decidable]
    print(f"{len(told):,} of them name one code; in the others nothing but a title is right, and several codes of the list bear that very title\n")
    line = "{:44} {:>7} {:>7} {:>7}   {:>7} {:>7} {:>7}".format
    print(line("", "name one code", "", "", "with shared titles", "", ""))
    print(line("", "faults", "top-1", "top-3", "faults", "top-1", "top-3"))

    def row(name: str, chosen: list) -> None:
        n, one, three = rates(chosen)
        m, one_told, three_told = rates([r for r in chosen if r[0].decidable])
        print(line(name, m, f"{one_told:.3f}", f"{three_told:.3f}", n, f"{one:.3f}", f"{three:.3f}"))

    row("overall", failing)
    for terminology in RULES:
        row(f"  {terminology}", [r for r in failing if r[0].terminology == terminology])
    row("repairable shapes", [r for r in failing if r[0].kind in REPAIRABLE])
    print()
    for kind in dict.fromkeys(fault.kind for fault, *_ in results):
        row(f"  {kind}", [r for r in failing if r[0].kind == kind])
    print("\nscore of rank 1      suggestions   of which right")
    firsts = [(found[0][1], found[0][0] == fault.right) for fault, _, found in failing if found and found[0][0]]
    for low, high in ((0.9, 1.01), (0.7, 0.9), (0.5, 0.7), (0.3, 0.5), (0.0, 0.3)):
        right = [good for score, good in firsts if low <= score < high]
        print(f"  {low:.1f} to {min(high, 1):.1f}       {len(right):12,}   {sum(right) / max(len(right), 1):14.3f}")
    print(f"  no suggestion    {sum(not found or not found[0][0] for *_, found in failing):12,}")
    confusion(failing)


def confusion(failing: list[tuple[Fault, str, list[tuple]]]) -> None:
    """True cause class by assigned cause class."""
    pairs = Counter((fault.cause_class, found[0][3]) for fault, _, found in failing)
    names = sorted({name for pair in pairs for name in pair})
    print("\ncause class: true (rows) by assigned (columns)")
    print(f"{'':12}" + "".join(f"{name:>13}" for name in names) + f"{'right':>9}")
    for true in names:
        total = sum(pairs[true, other] for other in names)
        if total:
            print(f"{true:12}" + "".join(f"{pairs[true, other]:13}" for other in names) + f"{pairs[true, true] / total:9.3f}")
    print(f"all: {sum(pairs[name, name] for name in names) / sum(pairs.values()):.3f}")


def measure(folder: Path | None, number: int, seed: int) -> tuple[list[tuple[Fault, str, list[tuple]]], float]:
    """Faults judged and suggested, and what that cost."""
    rng = random.Random(seed)
    root = Path(tempfile.mkdtemp(prefix="sepas-dq-suggestions-"))
    try:
        home = Home(root.resolve())
        retired = load(home, folder, rng)
        return assigned(home, [fault for world in worlds(home, retired) for fault in draw(world, number, rng)])
    finally:
        shutil.rmtree(root, ignore_errors=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lists", type=Path, help="folder of real lists (default: the stand-ins)")
    parser.add_argument("--faults", type=int, default=200, help="faults a kind and terminology")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.lists and not arguments.lists.is_dir():
        sys.exit(f"{arguments.lists} is not a folder. Give the folder of the real lists, or leave --lists out for the stand-ins.")
    results, cost = measure(arguments.lists, arguments.faults, arguments.seed)
    show(results)
    failing = sum(outcome not in ("passed", "error") for _, outcome, _ in results)
    print(f"\njudging and suggesting: {cost:.1f} CPU s, {1000 * cost / max(failing, 1):.2f} ms a failing coding")


if __name__ == "__main__":
    main()
