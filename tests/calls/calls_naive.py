"""The matching of calls to messages again, call by call in plain Python, to be compared with the SQL.

Belongs here: the rules of docs/calls.md, written once more. Does not: anything shared with pipelines.calls.
"""

from typing import Any

Row = dict[str, Any]
START = 1675240200 + 12600  # 2023-02-01 08:00, as seconds: where a sending has no time, its distance is that from 1970


def keys(row: Row) -> set[str]:
    return {row[name] for name in ("composition_uid", "message_uid") if row[name]}


def by_uid(call: Row, messages: list[Row]) -> tuple[Row, str] | None:
    """The attempt a call belongs to, and how sure."""
    same = [m for m in messages if keys(m) & keys(call)]
    if not same:
        return None
    dated = [m for m in same if m["sent"] is not None]
    after = sorted((m for m in dated if m["sent"] >= call["at"]), key=lambda m: (m["sent"], m["message_id"]))
    before = sorted((m for m in dated if m["sent"] < call["at"]), key=lambda m: (-m["sent"], m["message_id"]))
    if len(same) == 1:
        return same[0], "high"
    if not dated:
        return min(same, key=lambda m: m["message_id"]), "low"
    if not before or not after:
        return (after or before)[0], "high"
    near = after[0]["sent"] - call["at"] <= max(call["at"] - before[0]["sent"], call["window"])
    return (after if near else before)[0], "medium"


def match(calls: list[Row], messages: list[Row]) -> dict[str, tuple[str, str, str]]:
    """call_id → (message_id, matched_by, confidence), for calls of one log."""
    found: dict[str, tuple[str, str, str]] = {}
    by_id = {m["message_id"]: m for m in messages}
    for call in calls:
        uid = by_uid(call, messages)
        pinned = by_id.get(call["message_id"])
        if pinned:
            found[call["call_id"]] = (pinned["message_id"], "uid" if keys(pinned) & keys(call) else "content", "high")
        elif uid:
            found[call["call_id"]] = (uid[0]["message_id"], "uid", uid[1])
    pins = {c["call_id"]: (c, by_id[c["message_id"]]) for c in calls if c["message_id"] in by_id}
    for call in calls:
        known = {m["message_id"]: m for c, m in pins.values() if keys(c) & keys(call)}
        if call["call_id"] not in found and known:
            best = min(known.values(), key=lambda m: (m["sent"] is None or m["sent"] < call["at"], abs((m["sent"] or 0) - call["at"] if m["sent"] is not None else START + call["at"]), m["message_id"]))
            found[call["call_id"]] = (best["message_id"], "uid", "medium")
    uid_ok = any(by_uid(c, messages) for c in calls)
    content_ok = any(c["message_id"] in by_id for c in calls)
    pinned_ids = {c["message_id"] for c in calls if c["message_id"] in by_id}
    for call in calls:
        if call["call_id"] not in found:
            chosen = by_window(call, messages, uid_ok, content_ok, pinned_ids)
            if chosen:
                found[call["call_id"]] = chosen
    return found


def by_window(call: Row, messages: list[Row], uid_ok: bool, content_ok: bool, pinned: set[str]) -> tuple[str, str, str] | None:
    here = [
        m for m in messages
        if m["sent"] is not None and all(call[n] in (None, m[n]) for n in ("system_id", "facility_id", "service")) and (call["system_id"] or call["facility_id"])
    ]  # fmt: skip
    if content_ok and call["message_id"]:
        repaired = sorted(
            (m for m in here if 0 <= m["sent"] - call["at"] <= 3600 and m["message_id"] in pinned and all(call[n] for n in ("system_id", "facility_id", "service"))),
            key=lambda m: (m["sent"], m["message_id"]),
        )
        refused = call["passed"] is False and not (uid_ok and keys(call))
        return (repaired[0]["message_id"], "window", "low") if repaired and refused else None
    near = [
        m for m in here
        if -call["window"] <= m["sent"] - call["at"] <= call["window"]
        and not any(uid_ok and call[n] and m[n] for n in ("composition_uid", "message_uid"))
    ]  # fmt: skip
    if not near:
        return None
    best = min(near, key=lambda m: (m["sent"] < call["at"], abs(m["sent"] - call["at"]), m["message_id"]))
    return best["message_id"], "window", "medium" if len(near) == 1 else "low"


def use_class(message: Row, calls: list[Row], matched: dict[str, tuple[str, str, str]]) -> str:
    """Of a message that a log covers; calls in the order of the log."""
    own = sorted((c for c in calls if matched.get(c["call_id"], ("",))[0] == message["message_id"] and c["passed"] is not None), key=lambda c: (c["at"], c["row"]))
    if not own:
        return "not_validated"
    if message["sent"] is None:
        return "order_unknown"
    before = [c for c in own if c["at"] <= message["sent"]]
    if before:
        return "validated_before" if before[-1]["passed"] else "sent_after_failure"
    return "validated_after"
