"""What changes between two releases."""

import pytest

from pipelines import terminologies
from pipelines.errors import InputError


def test_every_kind_of_change(home, table):
    before = "code,title,status,valid_from\n1,one,,\n2,two,active,\n3,three,,\n4,four,,\n5,five,deleted,\n6,six,,\n"
    after = "code,title,status,valid_from\n1,one,active,\n2,two,deleted,\n3,THREE,,\n5,five,,\n6,six,,1400/06/01\n7,seven,,\n"
    terminologies.add_release(home, "IRC", table(before), "a", "1400/01/01")
    terminologies.add_release(home, "IRC", table(after), "b", "1401/01/01")
    changes = {row["code"]: row for row in terminologies.diff_releases(home, "irc", "a", "B")}
    assert {code: row["change"] for code, row in changes.items()} == {
        "2": "retired", "3": "retitled", "4": "removed", "5": "revived", "6": "redated", "7": "added",
    }  # fmt: skip
    assert (changes["3"]["title_before"], changes["3"]["title_after"]) == ("three", "THREE")
    assert terminologies.diff_releases(home, "irc", "a", "a") == []
    with pytest.raises(InputError, match=r"no release 'c'\. Its releases: a, b"):
        terminologies.diff_releases(home, "IRC", "a", "c")


def test_stand_ins_can_be_compared(stand_ins):
    changes = terminologies.diff_releases(stand_ins, "RVU3", "SYNTHETIC-1399", "SYNTHETIC-1401")
    assert {row["change"] for row in changes} == {"added", "removed"}
    assert 100 < len(changes) < 250
