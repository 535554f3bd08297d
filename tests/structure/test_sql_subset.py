"""The SQL of rules and marts stays in the subset that runs unchanged on another engine (docs/decisions.md; scale-out, section 5).

Audited: epochs.sql, coded/, findings/, marts/ and the compiled plan. Everything else must parse; it is written for DuckDB on purpose.
"""

import re

import pytest
import sqlglot
from sql_files import FILES, TEXTS, body, is_audited, lines_of_header
from sqlglot import exp

AUDITED = sorted(name for name in TEXTS if is_audited(name))
DUCKDB_ONLY = {
    # folder → why its SQL may use more of DuckDB. Each line is dated.
    "calls/sql": "2026-11-22: matching is made once where the logs are; what it counts is summed by a mart in the subset",
    "reports/sql": "2026-11-22: small queries of the finished marts, run on the warehouse file only",
    "supervision/sql": "2026-11-23: small queries of the counts, run while the warehouse is built",
    "terminologies": "2026-11-22: dated lists are made once on one machine, before any engine is chosen",
}
ALLOWED = {
    "Select", "From", "Where", "Join", "Group", "Having", "Order", "Ordered", "With", "CTE", "Subquery", "Union", "Table", "TableAlias", "Alias", "Column",
    "Identifier", "Star", "Literal", "Null", "Boolean", "DataType", "Paren", "And", "Or", "Not", "EQ", "NEQ", "GT", "GTE", "LT", "LTE", "In", "Is", "Like",
    "Between", "Case", "If", "Coalesce", "Nullif", "Distinct", "Filter", "Window", "RowNumber", "Lead", "Count", "Sum", "Min", "Max", "Substring", "Pad",
    "SplitPart", "Replace", "Trim", "Lower", "Ascii", "Length", "RegexpLike", "DPipe", "Add", "Sub", "Mul", "Mod", "Neg", "Cast",
}  # fmt: skip
BI_LAYER = {
    # mart → what more it may use: marts divide, because readers do; 2026-11-22
    "marts/error_rate_by_university.sql": {"Div", "wilson_low", "wilson_high"},
    "marts/error_rate_by_vendor.sql": {"Div", "wilson_low", "wilson_high"},
    "marts/error_rate_by_facility.sql": {"Div", "wilson_low", "wilson_high"},
    "marts/error_rate_by_list_policy.sql": {"Div", "wilson_low", "wilson_high"},
    "marts/validation_service_use.sql": {"Div"},
    "marts/readiness.sql": {"Div", "wilson_low", "wilson_high"},
    "marts/suggestions.sql": {"Div"},
    "marts/error_rate_around_rollout.sql": {"Div", "Floor"},  # whole weeks between two days; Spark writes datediff
}
DENIED_TEXT = {
    # pattern → (why not, what it must catch)
    r"\\": ("a backslash is lost on Spark: write [.] and [0-9]", r"'\d'"),
    r"\[:": ("POSIX classes silently match nothing on Spark", "'[[:alpha:]]'"),
    r"\(\?": ("look-around is an error outside Spark", "'(?=a)'"),
    r"::": ("write cast(… as …)", "a::int"),
    r"\b(now|today|random|uuid|hash|md5)\(|\bcurrent_": ("a verdict depends on nothing but its inputs", "now()"),
    r"\bregexp_(?!like\b)": ("write regexp_like", "regexp_replace(a, 'b', 'c')"),
    r"\b(qualify|exclude|asof|unnest|struct|any_value|arg_max|arg_min|try_cast|ilike)\b": ("not in the subset", "select * exclude (a)"),
    r"\blist(_(contains|filter|transform|value|agg))?\(": ("arrays differ between engines", "list_contains(a, 1)"),
    r"\b(group|order) by all\b": ("name the columns", "group by all"),
    r"\bconcat\(": ("NULL differs between engines: write ||", "concat(a, null)"),
    r"\bround\(|\b(double|float|real|decimal)\b": ("no floats and no rounding before the marts' readers", "cast(a as double)"),
}


def trees(name: str, dialect: str) -> list[exp.Expression]:
    return [tree for tree in sqlglot.parse(TEXTS[name], read=dialect) if tree]


@pytest.mark.parametrize("name", sorted(TEXTS))
@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_every_sql_text_parses(name, dialect):
    assert trees(name, dialect)


@pytest.mark.parametrize("name", AUDITED)
def test_only_the_subset_is_used(name):
    used = {node.name if isinstance(node, exp.Anonymous) else type(node).__name__ for tree in trees(name, "duckdb") for node in tree.walk()}
    assert used <= ALLOWED | BI_LAYER.get(name, set())


@pytest.mark.parametrize("name", AUDITED)
def test_nothing_that_engines_read_differently(name):
    found = {why: hits for pattern, (why, _) in DENIED_TEXT.items() if (hits := re.findall(f"(?i){pattern}", body(TEXTS[name])))}
    assert found == {}


@pytest.mark.parametrize("name", AUDITED)
def test_text_is_never_cast_to_a_number(name):
    """A number is made of counts, of another number or of a difference of days; dirty text is guarded by a pattern instead."""
    for tree in trees(name, "duckdb"):
        for cast in tree.find_all(exp.Cast):
            if cast.to.this in exp.DataType.NUMERIC_TYPES:
                inner = cast.this.unnest()
                counted = inner.find(exp.Sum, exp.Count, exp.RowNumber, exp.Floor) is not None
                assert counted or {column.name for column in inner.find_all(exp.Column)} <= {"attempt_no"}, cast.sql()


@pytest.mark.parametrize("name", AUDITED)
def test_patterns_are_literals(name):
    for tree in trees(name, "duckdb"):
        for like in tree.find_all(exp.RegexpLike):
            assert isinstance(like.expression, exp.Literal), like.sql()


def test_every_folder_is_audited_or_excepted():
    for name in TEXTS:
        assert is_audited(name) or any(name.startswith(folder) for folder in DUCKDB_ONLY), name
    assert set(BI_LAYER) <= set(TEXTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_says_what_it_is(path):
    header = lines_of_header(path)
    assert header and re.search(r"[.;:]", header[0]), "a file opens with a sentence"
    if path.parent.name in ("coded", "findings", "marts"):
        keys = [line.split()[0] for line in header[1:] if re.match(r"(grain|reads|measures|beware)\b", line)]
        assert header[1] == "" and keys[0] == "grain" and "reads" in keys


@pytest.mark.parametrize("pattern", DENIED_TEXT)
def test_the_deny_list_bites(pattern):
    assert re.search(f"(?i){pattern}", DENIED_TEXT[pattern][1])
