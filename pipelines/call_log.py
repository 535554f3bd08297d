"""The call log, connected to the rest: land logs with what the landing of messages knows, publish, list what nobody mapped.

Belongs here: what the commands `calls …` call. Does not: reading or matching (`calls`), the flow of extracts (`flow`).
"""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import flow
from pipelines.settings import Home
from pipelines.state import State, writing

if TYPE_CHECKING:
    from pipelines.calls.landing import LandedLog
    from pipelines.calls.reading import Outside


def add(
    home: Home, paths: Iterable[Path], columns: Path | None = None, kind: str | None = None, university_id: str | None = None,
    progress: Callable[[str, int, int], None] = lambda *_: None, publish: bool = True,
) -> "list[LandedLog]":  # fmt: skip
    """Land the logs below `paths`, match them to the landed messages, publish. Idempotent; a log given with another mapping is read anew.

    Without `publish` the next build matches and publishes.
    """
    from pipelines.calls.landing import files, land
    from pipelines.calls.mapping import read_mapping

    flow.ensure_reference(home)
    mapping, found, done = read_mapping(columns), list(files(paths)), []
    with writing(home) as state:
        for path in found:
            done.append(land(state, path, mapping, kind, university_id, _lent(), lambda n: progress("landing", n, 0)))
    if publish and (any(not log.already for log in done) or not home.warehouse.exists()):
        flow.publish(home)
    return done


def added(home: Home) -> list[dict[str, Any]]:
    """Every log that was added, in order."""
    from pipelines.calls.store import logs

    with State(home) as state:
        return logs(state)


def remove(home: Home, log_id: str) -> str:
    """Take one log out again, named by its id or the first digits of it; returns its file's name. Raises InputError."""
    from pipelines.calls.store import drop, logs
    from pipelines.errors import InputError

    with writing(home) as state:
        found = [log for log in logs(state) if log_id and log["log_id"].startswith(log_id.lower())]
        if len(found) != 1:
            raise InputError(f"'{log_id}' is the beginning of {len(found)} logs' ids. See: sepas-dq calls list")
        drop(state, found[0]["log_id"])
    flow.publish(home)
    return found[0]["file"]


def unmapped(home: Home, limit: int) -> tuple[list[tuple[str, str, int]], int, int]:
    """((calls or sends, masked text, answers) most frequent first, answers in all, texts in all) of the texts that nobody mapped."""
    from pipelines.warehouse import reading

    texts = "(select 'calls' as kind, text_key, answer_id from landed.validation_answers union all select 'sends', text_key, answer_id from landed.send_results)"
    said = f"from {texts} where answer_id is null and text_key is not null"
    with reading(home) as con:
        found = con.execute(f"select kind, text_key, count(*) as n {said} group by all order by n desc, kind, text_key limit {limit}").fetchall()
        unknown, distinct = con.execute(f"select count(*), count(distinct text_key) {said}").fetchall()[0]
    return found, unknown, distinct


def _lent() -> "Outside":
    """What reading a log takes of the landing: ids of a content, and the service of an operation."""
    from pipelines.calls.reading import Outside
    from pipelines.landed.content import content
    from pipelines.landed.message import SERVICES, Broken, service_of_operation

    known = set(SERVICES.values())

    def ids(payload: Any) -> tuple[str, str] | None:
        try:
            body = content(payload)
        except Broken:
            return None
        return body.digest().hex(), body.sha256()

    def service(said: str) -> str | None:
        names = (service_of_operation(word.removeprefix("Validate").removeprefix("validate")) for word in said.replace(":", "/").split("/")[::-1])
        return next((name for name in names if name in known), None)

    return Outside(ids, cache(service))
