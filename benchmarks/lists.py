"""Cost of code lists and of looking codings up in them: `uv run python benchmarks/lists.py [--codes 100000 --releases 10 --codings 1000000]`.

Invented lists of every terminology, each in several releases of which each changes two in a hundred codes; then distinct codings, one in ten of
them not listed. The floor of looking up is one plain DuckDB join of the same codings and lists. CPU seconds, because machines are shared.
"""

import argparse
import contextlib
import csv
import datetime as dt
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from expectations.catalogue import catalogue
from pipelines import terminologies
from pipelines.findings.judging import attach_rules, judge, list_titles
from pipelines.settings import Home
from pipelines.warehouse import connect, files

WORDS = ["سرم", "تست", "خون", "ادرار", "کبد", "قلب", "جراحی", "تزریق", "قرص", "شربت", "کپسول", "درمان", "بخش", "عمومی", "ویژه", "ساده", "کامل", "ناشتا"]


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process and its threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


def write_release(path: Path, codes: int, number: int) -> None:
    """A list in which each release drops two codes in a hundred of the first one and adds as many."""
    draw = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(["code", "title_fa"])
        for code in range(codes):
            title = " ".join(draw.choices(WORDS, k=4))
            generation = code % 50
            out.writerow([f"{code if generation >= number else code + codes * number:08d}", f"{title} {code}"])


def load(home: Home, folder: Path, codes: int, releases: int) -> dict[str, float]:
    """Adds every release of every terminology; CPU seconds of the first, of the last, and of each on average."""
    took = []
    for terminology in terminologies.TERMINOLOGIES:
        for number in range(releases):
            file = folder / "list.csv"
            write_release(file, codes, number)
            day = dt.date(2015, 1, 1) + dt.timedelta(200 * number)
            took.append(cpu(lambda t=terminology, n=number, f=file, d=day: terminologies.add_release(home, t, f, f"r{n}", d)))
            print(f"  {terminology} r{number}: {took[-1]:.1f} s", file=sys.stderr)
    return {"first": took[0], "last": took[-1], "mean": sum(took) / len(took)}


def codings(con, number: int, codes: int) -> None:  # type: ignore[no-untyped-def]
    """`codings`: distinct (rule, code, title) of every rule, nine in ten listed with their own title, the rest in no list."""
    rules = [(r.id, r.terminology) for r in catalogue()]
    con.execute("create temp table few as select * from (values " + ", ".join(f"({n}, '{r}', '{t}')" for n, (r, t) in enumerate(rules)) + ") as v(n, rule_id, terminology)")
    con.execute(
        f"create temp table codings as select cast(i as varchar) as coding_id, f.rule_id, f.terminology, date '2020-01-01' + cast(i % 400 as integer) as epoch_day,"
        f" cast(i as varchar) as text_id, f.terminology as terminology_id, lower(f.terminology) as terminology_key, c.code, c.code as code_clean,"
        f" c.title as title, c.title as title_clean, t.title_key, false as arabic_letters from range(0, {number}) r(i) join few f on f.n = i % {len(rules)}"
        f" join (select row_number() over (order by terminology, code) - 1 as place, terminology, case when hash(code) % 10 = 0 then '9' || substr(code, 1, 6) || 'x' else code end as code, title_fa as title, code as own"
        f"       from (select distinct terminology, code, title_fa from codes)) c on c.terminology = f.terminology and c.place % {codes} = (i // {len(rules)}) % {codes}"
        " left join (select terminology, code, min(title_key) as title_key from list_titles group by all) t on t.terminology = c.terminology and t.code = c.own"
        " qualify row_number() over (partition by i order by c.place) = 1"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--codes", type=int, default=100_000)
    options.add_argument("--releases", type=int, default=10)
    options.add_argument("--codings", type=int, default=1_000_000)
    given = options.parse_args()
    root = Path(tempfile.mkdtemp(prefix="lists-"))
    try:
        home = Home(root / "home")
        took = load(home, root, given.codes, given.releases)
        print(f"{len(terminologies.TERMINOLOGIES)} terminologies x {given.releases} releases x {given.codes:,} codes, each added by itself: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in took.items()))
        for policy in ("latest", "grace:30"):
            print(f"codes under {policy}: {cpu(lambda p=policy: terminologies.codes_under(home, p)):.1f} s")
        print(f"peak memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        with contextlib.closing(connect(spill=root / "spill")) as con:
            con.execute(f"create temp view codes as select * from {files([str(terminologies.codes_path(home))])}")
            print(f"compared forms of all titles, once a release: {cpu(lambda: list_titles(con, home.reference, 'x')):.1f} s")
            codings(con, given.codings, given.codes)
            attach_rules(con, catalogue())
            found = con.execute("select count(*), count(distinct coding_id) from codings").fetchall()[0]
            floor = cpu(lambda: con.execute("create temp table floor as select c.coding_id, l.code is not null as listed, v.code is not null as in_force from codings c left join (select distinct terminology, code from codes) l on l.terminology = c.terminology and l.code = c.code left join codes v on v.terminology = c.terminology and v.code = c.code and c.epoch_day >= v.valid_from and c.epoch_day < coalesce(v.valid_to, date '9999-12-31')"))
            whole = cpu(lambda: judge(con))
            print(f"{found[1]:,} distinct codings: plain join {floor:.1f} s, whole judgement {whole:.1f} s ({whole / floor:.1f} x)")
        print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    finally:
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
