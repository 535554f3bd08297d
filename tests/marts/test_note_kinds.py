"""marts.note_kinds: every note is named; an extra check is estimable only under lists that carry what it needs."""

from expectations.extra_check import coding_notes, extra_checks
from pipelines.marts import note_kinds
from pipelines.warehouse import connect


def kinds(releases: list[dict], carried: set) -> dict[str, dict]:
    con = connect()
    con.execute("create schema marts")
    note_kinds.write(con, releases, carried)
    found = con.execute("select * from marts.note_kinds")
    names = [column[0] for column in found.description]
    return {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def test_every_note_has_a_row():
    found = kinds([], set())
    assert set(found) == {check.id for check in extra_checks()} | set(coding_notes())
    assert all(row["title_fa"] and row["title_en"] and row["looks_at_fa"] and row["looks_at_en"] for row in found.values())
    assert {note for note, row in found.items() if row["estimable"]} == set(coding_notes()), "no list, no extra check"


def test_what_is_missing_and_what_stands_in_is_said():
    half = {("IRC", "map", "GenericCode"), ("LNC", "attribute", "order_or_result")}
    releases = [{"terminology": "LNC", "release": "a", "partial": True}, {"terminology": "IRC", "release": "b"}]
    found = kinds(releases, half)
    assert (found["erx_irc_disagree"]["estimable"], found["erx_irc_disagree"]["missing"]) == (False, "eRx: map GenericCode")
    assert (found["order_only_in_result"]["estimable"], found["order_only_in_result"]["synthetic"]) == (True, True)
    assert not found["addon_alone"]["synthetic"]
