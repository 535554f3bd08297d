"""The invented vendors: which systems they sell, how their messages are written, and what they get wrong.

Belongs here: facts of each vendor. Does not: the arithmetic of rates (`habits`), text (`dialects`).
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Vendor:
    """One vendor. `special`: terminology → (fault, share of items before the start date); `progress`: how it acts on a start date."""

    vendor_id: str
    name_fa: str
    name_en: str
    product: str
    kinds: tuple[str, ...]
    share: float
    dialect: str = "xml_a"
    quirk: str = ""  # nul | bom | cp1256 | empties | lower_guid
    base: float = 0.05
    progress: str = "sharp"  # sharp | slow | none | back
    special: dict[str, tuple[str, float]] = field(default_factory=dict)
    benign: dict[str, float] = field(default_factory=dict)


UNLISTED = Vendor("unknown", "", "", "NamiraCIS", ("CIS",), 0.0, base=0.1, progress="none")
_ZEROS = {t: ("leading_zero_lost", s) for t, s in (("thritaEHR.WardType", 0.35), ("IRC", 0.06), ("RVU3", 0.02))}
_OLD = dict.fromkeys(("IRC", "eRx", "RVU3", "LNC", "ICD10", "thritaEHR.WardType"), ("not_in_force", 0.16))
_DUMMY = dict.fromkeys(
    ("IRC", "RVU3", "LNC", "ICD10", "thritaEHR.otherCost", "thritaEHR.WardType", "eRx"), ("placeholder", 0.1)
)
_SWAP = dict.fromkeys(("RVU3", "ICD10", "eRx", "thritaEHR.WardType", "LNC"), ("swapped", 0.14))
_LOCAL_LAB = {"LNC": ("local_terminology", 0.35), "RVU3": ("attribute_sign", 0.05)}

VENDORS = (
    Vendor("v01", "پندارین", "Pendarin", "PendarinHIS", ("HIS", "LIS"), 2.2),
    Vendor(
        "v02",
        "گمانه‌پرداز",
        "Gomaneh Pardaz",
        "GomanHIS",
        ("HIS",),
        1.6,
        progress="slow",
        special={"IRC": ("local_terminology", 0.45)},
    ),
    Vendor(
        "v03", "رؤیاسامان", "Roya Saman", "RoyaCare", ("HIS", "CIS"), 1.4, base=0.04, benign={"arabic_letters": 0.8}
    ),
    Vendor(
        "v04",
        "انگاره‌نگار",
        "Engareh Negar",
        "Engareh",
        ("HIS", "OIS"),
        1.0,
        "xml_b",
        "lower_guid",
        progress="none",
        special=_ZEROS,
    ),
    Vendor("v05", "سراب‌افزار", "Sarab Afzar", "SarabLab", ("HIS", "LIS"), 1.2, progress="slow", special=_OLD),
    Vendor("v06", "وهم‌پرداز", "Vahm Pardaz", "VahmClinic", ("CIS", "OIS"), 0.9, "xml_c", special=_SWAP),
    Vendor("v07", "نقش خیال", "Naghsh-e Khiyal", "NaghshNet", ("CIS", "PIS"), 1.1, "json_pascal", base=0.04),
    Vendor(
        "v08",
        "فرض‌نگار",
        "Farz Negar",
        "FarzOffice",
        ("OIS", "PIS", "RIS"),
        1.0,
        "json_camel",
        "lower_guid",
        progress="slow",
        special={"ICD10": ("dot_lost", 0.4)},
    ),
    Vendor(
        "v09",
        "خواب‌گزار",
        "Khabgozar",
        "KhabgozarHIS",
        ("HIS", "PIS"),
        0.9,
        quirk="nul",
        progress="none",
        special=_DUMMY,
    ),
    Vendor(
        "v10",
        "پرسه‌سامان",
        "Parseh Saman",
        "ParsehLab",
        ("LIS", "RIS"),
        1.0,
        quirk="bom",
        base=0.06,
        progress="back",
        special=_LOCAL_LAB,
    ),
    Vendor(
        "v11",
        "افسانه‌ساز",
        "Afsaneh Saz",
        "AfsanehHIS",
        ("HIS",),
        0.8,
        quirk="cp1256",
        progress="slow",
        benign={"arabic_letters": 1.0},
    ),
    Vendor(
        "v12", "اوهام‌داده", "Oham Dadeh", "OhamHIS", ("HIS", "CIS"), 0.8, "soap", base=0.06, benign={"id_case": 0.3}
    ),
    Vendor(
        "v13",
        "تخیل‌طب",
        "Takhayol Teb",
        "TakhayolHIS",
        ("HIS", "LIS"),
        1.0,
        quirk="empties",
        progress="back",
        benign={"title_blank": 0.25},
    ),
    Vendor("v14", "ناکجاسامان", "Nakoja Saman", "NakojaPharm", ("PIS", "RIS", "OIS"), 1.0, base=0.02),
)
