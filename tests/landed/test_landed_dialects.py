"""Every dialect gives the same coded items in document order; what is odd in a message does not change what is an item."""

import json

import messages as m
import pytest

from pipelines.landed.content import content
from pipelines.landed.message import Broken
from pipelines.landed.readers import read

BODY = "<MsgID/><Composition>{}</Composition>"


def items(text: str | bytes, **options: str) -> list[tuple]:
    return [(i.path, i.terminology_id, i.code, i.title) for i in read(content(text), **options).items]


def wrapped(inner: str) -> str:
    return f'<PatientBillMessageVO xmlns:xsi="{m.XSI}"><MsgID/><Composition>{inner}</Composition></PatientBillMessageVO>'


@pytest.mark.parametrize("service", m.SERVICES)
@pytest.mark.parametrize("dialect", m.DIALECTS)
def test_same_items_in_every_dialect(dialect, service):
    sent = m.SERVICES[service](7)
    message = read(content(m.DIALECTS[dialect](sent)), sent.operation)
    expected = read(content(m.xml_a(sent)), sent.operation)
    assert message.items == expected.items and len(message.items) >= 4
    assert (message.service, message.private_items, message.codeless_items) == (service, 2, 0)
    assert (message.system_id, message.facility_id, message.node) == (m.SYSTEM.lower(), m.FACILITY.lower(), "node11")
    assert message.clinical_on == expected.clinical_on is not None
    assert (message.composition_uid or "").endswith("::00000007-0000-4000-8000-000000000000")
    assert message.fixed_form_results == (2 if service == "LabResult" else 0)


@pytest.mark.parametrize("dialect", m.DIALECTS)
def test_bill_path_by_path(dialect):
    below = "Composition/BillServices"
    assert items(m.DIALECTS[dialect](m.bill())) == [
        ("Composition/Admission/AdmissionWard/Type", "thritaEHR.WardType", "036", "بخش داخلی"),
        ("Composition/Diagnosis/Diagnosis", "ICD10", "I10", "Essential hypertension"),
        ("Composition/Diagnosis/Status", "thritaEHR.daignosis.status", "3", "نهایی"),
        (f"{below}/Service", "RVU3", "900000", "ويزيت & معاینه"),
        (f"{below}/ServiceType", "thritaEHR.serviceType", "3.1", "ویزیت"),
        (f"{below}/OtherCosts/Name", "thritaEHR.otherCost", "24", "یارانه ارز ترجیحی"),
        (f"{below}/RelatedService/Service", "RVU3", "90.1", "تعدیل ۹۰.۱"),
        (f"{below}/Service", "IRC", "1228175628400121", "قرص"),
        (f"{below}/ServiceType", "thritaEHR.serviceType", "1", "دارو"),
    ]


@pytest.mark.parametrize("dialect", m.DIALECTS)
def test_service_type_goes_with_its_own_service(dialect):
    found = [(i.code, i.service_type) for i in read(content(m.DIALECTS[dialect](m.bill()))).items if i.path.endswith("/Service")]
    assert found == [("900000", "3.1"), ("90.1", None), ("1228175628400121", "1")]


@pytest.mark.parametrize("dialect", m.DIALECTS)
def test_recursion_of_dispensed_drugs(dialect):
    below = "Composition/DispensedPrescriptions/MedicationDispensed"
    found = [(path, code) for path, _, code, _ in items(m.DIALECTS[dialect](m.dispensed()), operation="SaveDispensedPrescription") if path.endswith("ProductCode")]
    assert found == [
        (f"{below}/ProductCode", "1111111111111111"),
        (f"{below}/CompoundedProduct/ProductCode", "0000000000000012"),
        (f"{below}/ReplaceMedication/ProductCode", "2222222222222222"),
    ]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<A Value="" Terminology_id="" Coded_string=""/>', [("", "", "")]),
        ('<A Coded_string="1"/>', [(None, "1", None)]),
        ('<A Terminology_id="T"/>', [("T", None, None)]),
        ('<A Value="title"/>', [(None, None, "title")]),
        ('<A value="t" TERMINOLOGY_ID="T" coded_String="1"/>', [("T", "1", "t")]),
        ("<A><Value>t</Value><Terminology_id>T</Terminology_id><Coded_string>036</Coded_string></A>", [("T", "036", "t")]),
        ("<A><Value>t</Value><Terminology_id/><Coded_string/></A>", [(None, None, "t")]),
        ("<A><Coded_string>1</Coded_string></A>", [(None, "1", None)]),
        ("<A><Value>t</Value></A>", [(None, None, "t")]),
        ("<A><Coded_string>1</Coded_string><B><Coded_string>2</Coded_string></B></A>", [(None, "1", None), (None, "2", None)]),
        ('<A Coded_string="1"><B Coded_string="2"/></A><C Coded_string="3"/>', [(None, "1", None), (None, "2", None), (None, "3", None)]),
        ('<A xsi:type="x" Coded_string="1"/>', [(None, "1", None)]),
        ('<A><Coded_string xsi:nil="true"/></A>', [(None, None, None)]),
        ('<A Coded_string=" 1&#10;"/>', [(None, " 1\n", None)]),
        # no coded items
        ("<A/>", []),
        ("<A></A>", []),
        ('<A xsi:nil="true"/>', []),
        ('<A Issuer="i" ID="1"/>', []),
        ('<A Value="09121119999" Type="mobile"/>', []),
        ('<A Value="0912-111-9999"/>', []),
        ("<A><Value>3</Value></A>", []),
        ("<A><Value>-1.5</Value></A>", []),
        ("<A><Value>free text</Value><Unit>x</Unit></A>", []),
        ("<A><Value/></A>", []),
        ('<A Unit="Rial"><Magnitude>3</Magnitude></A>', []),
    ],
)
def test_what_is_a_coded_item(inner, expected):
    assert [found[1:] for found in items(wrapped(inner))] == expected


def test_items_without_a_code_are_counted_apart():
    message = read(content(wrapped('<A Value="t"/><A Terminology_id="T"/><A Coded_string=""/>')))
    assert (len(message.items), message.codeless_items) == (3, 2)


def test_unknown_elements_are_walked_and_wrappers_are_no_step():
    found = items(wrapped('<NewThing><ExtraVO><deep><Kind Coded_string="1"/></deep></ExtraVO></NewThing>'))
    assert [path for path, *_ in found] == ["Composition/NewThing/Deep/Kind"]


def test_a_number_as_key_does_not_become_a_path():
    assert items('{"MsgID":{},"Composition":{"0084571239":{"Coded_string":"1"}}}')[0][0] == "Composition/#"


def test_json_numbers_and_booleans_stay_as_written():
    body = {"MsgID": {}, "Composition": {"A": {"Coded_string": 1228175628400121, "Value": True}, "B": {"Coded_string": 90.1}, "C": [[{"Coded_string": "036"}]], "D": {"Coded_string": None}}}
    assert [found[2] for found in items(json.dumps(body))] == ["1228175628400121", "90.1", "036", None]


@pytest.mark.parametrize("wrap", ["{%s}", '{"data":{%s}}', '[{"Message":[{%s}]}]', '{"payload":{"data":{%s}}}'])
def test_json_wrapping(wrap):
    assert items(wrap % '"MSGID":{},"COMPOSITION":{"SERVICE":{"CODED_STRING":"1"}}') == [("Composition/Service", None, "1", None)]


@pytest.mark.parametrize("name", ["Person", "person", "VM:Person", "PersonInfoVO", "Patient"])
def test_items_of_a_person_are_only_counted(name):
    text = f'<root xmlns:VM="{m.VM}"><MsgID/><{name}><City Coded_string="1"/><X><Coded_string>2</Coded_string></X><Y Value="t"/></{name}><Composition/></root>'
    message = read(content(text))
    assert (message.items, message.private_items, message.codeless_items) == ([], 3, 1)


def test_locations_count_positions():
    found = [i.location for i in read(content(m.xml_a(m.bill(services=2))), locations=True).items if i.path.endswith("BillServices/Service")]
    assert found == [f"Composition/BillServices[1]/ServiceDetailsVO[{n}]/Service[1]" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"MsgID":{},"Composition":{"A":{"Coded_string":"1","Coded_string":"2"}}}', "duplicate_key"),
        ("<root><MsgID/><Composition><A><Coded_string>1</Coded_string><Coded_string>2</Coded_string></A></Composition></root>", "items_lost"),
        ('<x><A Coded_string="lost"/><y><MsgID/><Composition/></y></x>', "items_lost"),
        ("<root><Person/></root>", "not_a_message"),
        ('{"Orders":[]}', "not_a_message"),
        ("<a>" * 150_000 + "</a>" * 150_000, "not_a_message"),
        (wrapped("<a>" * 100_000 + "</a>" * 100_000), "too_deep"),
        ('{"MsgID":{},"Composition":' + '{"a":' * 240 + "1" + "}" * 241, "too_deep"),
        ('{"MsgID":{},"Composition":' + '{"a":' * 600 + "1" + "}" * 601, "too_deep"),
        ('{"MsgID":{},"Composition":' + "[" * 100_000 + "]" * 100_000 + "}", "too_deep"),
    ],
)
def test_what_no_reader_takes(text, reason):
    with pytest.raises(Broken) as broken:
        read(content(text))
    assert broken.value.reason == reason


def test_coded_strings_in_comments_and_cdata_are_no_items():
    assert len(items(wrapped('<!-- <A Coded_string="0"/> --><A Coded_string="1"/><B><![CDATA[<C Coded_string="2"/>]]></B>'))) == 1


def test_prefixes_declared_around_the_message():
    text = m.xml_a(m.bill(), "VM:", declared=False)
    with pytest.raises(Broken, match="unbound prefix"):
        read(content(text))
    around = f'xmlns:VM="{m.VM}"'.encode()
    assert read(content(text), None, around).items == read(content(m.xml_b(m.bill()))).items
    for broken in ("<!-- nothing -->", "<root/><root/>", "<root/>text", "<root/></enclosing><enclosing>"):
        with pytest.raises(Broken):
            read(content(broken), None, around)
