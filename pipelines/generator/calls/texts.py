"""What the invented service answers, in Persian and English, with blemishes of real texts: Arabic letters, codes in quotes, values of patients.

Belongs here: sentences. Does not: when they are said (`service`). Strings of the published error pages stand among them.
"""

from random import Random

from pipelines.generator.shapes import ARABIC_LETTERS

_FIELDS = {
    "patientbill-othercosts-othercost": ("OtherCosts", "سایر هزینه‌ها"),
    "patientbill-wardtype-wardtype": ("AdmissionWardType", "نوع بخش"),
    "patientbill-service": ("Service", "کد خدمت"),
    "dispensedprescription-productcode-irc": ("ProductCode", "کد کالا"),
    "medicationprescription-productcode-erx": ("ProductCode", "کد دارو"),
    "labresult-testname-lnc": ("TestName", "کد آزمایش"),
    "labprescription-service-lnc": ("Service", "کد خدمت"),
    "imagingprescription-service-lnc": ("Service", "کد خدمت"),
    "diagnosis": ("Diagnosis", "تشخیص"),
}
_LISTS = {"othercost": "thritaEHR.otherCost", "wardtype": "thritaEHR.WardType", "irc": "IRC", "erx": "eRx", "rvu3": "RVU3", "lnc": "LNC", "icd10": "ICD10"}
_SAID = {
    "incomplete": ("{field} is mandatory: code of {list} is missing.", "{field_fa}: کد {list} وارد نشده است."),
    "placeholder": ("Dummy code in {field} ({list}).", "در {field_fa} به جای کد {list} مقدار صوری آمده است."),
    "terminology_not_allowed": ("Terminology_id is not allowed in {field}; {list} expected.", "ترمینولوژی {field_fa} مجاز نیست؛ {list} لازم است."),
    "malformed": ("The format of code '{code}' is wrong for {list} in {field}.", "ساختار کد «{code}» در {field_fa} نادرست است ({list})."),
    "unknown": ("Code '{code}' not found in {list}, field {field}.", "کد «{code}» در فهرست {list} یافت نشد؛ {field_fa}."),
    "not_in_force": ("Code '{code}' of {list} is no longer valid in {field}.", "کد «{code}» در {field_fa} در تاریخ تبادل معتبر نیست ({list})."),
    "title_mismatch": ("Title does not match code '{code}' of {list} in {field}.", "عنوان با کد «{code}» در {field_fa} مطابقت ندارد ({list})."),
}
_OUTSIDE = (
    ("NationalCode {national} is invalid.", "کد ملی {national} نامعتبر است."),
    ("MedicalRecordNumber is invalid!", "شماره پرونده نامعتبر است."),
    ("InsurerBox is invalid.", "صندوق بیمه با بیمه‌گر پایه همخوان نیست."),
    ("MessagePrepare.Patient info is not matched with nationalcode.", "مشخصات بیمار: {name} با کد ملی همخوان نیست."),
)
_NAMES = ("گلنوش پندارپور", "Khiyalinejad", "آرزومند خیالی", "Pendarzadeh Roya")
DOWN = ("The operation has timed out", "سرویس اعتبارسنجی در دسترس نیست.")
ODD = ("Quux flange 7 denied", "پنجرهٔ آبی نچرخید")


def refusal(rule_id: str, outcome: str, code: str | None, rng: Random) -> str:
    """The text that refuses an item."""
    name, name_fa = next(said for head, said in _FIELDS.items() if rule_id.startswith(head) or f"-{head}-" in rule_id)
    english, persian = _SAID[outcome]
    return _blemished(
        rng.choice((english, persian)).format(field=name, field_fa=name_fa, code=code or "", list=_LISTS[rule_id.rsplit("-", 1)[1]]), rng
    )


def outside(rng: Random) -> str:
    """A refusal for something no rule of ours is about; now and then with a value of the patient in it, as real ones have."""
    return _blemished(rng.choice(rng.choice(_OUTSIDE)).format(national=f"00{rng.randrange(10**8):08d}", name=rng.choice(_NAMES)), rng)


def _blemished(text: str, rng: Random) -> str:
    return text.translate(ARABIC_LETTERS) if rng.random() < 0.15 else text
