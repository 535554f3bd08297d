"""Synthetic messages in every dialect: one tree a service, written as XML-A, XML-B, XML-C, SOAP, JSON in two cases. All persons are invented.

Belongs here: trees and how a dialect writes them. Does not: containers, or anything that reads messages.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple
from xml.sax.saxutils import quoteattr

VM = "http://thrita.behdasht.gov.ir/VM/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SYSTEM, FACILITY = "A1B2C3D4-0000-1111-2222-333344445555", "0F0E0D0C-AAAA-BBBB-CCCC-DDDDEEEEFFFF"


class Coded(NamedTuple):
    """DO_CODED_TEXT; a part that is None is not sent."""

    title: str | None
    terminology: str | None
    code: str | None


class Rows(NamedTuple):
    """A list: XML-A and B wrap each row in `wrapper`; `kinds` are the rows' xsi:types."""

    wrapper: str
    rows: list[dict]
    kinds: tuple[str | None, ...] = ()


class Id(NamedTuple):
    """DO_IDENTIFIER."""

    value: str
    kind: str = "Org_ID"


class Sent(NamedTuple):
    """A message before it is written."""

    root: str
    operation: str
    tree: dict[str, Any]


# What must be found nowhere after landing: a person nobody is.
PRIVATE = {
    "FirstName": "Zzfarhadnam", "LastName": "پنهانیان‌زاده", "NationalCode": "0084571239", "MobileNumber": "09121119999", "HomeTel": "02188997766",
    "FullAddress": "خیابان ناپیدا پلاک ۷۷۳۱", "PostalCode": "1417935840", "IDCardNumber": "775533119",
}  # fmt: skip
PRIVATE_TITLE, BIRTH = "شهر نهفته‌آباد", "1359/11/23"


def person() -> dict[str, Any]:
    """PersonInfoVO with two private coded items."""
    return {
        "FirstName": PRIVATE["FirstName"], "LastName": PRIVATE["LastName"], "NationalCode": PRIVATE["NationalCode"],
        "Gender": Coded(PRIVATE_TITLE, "thritaEHR.gender", "2"), "BirthDate": {"Year": 1359, "Month": 11, "Day": 23, "ISOString": BIRTH},
        "LivingPlaceArea": {"City": Coded(PRIVATE_TITLE, "countryDivisions", "23071999")},
        **{name: PRIVATE[name] for name in ("MobileNumber", "HomeTel", "FullAddress", "PostalCode", "IDCardNumber")},
    }  # fmt: skip


def day(year: int, month: int, number: int) -> dict[str, int]:
    """DO_DATE."""
    return {"Year": year, "Month": month, "Day": number}


def msg_id(number: int = 0, **more: Any) -> dict[str, Any]:
    """MessageIdentifierVO; `number` makes messages differ."""
    uid = f"Node11.behdasht.gov.ir::{number:08x}-0000-4000-8000-000000000000"
    return {"SystemID": Id(SYSTEM, "System_ID"), "HealthCareFacilityID": Id(FACILITY), "CompositionUID": uid} | more


def _sent(root: str, operation: str, number: int, composition: dict[str, Any]) -> Sent:
    admission = {"AdmissionDate": day(1401, 11, 9), "Institute": {"ID": Id(FACILITY)}, "AdmissionWard": {"Type": Coded("بخش داخلی", "thritaEHR.WardType", "036")}}
    diagnosis = Rows("DiagnosisVO", [{"Diagnosis": Coded("Essential hypertension", "ICD10", "I10"), "Status": Coded("نهایی", "thritaEHR.daignosis.status", "3")}])
    return Sent(root, operation, {"Person": person(), "MsgID": msg_id(number), "Composition": {"Admission": admission, "Diagnosis": diagnosis, **composition}})


def bill(number: int = 0, services: int = 1) -> Sent:
    """PatientBill with a drug, and services with a modifier below each."""
    modifier = {"Service": Coded("تعدیل ۹۰.۱", "RVU3", "90.1")}
    cost = Rows("QuantitiesVO", [{"Name": Coded("یارانه ارز ترجیحی", "thritaEHR.otherCost", "24"), "Value": {"Magnitude": 1500}}])
    rows = [{"Service": Coded("ويزيت & معاینه", "RVU3", f"90{n:04d}"), "ServiceType": Coded("ویزیت", "thritaEHR.serviceType", "3.1"), "OtherCosts": cost,
             "RelatedService": Rows("ServiceDetailsVO", [modifier])} for n in range(services)]  # fmt: skip
    rows.append({"Service": Coded("قرص", "IRC", "1228175628400121"), "ServiceType": Coded("دارو", "thritaEHR.serviceType", "1")})
    return _sent("PatientBillMessageVO", "SavePatientBill", number, {"BillServices": Rows("ServiceDetailsVO", rows), "Discharge": {"DischargeDate": day(1401, 11, 12)}})


def dispensed(number: int = 0) -> Sent:
    """DispensedPrescription with a compound and a replacement."""
    inner = Rows("MedicationDispensedVO", [{"ProductCode": Coded("جزء", "IRC", "0000000000000012")}])
    drug = {"ProductCode": Coded("اصل", "IRC", "1111111111111111"), "CompoundedProduct": inner, "ReplaceMedication": {"ProductCode": Coded("جایگزین", "IRC", "2222222222222222")}}
    body = {"DispensedPrescriptions": {"DateDispense": day(1401, 11, 21), "MedicationDispensed": Rows("MedicationDispensedVO", [drug])}}
    return _sent("DispensedPrescriptionsMessageVO", "SaveDispensedPrescription", number, body)


def medication(number: int = 0) -> Sent:
    orders = Rows("MedicationPrescriptionRowVO", [{"ProductCode": Coded("آموکسی‌سیلین", "eRx", "00123"), "Repeats": 2}])
    return _sent("MedicationPrescriptionsMessageVO", "SaveMedicationPrescription", number, {"MedicationPrescriptions": {"IssueDate": day(1401, 11, 22), "Orders": orders}})


def lab_result(number: int = 0, fixed: int = 2, pathology: bool = False) -> Sent:
    """LabResult: one general result with a TestName, and fixed forms; or pathology."""
    general = {"DateTimeResult": day(1401, 12, 11), "LaboratoryResultRow": Rows("LaboratoryResultRowVO", [{"TestName": Coded("FBS", "LNC", "1558-6")}], ("LaboratoryResultRowQuantityVO",))}
    forms = [{"DateTimeResult": day(1401, 12, 11), "WBC": {"Magnitude": 5.5}} for _ in range(fixed)]
    kinds = ("GeneralLaboratoryResultVO", *("PathologyVO" if pathology else "CBCVO" for _ in forms))
    return _sent("LaboratoryResultMessageVO", "SavePathologyReport" if pathology else "SaveLaboratoryResult", number, {"LabResult": Rows("LabTestResultVO", [general, *forms], kinds)})


def prescription(number: int = 0, imaging: bool = False) -> Sent:
    """LabPrescription, or ImagingPrescription."""
    kind = "Imaging" if imaging else "Laboratory"
    row = {"Service": Coded("آزمایش", "LNC", "24331-1"), **({"ServiceDetail": {"Coding": Coded("سر", "SNOMEDCT", "69536005")}} if imaging else {})}
    orders = Rows("ImagingPrescriptionRowVO" if imaging else "ServicePrescriptionRowVO", [row])
    return _sent(f"{kind}PrescriptionsMessageVO", f"Save{'MedicalImage' if imaging else 'Laboratory'}Prescription", number, {"ServicePrescriptions": {"IssueDateTime": day(1401, 12, 1), "Orders": orders}})


SERVICES: dict[str, Callable[[int], Sent]] = {
    "PatientBill": bill, "DispensedPrescription": dispensed, "MedicationPrescription": medication, "LabResult": lab_result,
    "LabPrescription": prescription, "ImagingPrescription": lambda number: prescription(number, imaging=True),
}  # fmt: skip


def xml_a(sent: Sent, prefix: str = "", declared: bool = True) -> str:
    """Attributes; root in no namespace, its children in the default one (A) or all with a prefix (B)."""
    name = f' xmlns:{prefix[:-1]}="{VM}"' if prefix and declared else ""
    default = "" if prefix else f' xmlns="{VM}"'
    inner = "".join(_attributes(f"{prefix}{key}", value, prefix, default) for key, value in sent.tree.items())
    return f'<{sent.root} xmlns:xsi="{XSI}"{name}>{inner}</{sent.root}>'


def _attributes(tag: str, value: Any, prefix: str, extra: str = "") -> str:
    if isinstance(value, Coded):
        parts = (("Value", value.title), ("Terminology_id", value.terminology), ("Coded_string", value.code))
        return f"<{tag}{extra}{''.join(f' {k}={quoteattr(v)}' for k, v in parts if v is not None)}/>"
    if isinstance(value, Id):
        return f'<{tag}{extra} Issuer="MOHME_IT" Assigner="MOHME_IT" ID="{value.value}" Type="{value.kind}"/>'
    if isinstance(value, Rows):
        kinds = value.kinds or (None,) * len(value.rows)
        rows = [_attributes(f"{prefix}{value.wrapper}", row, prefix, f' xsi:type="{prefix}{kind}"' if kind else "") for row, kind in zip(value.rows, kinds, strict=True)]
        return f"<{tag}{extra}>{''.join(rows)}</{tag}>"
    if isinstance(value, dict):
        attributes = "".join(f" {k}={quoteattr(v)}" for k, v in value.items() if k in ("FirstName", "LastName", "NationalCode", "ISOString"))
        return f"<{tag}{extra}{attributes}>{''.join(_attributes(f'{prefix}{k}', v, prefix) for k, v in value.items() if k not in ('FirstName', 'LastName', 'NationalCode', 'ISOString'))}</{tag}>"
    return f"<{tag}{extra}>{value}</{tag}>"


def xml_b(sent: Sent) -> str:
    return xml_a(sent, "VM:")


def soap(sent: Sent) -> str:
    inner = "".join(_attributes(key, value, "", f' xmlns="{VM}"') for key, value in sent.tree.items())
    element = sent.operation.removeprefix("Save")
    return f'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="{XSI}"><soap:Header/><soap:Body><{element} xmlns="http://sepas.behdasht.gov.ir/">{inner}</{element}></soap:Body></soap:Envelope>'


def xml_c(sent: Sent) -> str:
    """Elements only, pretty-printed, lists without wrapper."""
    return f'<root xmlns:xsi="{XSI}">\n{_elements(plain(sent.tree))}</root>'


def _elements(value: dict[str, Any]) -> str:
    lines = []
    for key, part in value.items():
        for one in part if isinstance(part, list) else [part]:
            kind = f' xsi:type="{one.pop("$type")}"' if isinstance(one, dict) and "$type" in one else ""
            inner = "\n" + _elements(one) if isinstance(one, dict) else "" if one is None else str(one).replace("&", "&amp;")
            lines.append(f"<{key}{kind}>{inner}</{key}>" if inner else f"<{key}/>")
    return "\n".join(lines) + "\n"


def plain(value: Any, key: Callable[[str], str] = str) -> Any:
    """The tree as JSON has it."""
    if isinstance(value, Coded):
        return {key(k): v for k, v in (("Value", value.title), ("Terminology_id", value.terminology), ("Coded_string", value.code)) if v is not None}
    if isinstance(value, Id):
        return {key("ID"): value.value, key("Type"): value.kind}
    if isinstance(value, Rows):
        kinds = value.kinds or (None,) * len(value.rows)
        return [({"$type": kind} if kind else {}) | plain(row, key) for row, kind in zip(value.rows, kinds, strict=True)]
    return {key(k): plain(v, key) for k, v in value.items()} if isinstance(value, dict) else value


def json_pascal(sent: Sent) -> str:
    return json.dumps({"xmlns": None, **plain(sent.tree)}, ensure_ascii=False, indent=2)


def json_camel(sent: Sent) -> str:
    return json.dumps(plain(sent.tree, lambda k: k[:1].lower() + k[1:]), ensure_ascii=False, separators=(",", ":"))


def json_small(sent: Sent) -> str:
    return json.dumps(plain(sent.tree, str.lower), ensure_ascii=False)


DIALECTS: dict[str, Callable[[Sent], str]] = {
    "xml_a": xml_a, "xml_b": xml_b, "xml_c": xml_c, "soap": soap, "json_pascal": json_pascal, "json_camel": json_camel, "json_small": json_small,
}  # fmt: skip
