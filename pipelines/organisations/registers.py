"""The four registers: their columns, keys, and the headers people give them.

Belongs here: shapes. Does not: files.
"""

from dataclasses import dataclass

DATES = {"valid_from", "valid_to", "certificate_until"}
LOWER = {"facility_id", "system_id"}  # senders write these GUIDs in either letter case


@dataclass(frozen=True)
class Register:
    """One table under `reference/`. `key` are the columns that tell rows apart; `refers` = (own column, register it names)."""

    name: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    key: tuple[str, ...]
    refers: tuple[str, str] | None = None

    @property
    def id(self) -> str:
        """The column that names a thing, whatever its dates."""
        return self.key[0]

    @property
    def dated(self) -> bool:
        return "valid_from" in self.columns

    def types(self) -> dict[str, str]:
        """SQL type of each column."""
        return {c: "DATE" if c in DATES else "BOOLEAN" if c == "synthetic" else "VARCHAR" for c in self.columns}


REGISTERS = {
    register.name: register
    for register in (
        Register(
            "universities",
            ("university_id", "name_fa", "name_en", "node", "synthetic"),
            ("university_id",),
            ("university_id",),
        ),
        Register(
            "facilities",
            ("facility_id", "university_id", "name_fa", "kind", "valid_from", "valid_to"),
            ("facility_id", "university_id"),
            ("facility_id", "valid_from"),
            ("university_id", "universities"),
        ),
        Register("vendors", ("vendor_id", "name_fa", "name_en"), ("vendor_id",), ("vendor_id",)),
        Register(
            "systems",
            (
                "system_id",
                "vendor_id",
                "product",
                "version",
                "kind",
                "certificate_no",
                "certificate_until",
                "valid_from",
                "valid_to",
            ),
            ("system_id", "vendor_id"),
            ("system_id", "valid_from"),
            ("vendor_id", "vendors"),
        ),
    )
}

_ALIASES = {
    "university_id": ["university", "univ_id", "شناسه دانشگاه", "کد دانشگاه"],
    "facility_id": ["facility", "org_id", "organization_id", "شناسه مرکز", "کد مرکز"],
    "vendor_id": ["vendor", "company_id", "شناسه شرکت", "کد شرکت"],
    "system_id": ["system", "software_id", "شناسه سامانه", "کد سامانه"],
    "name_fa": ["name", "title", "title_fa", "نام", "عنوان"],
    "name_en": ["title_en", "نام انگلیسی"],
    "node": ["sepas_node", "host", "نود", "گره"],
    "kind": ["type", "category", "نوع"],
    "product": ["product_name", "software", "نام محصول", "محصول"],
    "version": ["نسخه"],
    "certificate_no": ["certificate", "certificate_number", "شماره گواهی"],
    "certificate_until": ["certificate_valid_to", "certificate_expiry", "اعتبار گواهی"],
    "valid_from": ["from", "از تاریخ", "تاریخ شروع"],
    "valid_to": ["to", "تا تاریخ", "تاریخ پایان"],
    "synthetic": [],
}


def headers() -> dict[str, str]:
    """Accepted header, in `match_key` form → column."""
    from pipelines.persian import match_key

    return {match_key(text): column for column, others in _ALIASES.items() for text in (*others, column)}


def recognise(columns: set[str]) -> Register | None:
    """The register a table belongs to, by the ids among its columns: a system names its vendor, a facility its university."""
    for column, name in (
        ("system_id", "systems"),
        ("facility_id", "facilities"),
        ("vendor_id", "vendors"),
        ("university_id", "universities"),
    ):
        if column in columns:
            return REGISTERS[name]
    return None
