"""What a row of a log may say, under which names it is looked for, and which values mean yes and no.

Belongs here: our names and their aliases. Does not: a user's own names (`mapping`). Names of ValidationResultVO and ResultVO:
sepas-messages, section 4.
"""

import re

KINDS = ("validation", "send")
SENDER = ("at", "system_id", "facility_id", "composition_uid", "message_uid", "uid", "message_id", "content_hash", "content", "operation", "service", "call_id")
ANSWER = ("error_message", "normalized_error_message", "error_category_type", "error_category_critical", "error_category_source", "error_description")
TEXTS = ("error_message", "normalized_error_message", "error_description")
FIELDS = (*SENDER, "answer", *ANSWER, "passed")

# Names as `key` makes them: small letters, without blanks and underscores.
ALIASES: dict[str, tuple[str, ...]] = {
    "at": ("calledat", "sentat", "at", "time", "timestamp", "datetime", "validatedat", "calltime", "sendtime", "requesttime", "receivedat", "زمان", "تاریخ"),
    "system_id": ("systemid", "system", "شناسهسامانه", "سامانه"),
    "facility_id": ("facilityid", "facility", "healthcarefacilityid", "locationid", "location", "شناسهمرکز", "مرکز"),
    "composition_uid": ("compositionuid", "composition"),
    "message_uid": ("messageuid",),
    "uid": ("uid", "guid"),
    "message_id": ("messageidhash",),
    "content_hash": ("contenthash", "hash", "contentsha256", "sha256"),
    "content": ("content", "message", "payload", "body", "xmlcontent"),
    "operation": ("operation", "method", "messageclass", "عملیات"),
    "service": ("service", "servicename", "سرویس"),
    "call_id": ("callid", "resultid", "requestid"),
    "answer": ("answer", "response", "result", "validationresult", "validationresultvo", "resultvo", "پاسخ"),
    "error_message": ("errormessage", "error", "errortext", "پیامخطا", "خطا"),
    "normalized_error_message": ("normalizederrormessage",),
    "error_category_type": ("errorcategorytype", "errorcode"),
    "error_category_critical": ("errorcategorycritical",),
    "error_category_source": ("errorcategorysource",),
    "error_description": ("errordescription",),
    "passed": ("passed", "accepted", "ok", "success", "isvalid"),
}
# Columns that only one of the two kinds has; ErrorSolution and patientUID tell the kind and are never read.
TELLING = {
    "validation": {"calledat", "validatedat", "normalizederrormessage", "errorcategorytype", "errorcategorycritical", "errorcategorysource", "errordescription", "errorsolution", "passed", "validationresult", "validationresultvo"},
    "send": {"sentat", "sendtime", "accepted", "patientuid", "resultvo"},
}  # fmt: skip
OTHER_NAMES = {"called_at": "at", "sent_at": "at", "time": "at", "accepted": "passed", "system": "system_id", "facility": "facility_id"}
YES = ("true", "1", "yes", "y", "ok", "success", "passed", "valid", "accepted", "بله", "بلی", "موفق", "تایید", "critical", "بحرانی")
NO = ("false", "0", "no", "n", "error", "failed", "invalid", "rejected", "fault", "خیر", "ناموفق", "رد", "warning", "هشدار")
NOTHING = ("", "null", "none", "nan", "-", "nil")


def key(name: str) -> str:
    """A column's name as aliases are compared: small letters, without blanks, underscores and hyphens."""
    return re.sub(r"[\s_\-\u200c]+", "", name).lower()


def alias(columns: list[str], field: str) -> str | None:
    """The column that carries a field by one of its usual names."""
    by_key = {key(column): column for column in reversed(columns)}
    return next((by_key[name] for name in ALIASES[field] if name in by_key), None)


def text_of(value: object) -> str:
    """A cell as text, trimmed; what stands for nothing is blank. A float without decimals is the integer it came from."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    return "" if text.lower() in NOTHING else text
